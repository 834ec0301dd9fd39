package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.IsrWatcher.IsrWatch;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.store.OwedDelete;
import org.reassign.core.store.OwedDeletes;
import org.reassign.core.store.StateJson;
import org.reassign.core.store.TopicJson;
import org.reassign.plugin.isrwatchers.Batched;
import org.reassign.plugin.storagelayouts.Consolidated;
import org.reassign.plugin.storagelayouts.Kip455;
import org.reassign.plugin.storagelayouts.Separate;
import org.reassign.plugin.storagelayouts.SeparateFlat;

/** What the controller reads beside requests may hold anything: it is read, or said to be unreadable, and never lost. */
class BadZnodesTest {
    private static final ZkStat STAT = new ZkStat(9, 9, 0, 3, 0, false);
    private static final String RECORD = "{\"version\":1,\"target\":[4,5,6],\"original\":[1,2,3],\"dropping\":[],"
            + "\"mechanism\":\"request\",\"zxid\":8589934621,\"request\":\"request_0000000007\","
            + "\"requester\":\"alice\",\"reason\":\"rack move\",\"since\":1795343978829}";
    private static final List<String> TOPICS = List.of(
            "{\"version\":1,\"partitions\":{\"0\":[1,2],\"1\":[2,3]}}",
            "{\"version\":3,\"partitions\":{\"0\":[4,5,6,1,2,3],\"7\":[4,1]},\"adding_replicas\":{\"0\":[4,5,6]},"
                    + "\"removing_replicas\":{\"0\":[1,2,3],\"7\":[1]},\"topic_id\":\"abc\",\"x\":[1.50,{\"y\":1e9}],"
                    + "\"reassignments\":{\"0\":" + RECORD + "},\"reassignment_details\":{\"0\":" + RECORD + "}}");
    private static final List<String> STATES = List.of(
            "{\"version\":1,\"leader\":0,\"leader_epoch\":1,\"controller_epoch\":2,\"isr\":[0,1]}",
            "{\"version\":1,\"leader\":-1,\"leader_epoch\":1,\"controller_epoch\":2,\"isr\":[0],"
                    + "\"leader_recovery_state\":1.0}");
    private static final String DEBTS = "{\"version\":1,\"deletes\":[{\"topic\":\"orders\",\"partition\":0,"
            + "\"leader_epoch\":5},{\"topic\":\"many-1\",\"partition\":10,\"leader_epoch\":7}]}";
    private static final String NOTIFICATION = "{\"version\":1,\"partitions\":[{\"topic\":\"orders\",\"partition\":0},"
            + "{\"topic\":\"many-1\",\"partition\":10}]}";
    private static final TopicPartition GOOD = new TopicPartition("orders", 0);

    @Test
    void aTopic() {
        Cases.each(5, draw -> {
            byte[] bytes = Mutation.bytes(draw, draw.of(TOPICS));
            TopicJson.decode("orders", new ZkNode(bytes, STAT)).ifPresent(topic -> {
                String rewritten = TopicJson.encode(topic.assigned(), topic.fields());
                String text = new String(bytes, StandardCharsets.UTF_8);
                assertThat(topic.fields().values()).allMatch(text::contains).allMatch(rewritten::contains);
                assertThat(topic.assigned().keySet()).allMatch(partition -> partition >= 0);
                TopicSnapshot again = TopicJson.decode(
                                "orders", new ZkNode(rewritten.getBytes(StandardCharsets.UTF_8), STAT))
                        .orElseThrow();
                assertThat(again).isEqualTo(topic);
            });
        });
    }

    @Test
    void aState() {
        Cases.each(5, draw -> {
            String text = new String(Mutation.bytes(draw, draw.of(STATES)), StandardCharsets.UTF_8);
            Optional<LeaderAndIsr> state = StateJson.decode(text);
            state.ifPresent(read -> {
                assertThat(StateJson.decode(StateJson.encode(read))).contains(read);
                assertThat(read.next(1, read.isr(), 3).leaderEpoch()).isPositive();
                assertThat(read.unknown().values()).allMatch(text::contains);
            });
        });
    }

    @Test
    void owedDeletes() {
        List<String> parents = List.of("1", "2", "007", "-1", "x", "99999999999", "größe");
        List<String> chunks =
                List.of("chunk_0000000000", "chunk_0000000007", "chunk_x", "chunk_", "x", "chunk_99999999999");
        Cases.each(4, draw -> {
            OwedDeletes owed = new OwedDeletes();
            boolean strange = false;
            for (int i = draw.below(4); i >= 0; i--) {
                String path = OwedDeletes.ROOT + "/" + draw.of(parents) + "/" + draw.of(chunks);
                byte[] bytes = Mutation.bytes(draw, DEBTS);
                boolean read = owed.load(path, new String(bytes, StandardCharsets.UTF_8));
                strange |= (!read || bytes.length == 0) && path.startsWith(OwedDeletes.ROOT + "/1/");
            }
            owed.apply(owed.add(List.of(new OwedDelete(1, GOOD, 9))));
            assertThat(owed.of(1)).extracting(OwedDelete::partition).contains(GOOD);
            assertThat(owed.of(1, GOOD)).contains(new OwedDelete(1, GOOD, 9));
            OwedDeletes.Change all = owed.remove(owed.of(1), new OwedDeletes.Change());
            assertThat(all.writes().stream().map(one -> one.write().path()).filter((OwedDeletes.ROOT + "/1")::equals))
                    .as("the parent goes unless something strange is left in it")
                    .hasSize(strange ? 0 : 1);
        });
    }

    @Test
    void aRecordZnode() {
        Cases.each(6, draw -> {
            boolean flat = draw.oneIn(2);
            String parent = "/admin/reassignments/orders" + (flat ? "-" : "/");
            SortedMap<String, ZkNode> nodes = new TreeMap<>();
            nodes.put(parent + "7", node(RECORD.getBytes(StandardCharsets.UTF_8)));
            String path = parent + draw.of(List.of("0", "1", "x", "00", "-1", "99999999999", "größe"));
            nodes.put(path, node(Mutation.bytes(draw, RECORD)));
            TopicSnapshot topic = new TopicSnapshot(
                    "orders", assigned(), Map.of("version", "1"), 3, new TreeMap<>(), new ZkSnapshot(nodes));
            StoredRecords stored = decoded(flat ? new SeparateFlat() : new Separate(), topic);
            assertThat(stored.records())
                    .extracting(record -> record.partition().partition())
                    .contains(7);
            assertThat(stored.faults()).allMatch(fault -> fault.znode().equals(Optional.of(path)));
        });
    }

    @Test
    void recordsInsideATopic() {
        Cases.each(8, draw -> {
            byte[] bytes = Mutation.bytes(draw, TOPICS.get(1));
            TopicJson.decode("orders", node(bytes)).ifPresent(topic -> {
                decoded(new Consolidated(), topic);
                decoded(new Kip455(), topic);
            });
        });
    }

    @Test
    void aRecordInsideATopicWhileAnotherIsGood() {
        Cases.each(5, draw -> {
            boolean consolidated = draw.oneIn(2);
            Document topic = Document.of(TOPICS.get(1));
            Document.Obj fields = (Document.Obj) topic;
            Document.Obj records = (Document.Obj) fields.get(consolidated ? "reassignments" : "reassignment_details");
            Mutation.change(draw, records, false);
            records.members().removeIf(member -> member.name().equals("7"));
            records.members().add(new Document.Member("7", Document.of(RECORD.replace("4,5,6", "4"))));
            byte[] bytes = Mutation.bytesOf(draw, false, topic.text());
            TopicJson.decode("orders", node(bytes)).ifPresent(read -> {
                StoredRecords stored = decoded(consolidated ? new Consolidated() : new Kip455(), read);
                assertThat(stored.records())
                        .filteredOn(record -> record.partition().partition() == 7)
                        .singleElement()
                        .satisfies(record -> assertThat(record.requester()).contains("alice"));
            });
        });
    }

    private static ZkNode node(byte[] bytes) {
        return new ZkNode(bytes, STAT);
    }

    private static SortedMap<Integer, Replicas> assigned() {
        SortedMap<Integer, Replicas> assigned = new TreeMap<>();
        assigned.put(0, Replicas.of(4, 5, 6, 1, 2, 3));
        assigned.put(7, Replicas.of(4, 5, 6, 1, 2, 3));
        return assigned;
    }

    /** Reads records, and goes on to write others as the core would. */
    private static StoredRecords decoded(StorageLayout layout, TopicSnapshot topic) {
        StoredRecords stored = layout.decode(topic);
        stored.faults().forEach(fault -> Sentences.require(fault.sentence(), "orders"));
        SortedMap<Integer, ReassignmentRecord> inFlight = new TreeMap<>();
        for (ReassignmentRecord record : stored.records()) {
            assertThat(record.original().isEmpty()).isFalse();
            inFlight.put(record.partition().partition(), record);
        }
        inFlight.keySet().retainAll(topic.assigned().keySet());
        TopicSnapshot read = new TopicSnapshot(
                topic.topic(), topic.assigned(), topic.fields(), topic.version(), inFlight, ZkSnapshot.EMPTY);
        List<RecordChange> changes = new ArrayList<>();
        topic.assigned()
                .forEach((partition, replicas) -> changes.add(
                        new RecordChange(partition, replicas, Optional.ofNullable(inFlight.get(partition)))));
        layout.encode(read, changes);
        return stored;
    }

    @Test
    void aNotification() {
        Cases.each(5, draw -> {
            MemoryZooKeeper server = new MemoryZooKeeper(Runnable::run, () -> 0);
            ZkPort zk = server.open("controller");
            zk.commit(List.of(ZkWrite.create("/isr_change_notification", "")));
            List<String> read = new ArrayList<>();
            try (IsrWatch watch = new Batched().open(zk, report -> read.addAll(report.notifications()))) {
                watch.add(List.of(GOOD));
                byte[] bytes = Mutation.bytes(draw, NOTIFICATION);
                String path = "/isr_change_notification/"
                        + draw.of(List.of("isr_change_0000000001", "isr_change_", "x", "größe", "isr_change_-1"));
                zk.commit(List.of(new ZkWrite.Create(path, bytes, ZkWrite.Mode.PERSISTENT)));
                assertThat(read).containsExactly(path);
            }
        });
    }
}
