package org.reassign.plugin.storagelayouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.plugin.storagelayouts.Topic.move;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.RecordWrites;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.zk.ZkWrite;

class SeparateFlatTest {
    private static final ReassignmentRecord RECORD = move(Replicas.of(2, 3), Replicas.of(0, 1), Replicas.NONE);
    private static final String JSON = "{\"version\":1,\"target\":[2,3],\"original\":[0,1],\"dropping\":[],"
            + "\"mechanism\":\"request\",\"zxid\":7,\"request\":\"request_0000000003\",\"requester\":\"alice\","
            + "\"since\":1000}";

    private final Topic topic = new Topic(new SeparateFlat(), Replicas.of(0, 1), Map.of("version", "1"));

    @Test
    void a_record_is_one_znode_named_topic_dash_partition_and_has_no_parent_of_its_own() {
        RecordWrites writes = new SeparateFlat()
                .encode(topic.snapshot(), List.of(new RecordChange(0, Replicas.of(2, 3, 0, 1), Optional.of(RECORD))));
        assertThat(writes.before()).singleElement().satisfies(write -> {
            assertThat(write).isInstanceOf(ZkWrite.Create.class);
            assertThat(write.path()).isEqualTo("/admin/reassignments/orders-0");
            assertThat(new String(write.data(), StandardCharsets.UTF_8)).isEqualTo(JSON);
        });
        assertThat(writes.after()).isEmpty();
        assertThat(writes.topicFields()).isEmpty();
    }

    @Test
    void the_last_dash_divides_so_topics_whose_names_begin_alike_do_not_meet() {
        topic.znode("/admin/reassignments/orders-0", JSON, 0);
        topic.znode("/admin/reassignments/orders-0-0", JSON, 0);
        topic.znode("/admin/reassignments/orders-eu-1", "nonsense", 0);
        assertThat(new SeparateFlat().decode(topic.snapshot()))
                .isEqualTo(new StoredRecords(List.of(RECORD), List.of()));
    }

    @Test
    void a_number_that_is_none_is_a_fault() {
        topic.znode("/admin/reassignments/orders-00", JSON, 0);
        assertThat(new SeparateFlat().decode(topic.snapshot()).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.znode()).contains("/admin/reassignments/orders-00"));
    }

    @Test
    void a_parent_that_the_layout_separate_has_left_is_no_record() {
        topic.znode("/admin/reassignments/orders-7", "", 1);
        topic.znode("/admin/reassignments/orders", "", 1);
        assertThat(new SeparateFlat().decode(topic.snapshot())).isEqualTo(new StoredRecords(List.of(), List.of()));
    }
}
