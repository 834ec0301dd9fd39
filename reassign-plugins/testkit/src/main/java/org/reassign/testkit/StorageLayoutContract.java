package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.testkit.Records.change;
import static org.reassign.testkit.Records.done;
import static org.reassign.testkit.Records.record;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.RecordWrites;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkWrite;

/**
 * What every {@link StorageLayout} has to keep. Writes are taken as ZooKeeper would take them: a creation of what exists,
 * a deletion of what has children or a write to what is not there fails the test.
 */
public interface StorageLayoutContract {
    /** The topic of these tests: its name has dashes and ends in what looks like a partition. */
    String TOPIC = "orders-eu-1";

    /** The layout, made as the host would make it. */
    StorageLayout layout();

    /** Whether a change of assigned replicas alone leaves the record unwritten. */
    default boolean writesOnlyChangedRecords() {
        return true;
    }

    private StoredTopic topic() {
        return topic(TOPIC);
    }

    /** A topic with partitions 0 to 3 on brokers 1, 2 and 3, nothing of it in flight. */
    private StoredTopic topic(String name) {
        SortedMap<Integer, Replicas> assigned = new TreeMap<>();
        for (int partition = 0; partition < 4; partition++) {
            assigned.put(partition, Replicas.of(1, 2, 3));
        }
        return new StoredTopic(name, layout(), assigned);
    }

    private static ReassignmentRecord move(int partition) {
        return move(TOPIC, partition);
    }

    private static ReassignmentRecord move(String topic, int partition) {
        return record(topic, partition, Replicas.of(4, 5, 6), Replicas.of(1, 2, 3));
    }

    @Test
    default void a_topic_with_nothing_in_flight_has_no_records_and_no_faults() {
        assertThat(layout().decode(topic().stored())).isEqualTo(new StoredRecords(List.of(), List.of()));
    }

    @Test
    default void what_was_encoded_is_decoded_in_the_order_of_partitions() {
        StoredTopic topic = topic();
        ReassignmentRecord full = Records.full(TOPIC, 2);
        topic.write(change(move(0)), change(full), change(Records.legacy(TOPIC, 3)));
        assertThat(layout().decode(topic.stored()))
                .isEqualTo(new StoredRecords(List.of(move(0), full, Records.legacy(TOPIC, 3)), List.of()));
    }

    @Test
    default void many_changes_at_once_end_as_the_same_ones_one_at_a_time() {
        StoredTopic atOnce = topic();
        StoredTopic oneByOne = topic();
        atOnce.write(change(move(0)), change(move(1)));
        oneByOne.write(change(move(0)));
        oneByOne.write(change(move(1)));
        assertThat(oneByOne.content()).isEqualTo(atOnce.content());

        ReassignmentRecord retarget = record(TOPIC, 1, Replicas.of(7, 8, 9), Replicas.of(1, 2, 3));
        atOnce.write(done(0, Replicas.of(4, 5, 6)), change(retarget), change(move(2)));
        oneByOne.write(done(0, Replicas.of(4, 5, 6)));
        oneByOne.write(change(retarget));
        oneByOne.write(change(move(2)));
        assertThat(oneByOne.content()).isEqualTo(atOnce.content());
        assertThat(layout().decode(oneByOne.stored()).records()).containsExactly(retarget, move(2));

        atOnce.write(done(1, Replicas.of(7, 8, 9)), done(2, Replicas.of(4, 5, 6)));
        oneByOne.write(done(1, Replicas.of(7, 8, 9)));
        oneByOne.write(done(2, Replicas.of(4, 5, 6)));
        assertThat(oneByOne.content()).isEqualTo(atOnce.content());
    }

    @Test
    default void the_last_record_leaves_nothing_behind_and_others_fields_are_never_touched() {
        StoredTopic topic = topic();
        Map<String, String> untouched = new TreeMap<>(topic.content());
        topic.write(change(move(0)), change(move(3)));
        assertThat(topic.fields())
                .containsEntry("owner", untouched.get("owner"))
                .containsEntry("topic_id", untouched.get("topic_id"));
        topic.write(done(0, Replicas.of(4, 5, 6)));
        topic.write(done(3, Replicas.of(4, 5, 6)));
        assertThat(topic.content()).isEqualTo(untouched);
    }

    @Test
    default void the_last_record_and_a_new_one_may_come_in_one_turn() {
        StoredTopic topic = topic();
        topic.write(change(move(0)));
        topic.write(done(0, Replicas.of(4, 5, 6)), change(move(1)));
        assertThat(layout().decode(topic.stored()).records()).containsExactly(move(1));
    }

    @Test
    default void a_partition_that_was_not_in_flight_and_is_not_writes_no_record() {
        StoredTopic topic = topic();
        Map<String, String> untouched = new TreeMap<>(topic.content());
        topic.write(done(0, Replicas.of(3, 1, 2)));
        assertThat(topic.content()).isEqualTo(untouched);
    }

    @Test
    default void records_go_before_the_topic_when_they_come_and_after_it_when_they_leave() {
        StoredTopic topic = topic();
        RecordWrites coming = topic.write(change(move(0)), change(move(1)));
        assertThat(coming.after()).isEmpty();
        RecordWrites leaving = topic.write(done(0, Replicas.of(4, 5, 6)), done(1, Replicas.of(4, 5, 6)));
        assertThat(leaving.before()).isEmpty();
        assertThat(leaving.after()).allMatch(ZkWrite.Delete.class::isInstance);
    }

    @Test
    default void a_change_of_assigned_replicas_alone_leaves_the_record_unwritten_if_it_says_so() {
        StoredTopic topic = topic();
        topic.write(change(move(0)));
        RecordWrites writes = topic.write(change(move(0)));
        assertThat(writes.before().isEmpty() && writes.topicFields().isEmpty())
                .as("writes only changed records")
                .isEqualTo(writesOnlyChangedRecords());
    }

    @Test
    default void equal_input_gives_equal_output() {
        TopicSnapshot before = topic().before();
        List<RecordChange> changes = List.of(change(move(0)), change(Records.full(TOPIC, 1)));
        assertThat(Records.texts(layout().encode(before, changes)))
                .isEqualTo(Records.texts(layout().encode(before, changes)));
    }

    @Test
    default void one_partition_leaves_and_another_stays_whatever_the_topics_name() {
        for (String name : List.of("orders", TOPIC, "a-0", "a.b_c", "-x", "-", "--")) {
            StoredTopic topic = topic(name);
            topic.write(change(move(name, 0)), change(move(name, 1)));
            topic.write(done(0, Replicas.of(4, 5, 6)));
            assertThat(layout().decode(topic.stored()))
                    .as("topic '%s'", name)
                    .isEqualTo(new StoredRecords(List.of(move(name, 1)), List.of()));
            topic.write(done(1, Replicas.of(4, 5, 6)));
            assertThat(topic.content())
                    .as("topic '%s'", name)
                    .isEqualTo(topic(name).content());
        }
    }

    /** A crash may come between any two writes, and no replica may be forgotten that is still assigned. */
    @Test
    default void what_was_in_flight_can_be_read_until_the_topic_is_written() {
        StoredTopic topic = topic();
        topic.write(change(move(0)), change(move(1)), change(move(2)));
        ReassignmentRecord retarget = record(TOPIC, 1, Replicas.of(7, 8, 9), Replicas.of(1, 2, 3));
        topic.writeOneByOne(
                () -> assertThat(layout().decode(topic.stored()).records())
                        .extracting(stored -> stored.partition().partition())
                        .as("partitions whose records can be read before the topic is written")
                        .contains(0, 1, 2),
                done(0, Replicas.of(4, 5, 6)),
                change(retarget),
                change(move(3)));
        assertThat(layout().decode(topic.stored()))
                .isEqualTo(new StoredRecords(List.of(retarget, move(2), move(3)), List.of()));
    }

    @Test
    default void records_lie_where_the_placement_says() {
        Placement placement = layout().placement();
        StoredTopic topic = topic();
        Map<String, String> fields = new TreeMap<>(topic.fields());
        Map<String, String> znodes = new TreeMap<>(topic.znodes().texts());
        topic.write(change(move(1)));
        SortedMap<String, String> added = topic.znodes().texts();
        added.keySet().removeAll(znodes.keySet());
        Optional<String> path = placement.path(move(1).partition());
        if (path.isEmpty()) {
            assertThat(added).as("znodes of a layout without a root").isEmpty();
            assertThat(topic.fields()).as("fields of a layout without a root").isNotEqualTo(fields);
        } else {
            assertThat(added).as("znodes of a layout with a root").containsKey(path.get());
            added.forEach((znode, text) -> {
                assertThat(placement.topic(znode)).as(znode).contains(TOPIC);
                assertThat(placement.holdsRecords(znode)).as(znode).isEqualTo(!text.isEmpty());
            });
        }
    }

    @Test
    default void a_record_znode_that_cannot_be_read_is_reported_by_its_path_and_hides_no_other() {
        for (String nonsense : Records.NONSENSE) {
            StoredTopic topic = topic();
            topic.write(change(move(0)), change(move(1)));
            pathOf(1).ifPresent(path -> {
                topic.znodes().put(path, nonsense);
                assertFault(topic, path, nonsense);
            });
        }
    }

    /** Where a record lies; {@link #records_lie_where_the_placement_says} sees to it that it does. */
    private Optional<String> pathOf(int partition) {
        return layout().placement().path(new TopicPartition(TOPIC, partition));
    }

    private void assertFault(StoredTopic topic, String path, String nonsense) {
        StoredRecords stored = layout().decode(topic.stored());
        List<ReassignmentRecord> others = pathOf(0).equals(Optional.of(path)) ? List.of() : List.of(move(0));
        assertThat(stored.records()).as("records beside '%s'", nonsense).isEqualTo(others);
        assertThat(stored.faults())
                .as("faults of '%s'", nonsense)
                .singleElement()
                .satisfies(fault -> assertThat(fault.znode()).contains(path))
                .satisfies(fault -> assertThat(fault.sentence()).contains(path).doesNotContain("\n"));
        topic.giveUp(stored);
        assertWritable(topic);
    }

    /** Partition 1 can be put in flight although something in its place could not be read. */
    private void assertWritable(StoredTopic topic) {
        topic.write(change(move(1)));
        assertThat(layout().decode(topic.stored()).faults()).isEmpty();
        assertThat(layout().decode(topic.stored()).records()).contains(move(1));
    }

    @Test
    default void the_only_record_can_be_given_up_too() {
        StoredTopic topic = topic();
        topic.write(change(move(1)));
        pathOf(1).ifPresent(path -> topic.znodes().put(path, "nonsense"));
        topic.giveUp(layout().decode(topic.stored()));
        assertWritable(topic);
    }

    @Test
    default void a_field_of_its_own_that_cannot_be_read_is_reported_and_not_thrown() {
        for (String nonsense : List.of("7", "\"text\"", "[1]", "{\"x\":1}", "{\"0\":{}}", "null")) {
            StoredTopic topic = topic();
            Map<String, String> untouched = new TreeMap<>(topic.fields());
            topic.write(change(move(0)));
            List<String> own = topic.fields().keySet().stream()
                    .filter(field -> !untouched.containsKey(field))
                    .toList();
            assertThat(own.isEmpty())
                    .as("has fields of its own or znodes")
                    .isEqualTo(pathOf(0).isPresent());
            for (String field : own) {
                topic.fields().put(field, nonsense);
                assertFieldFault(topic, field, nonsense);
            }
        }
    }

    private void assertFieldFault(StoredTopic topic, String field, String nonsense) {
        StoredRecords stored = layout().decode(topic.stored());
        assertThat(stored.faults())
                .as("faults of %s as field '%s'", nonsense, field)
                .isNotEmpty()
                .allMatch(fault -> fault.znode().isEmpty())
                .map(StoredRecords.Fault::sentence)
                .allMatch(sentence -> sentence.contains("/brokers/topics/" + TOPIC) && !sentence.contains("\n"));
        topic.giveUp(stored);
        assertWritable(topic);
    }

    @Test
    default void a_legacy_record_stays_one() {
        StoredTopic topic = topic();
        topic.write(change(Records.legacy(TOPIC, 0)));
        assertThat(layout().decode(topic.stored()).records())
                .singleElement()
                .satisfies(record -> assertThat(record.mechanism()).isEqualTo(Mechanism.LEGACY));
    }
}
