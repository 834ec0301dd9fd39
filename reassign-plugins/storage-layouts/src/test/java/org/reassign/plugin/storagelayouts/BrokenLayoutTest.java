package org.reassign.plugin.storagelayouts;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.reassign.api.codec.RecordCodec;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.RecordWrites;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkWrite;
import org.reassign.testkit.StorageLayoutContract;

/** The contract finds layouts that lose records. */
class BrokenLayoutTest {
    /** Deletes a record before the topic is written, unless it is the last one. */
    private static final class DeletesEarly implements StorageLayout {
        private final StorageLayout good = new SeparateFlat();

        @Override
        public Placement placement() {
            return good.placement();
        }

        @Override
        public StoredRecords decode(TopicSnapshot topic) {
            return good.decode(topic);
        }

        @Override
        public RecordWrites encode(TopicSnapshot topic, List<RecordChange> changes) {
            RecordWrites writes = good.encode(topic, changes);
            if (RecordCodec.changed(topic, changes).isEmpty()) {
                return writes;
            }
            List<ZkWrite> before = new ArrayList<>(writes.before());
            before.addAll(writes.after());
            return new RecordWrites(before, Map.of(), List.of());
        }
    }

    /** Says that its records lie elsewhere than they do. */
    private static final class Misplaced implements StorageLayout {
        private final StorageLayout good = new SeparateFlat();

        @Override
        public Placement placement() {
            return new Placement.InTopic();
        }

        @Override
        public StoredRecords decode(TopicSnapshot topic) {
            return good.decode(topic);
        }

        @Override
        public RecordWrites encode(TopicSnapshot topic, List<RecordChange> changes) {
            return good.encode(topic, changes);
        }
    }

    @Test
    void oneOfTwoRecordsDeletedBeforeTheTopicIsWritten() {
        StorageLayoutContract contract = DeletesEarly::new;
        assertThatThrownBy(contract::what_was_in_flight_can_be_read_until_the_topic_is_written)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("can be read before the topic is written");
    }

    @Test
    void recordsThatLieElsewhere() {
        StorageLayoutContract contract = Misplaced::new;
        assertThatThrownBy(contract::records_lie_where_the_placement_says).isInstanceOf(AssertionError.class);
    }
}
