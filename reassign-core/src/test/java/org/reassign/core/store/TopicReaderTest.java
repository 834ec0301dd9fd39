package org.reassign.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.reassign.api.codec.RecordCodec;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.RecordWrites;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.meter.Cost;
import org.reassign.core.meter.MeteredSessions;

/** Two layouts share a root: a child of it may be a record of one topic and the parent of another's. */
class TopicReaderTest {
    private static final String ROOT = "/moves";

    private final MeteredSessions sessions =
            new MeteredSessions(new MemoryZooKeeper(Runnable::run, () -> 0), List.of());
    private final ZkPort zk = sessions.open("operator");
    private final TopicReader reader = new TopicReader(
            sessions.open("reader"),
            List.of(new OnlyDecodes(new Placement.Nested(ROOT)), new OnlyDecodes(new Placement.Flat(ROOT))));

    private record OnlyDecodes(Placement placement) implements StorageLayout {
        @Override
        public StoredRecords decode(TopicSnapshot topic) {
            return RecordCodec.decode(topic, placement);
        }

        @Override
        public RecordWrites encode(TopicSnapshot topic, List<RecordChange> changes) {
            return new RecordWrites(List.of(), Map.of(), List.of());
        }
    }

    TopicReaderTest() {
        List.of("/brokers", "/brokers/topics", ROOT).forEach(path -> create(path, ""));
    }

    private void create(String path, String text) {
        zk.commit(List.of(ZkWrite.create(path, text))).toCompletableFuture().join();
    }

    private void topic(String name) {
        create(TopicReader.path(name), "{\"version\":1,\"partitions\":{\"0\":[1,2]}}");
    }

    private static String record(String topic) {
        return RecordCodec.encode(
                ReassignmentRecord.of(new TopicPartition(topic, 0), Replicas.of(3), Replicas.of(1, 2)));
    }

    private TopicRead read(String topic) {
        return reader.read(List.of(topic)).get(0);
    }

    @Test
    void aZnodeCanBeARecordAndAParentAtOnce() {
        topic("a");
        topic("a-0");
        create(ROOT + "/a-0", record("a"));
        create(ROOT + "/a-0/0", record("a-0"));

        assertThat(read("a").byLayout()).extracting(Map::size).containsExactly(0, 1);
        assertThat(read("a-0").byLayout()).extracting(Map::size).containsExactly(1, 0);
        assertThat(read("a").strays()).isEmpty();
        assertThat(read("a-0").strays()).isEmpty();
    }

    @Test
    void aParentWithARecordOutlivesItsChildren() {
        topic("a");
        create(ROOT + "/a-0", record("a"));
        create(ROOT + "/a-0/0", record("a-0"));

        assertThat(read("a-0").strays()).as("there is no topic a-0").containsExactly(ROOT + "/a-0/0");
        assertThat(reader.orphanRecords(Set.of("a"))).containsExactly(ROOT + "/a-0/0");
        assertThat(reader.orphanRecords(Set.of())).containsExactly(ROOT + "/a-0/0", ROOT + "/a-0");
    }

    @Test
    void aZnodeWithoutDataIsNeitherRecordNorFault() {
        topic("a");
        topic("b");
        create(ROOT + "/a-0", "");
        create(ROOT + "/b", "");
        create(ROOT + "/b/0", "");

        for (String name : List.of("a", "b")) {
            assertThat(read(name).records()).as(name).isEmpty();
            assertThat(read(name).warnings()).as(name).isEmpty();
        }
        assertThat(read("a").strays()).containsExactly(ROOT + "/a-0");
        assertThat(read("b").strays()).containsExactly(ROOT + "/b/0", ROOT + "/b");
    }

    @Test
    void aRecordOlderThanItsTopicIsAStrayAndSaidToBe() {
        create(ROOT + "/a", "");
        create(ROOT + "/a/0", record("a"));
        topic("a");

        assertThat(read("a").records()).isEmpty();
        assertThat(read("a").strays()).containsExactly(ROOT + "/a/0", ROOT + "/a");
        assertThat(read("a").warnings()).singleElement().asString().contains(ROOT + "/a/0", "older than topic 'a'");
    }

    @Test
    void aTopicThatCannotBeReadHasItsRecords() {
        create(TopicReader.path("a"), "garbage");
        create(ROOT + "/a-0", record("a"));

        assertThat(read("a").isUnreadable()).isTrue();
        assertThat(read("a").snapshot()).isEmpty();
        assertThat(read("a").records()).containsOnlyKeys(0);
    }

    @Test
    void readingAllCostsInProportion() {
        Cost few = costOfReading(10, "few");
        Cost many = costOfReading(100, "many");
        assertThat(many.getData()).isEqualTo(10 * few.getData());
        assertThat(many.getChildren() - 1).isEqualTo(10 * (few.getChildren() - 1));
    }

    /** Topics of which every other has a record. */
    private Cost costOfReading(int topics, String prefix) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < topics; i++) {
            String name = prefix + "." + i;
            topic(name);
            names.add(name);
            if (i % 2 == 0) {
                create(ROOT + "/" + name, "");
                create(ROOT + "/" + name + "/0", record(name));
            }
        }
        sessions.reset();
        assertThat(reader.read(names)).extracting(TopicRead::topic).isEqualTo(names);
        return sessions.cost("reader");
    }
}
