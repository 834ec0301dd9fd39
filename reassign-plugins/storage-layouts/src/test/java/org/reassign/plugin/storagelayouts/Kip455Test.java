package org.reassign.plugin.storagelayouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.plugin.storagelayouts.Topic.move;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;

class Kip455Test {
    private static final Replicas NONE = Replicas.NONE;
    private static final Map<String, String> IDLE =
            Map.of("version", "3", "adding_replicas", "{}", "removing_replicas", "{}", "topic_id", "\"AAA\"");

    private static Topic idle(Integer... replicas) {
        return new Topic(new Kip455(), Replicas.of(replicas), IDLE);
    }

    @Test
    void a_move_stands_in_the_topic_as_kafka_writes_it() {
        Topic topic = idle(0, 1);
        ReassignmentRecord record = move(Replicas.of(2, 3), Replicas.of(0, 1), NONE);
        topic.write(Replicas.of(2, 3, 0, 1), Optional.of(record));

        assertThat(topic.fields)
                .containsEntry("version", "3")
                .containsEntry("topic_id", "\"AAA\"")
                .containsEntry("adding_replicas", "{\"0\":[2,3]}")
                .containsEntry("removing_replicas", "{\"0\":[0,1]}")
                .containsEntry(
                        "reassignment_details",
                        "{\"0\":{\"version\":1,\"original\":[0,1],\"dropping\":[],\"mechanism\":\"request\",\"zxid\":7,"
                                + "\"request\":\"request_0000000003\",\"requester\":\"alice\",\"since\":1000}}");
        assertThat(topic.read()).containsExactly(record);
    }

    @Test
    void at_its_end_both_maps_are_empty_and_the_details_gone() {
        Topic topic = idle(0, 1);
        topic.write(Replicas.of(2, 3, 0, 1), Optional.of(move(Replicas.of(2, 3), Replicas.of(0, 1), NONE)));
        topic.write(Replicas.of(2, 3), Optional.empty());

        assertThat(topic.fields).isEqualTo(IDLE);
    }

    @Test
    void worked_case_2_adds_5_and_removes_1_and_the_originals_order_is_kept() {
        Topic topic = idle(1, 2, 3, 4);
        ReassignmentRecord record = move(Replicas.of(4, 2, 5, 3), Replicas.of(1, 2, 3, 4), NONE);
        topic.write(Replicas.of(4, 2, 5, 3, 1), Optional.of(record));

        assertThat(topic.fields)
                .containsEntry("adding_replicas", "{\"0\":[5]}")
                .containsEntry("removing_replicas", "{\"0\":[1]}");
        assertThat(topic.read()).containsExactly(record);
    }

    @Test
    void only_lists_that_are_not_empty_are_written() {
        Topic grow = idle(0);
        grow.write(Replicas.of(0, 1), Optional.of(move(Replicas.of(0, 1), Replicas.of(0), NONE)));
        assertThat(grow.fields)
                .containsEntry("adding_replicas", "{\"0\":[1]}")
                .containsEntry("removing_replicas", "{}");

        Topic shrink = idle(0, 1);
        shrink.write(Replicas.of(1, 0), Optional.of(move(Replicas.of(1), Replicas.of(0, 1), NONE)));
        assertThat(shrink.fields)
                .containsEntry("adding_replicas", "{}")
                .containsEntry("removing_replicas", "{\"0\":[0]}");
    }

    @Test
    void a_cancel_that_waits_for_its_originals_has_no_lists_and_is_in_flight_still() {
        Topic topic = idle(1, 2);
        ReassignmentRecord record = move(Replicas.of(1, 2), Replicas.of(1, 2), NONE);
        topic.write(Replicas.of(1, 2), Optional.of(record));

        assertThat(topic.fields).containsEntry("adding_replicas", "{}").containsEntry("removing_replicas", "{}");
        assertThat(topic.read()).containsExactly(record);
    }

    @Test
    void a_stand_in_for_a_dropped_original_is_not_added_so_that_kafkas_cancel_keeps_the_replication_factor() {
        Topic topic = idle(0, 1);
        ReassignmentRecord record = move(Replicas.of(3, 4), Replicas.of(0, 1), Replicas.of(1));
        topic.write(Replicas.of(3, 4, 0, 1, 2), Optional.of(record));
        assertThat(topic.fields).as("1 is there still").containsEntry("adding_replicas", "{\"0\":[3,4,2]}");

        topic.write(Replicas.of(3, 4, 0, 2), Optional.of(record));
        assertThat(topic.fields)
                .as("2, which the policy kept, stands in for 1: a cancel by Kafka leads to [0,2]")
                .containsEntry("adding_replicas", "{\"0\":[3,4]}")
                .containsEntry("removing_replicas", "{\"0\":[0,2]}");
        assertThat(topic.read()).containsExactly(record);
    }

    @Test
    void where_nothing_else_is_left_the_first_of_the_target_stands_in() {
        Topic topic = idle(0, 1);
        ReassignmentRecord record = move(Replicas.of(3, 4), Replicas.of(0, 1), Replicas.of(0, 1));
        topic.write(Replicas.of(3, 4), Optional.of(record));

        assertThat(topic.fields).containsEntry("adding_replicas", "{}");
        assertThat(topic.read()).containsExactly(record);
    }

    @Test
    void what_is_being_dropped_does_not_stand_in() {
        Topic topic = idle(0, 1);
        ReassignmentRecord record = move(Replicas.of(3, 4), Replicas.of(0, 1), Replicas.of(1, 2));
        topic.write(Replicas.of(3, 4, 0, 2), Optional.of(record));

        assertThat(topic.fields).containsEntry("adding_replicas", "{\"0\":[4,2]}");
    }

    @Test
    void a_reassignment_of_kafkas_own_is_read_as_one_in_flight() {
        Topic topic = idle(2, 3, 0, 1);
        topic.fields.put("adding_replicas", "{\"0\":[2,3]}");
        topic.fields.put("removing_replicas", "{\"0\":[0,1]}");

        assertThat(topic.read()).singleElement().satisfies(record -> {
            assertThat(record.target()).isEqualTo(Replicas.of(2, 3));
            assertThat(record.original()).isEqualTo(Replicas.of(0, 1));
            assertThat(record.dropping()).isEqualTo(NONE);
            assertThat(record.request()).isEqualTo("kafka-controller");
            assertThat(record.zxid()).as("older than every request").isZero();
        });
    }

    @Test
    void lists_that_make_no_reassignment_are_a_fault() {
        for (String field : List.of("adding_replicas", "removing_replicas")) {
            Topic topic = idle(0, 1);
            topic.fields.put(field, "{\"0\":[0,1]}");
            assertThat(new Kip455().decode(topic.snapshot()).faults())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.sentence()).contains("partition 0", "/brokers/topics/orders"));
        }
        for (String lists : List.of("7", "{\"9\":[1]}", "{\"0\":7}", "{\"x\":[1]}")) {
            Topic topic = idle(0, 1);
            topic.fields.put("adding_replicas", lists);
            assertThat(topic.read()).isEmpty();
            assertThat(new Kip455().decode(topic.snapshot()).faults()).hasSize(1);
        }
    }

    @Test
    void version_1_becomes_2_and_stays_so_with_both_maps_empty() {
        Topic topic = new Topic(new Kip455(), Replicas.of(0), Map.of("version", "1"));
        topic.write(Replicas.of(1, 0), Optional.of(move(Replicas.of(1), Replicas.of(0), NONE)));
        assertThat(topic.fields).containsEntry("version", "2");

        topic.write(Replicas.of(1), Optional.empty());
        assertThat(topic.fields).isEqualTo(Map.of("version", "2", "adding_replicas", "{}", "removing_replicas", "{}"));
    }

    @Test
    void a_topic_of_version_1_that_is_not_in_flight_is_left_as_it_is() {
        Topic topic = new Topic(new Kip455(), Replicas.of(0, 1), Map.of("version", "1"));
        assertThat(topic.write(Replicas.of(1, 0), Optional.empty())).isEmpty();
        assertThat(topic.read()).isEmpty();
    }
}
