package org.reassign.core.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.RecordWrites;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkWrite;

/**
 * One turn's writes, encoded and in the order of section 3 of the protocol: legacy removals, owed deletes added,
 * records written, topic znodes, records deleted, owed deletes removed, {@code state}; requests are deleted after it,
 * as housekeeping. No partition has both its record deleted and its {@code state} written in one turn. A chunk of owed
 * deletes is owned by the partitions whose deletes are written with it: if it fails, no other partition does.
 *
 * @param ops the writes
 * @param topics the topics written, as they are after all their writes
 * @param owedAdded the deletes that become owed
 * @param owedRemoved the deletes that are no longer owed
 */
public record TurnPlan(
        List<Op<TopicPartition>> ops,
        SortedMap<String, TopicSnapshot> topics,
        OwedDeletes.Change owedAdded,
        OwedDeletes.Change owedRemoved) {

    private static final String TOPICS = "/brokers/topics/";
    /** The answers that one transaction may have, each of which takes some hundred bytes. */
    private static final int MOST_ANSWERS = 500;

    /**
     * A write of a channel that removes overridden entries, and must come before the records that override them.
     *
     * @param write the write
     * @param overriders the partitions whose records wait for it
     */
    public record Removal(ZkWrite write, Set<TopicPartition> overriders) {}

    /**
     * Encodes one turn.
     *
     * @param writes the writes per partition, ordered by partition
     * @param removals legacy entries that are overridden
     * @param topics the topics as stored, at least those written
     * @param owed the deletes owed now; not changed
     */
    public static TurnPlan of(
            List<PartitionWrite> writes,
            List<Removal> removals,
            Map<String, TopicSnapshot> topics,
            OwedDeletes owed,
            StorageLayout layout,
            WriteMode mode) {
        List<Op<TopicPartition>> ops = new ArrayList<>();
        removals.forEach(removal -> ops.add(new Op<>(Op.Phase.LEGACY_REMOVALS, removal.overriders(), removal.write())));

        OwedDeletes.Change added = owed.add(debts(writes));
        added.writes().forEach(one -> ops.add(new Op<>(Op.Phase.OWED_ADDED, one.partitions(), one.write())));

        Encoding encoding = new Encoding(layout, topics, answers(writes));
        byTopic(writes).forEach((topic, changes) -> encoding.add(topic, changes, mode));
        ops.addAll(encoding.ops(mode));

        OwedDeletes.Change removed = owed.remove(struck(writes, owed), added);
        removed.writes().forEach(one -> ops.add(new Op<>(Op.Phase.OWED_REMOVED, one.partitions(), one.write())));

        writes.forEach(write -> write.state()
                .ifPresent(state -> ops.add(new Op<>(
                        Op.Phase.STATE,
                        Set.of(write.partition()),
                        ZkWrite.setData(
                                StateJson.path(write.partition()), StateJson.encode(state), write.stateVersion()),
                        write.checksRecord() ? encoding.stands(write.partition()) : List.of()))));
        return new TurnPlan(ops, encoding.after(), added, removed);
    }

    /** The partitions whose {@code state} is written. */
    public Set<TopicPartition> states() {
        Set<TopicPartition> states = new TreeSet<>();
        ops.stream().filter(op -> op.phase() == Op.Phase.STATE).forEach(op -> states.addAll(op.owners()));
        return states;
    }

    static String topicOf(String topicPath) {
        return topicPath.substring(TOPICS.length());
    }

    /** The writes that are too large even alone; the plan must not be sent if there are any. */
    public List<Op<TopicPartition>> tooLarge() {
        return ops.stream().filter(op -> !op.fits()).toList();
    }

    private static List<OwedDelete> debts(List<PartitionWrite> writes) {
        return writes.stream()
                .flatMap(write -> write.owed().ids().stream()
                        .map(broker -> new OwedDelete(broker, write.partition(), write.owedEpoch())))
                .toList();
    }

    /** Every broker of an AR that is written is removed from the owed deletes of that partition. */
    private static List<OwedDelete> struck(List<PartitionWrite> writes, OwedDeletes owed) {
        List<OwedDelete> struck = new ArrayList<>();
        writes.forEach(write -> write.change()
                .ifPresent(change ->
                        change.assigned().ids().forEach(broker -> struck.addAll(owed.of(broker, write.partition())))));
        return struck;
    }

    private static Map<TopicPartition, List<ZkWrite>> answers(List<PartitionWrite> writes) {
        Map<TopicPartition, List<ZkWrite>> answers = new HashMap<>();
        writes.forEach(write -> answers.put(
                write.partition(),
                write.answers().stream().map(AnswerJson::create).toList()));
        return answers;
    }

    private static SortedMap<String, List<RecordChange>> byTopic(List<PartitionWrite> writes) {
        SortedMap<String, List<RecordChange>> byTopic = new TreeMap<>();
        writes.forEach(write -> write.change()
                .ifPresent(change -> byTopic.computeIfAbsent(write.partition().topic(), t -> new ArrayList<>())
                        .add(change)));
        return byTopic;
    }

    /** Lets the layout encode topic by topic, and adds AR and the topic's other fields. */
    private static final class Encoding {
        private final StorageLayout layout;
        private final Map<String, TopicSnapshot> before;
        private final Map<TopicPartition, List<ZkWrite>> answers;
        private final SortedMap<String, TopicSnapshot> after = new TreeMap<>();
        private final List<Op<TopicPartition>> ops = new ArrayList<>();

        Encoding(StorageLayout layout, Map<String, TopicSnapshot> before, Map<TopicPartition, List<ZkWrite>> answers) {
            this.layout = layout;
            this.before = before;
            this.answers = answers;
        }

        void add(String topic, List<RecordChange> changes, WriteMode mode) {
            if (mode == WriteMode.BATCHED) {
                fewAnswered(topic, changes).forEach(some -> write(topic, some));
                return;
            }
            List<RecordChange> inOrder = new ArrayList<>(changes);
            if (mode == WriteMode.PIPELINED) { // in the order of the phases: records written before records deleted
                inOrder.sort(Comparator.comparing(change -> change.record().isEmpty()));
            }
            inOrder.forEach(change -> write(topic, List.of(change)));
        }

        /** All changes together, unless the transaction of the topic's znode would have very many answers. */
        private List<List<RecordChange>> fewAnswered(String topic, List<RecordChange> changes) {
            List<List<RecordChange>> parts = new ArrayList<>();
            int answered = MOST_ANSWERS;
            for (RecordChange change : changes) {
                int more = answers.get(new TopicPartition(topic, change.partition()))
                        .size();
                if (parts.isEmpty() || more > 0 && answered + more > MOST_ANSWERS) {
                    parts.add(new ArrayList<>());
                    answered = 0;
                }
                parts.get(parts.size() - 1).add(change);
                answered += more;
            }
            return parts;
        }

        /** In the order of the phases if writes of one phase are sent together, else partition by partition. */
        List<Op<TopicPartition>> ops(WriteMode mode) {
            if (mode == WriteMode.PIPELINED) {
                ops.sort(Comparator.comparing(Op::phase));
                ops.replaceAll(this::afterAllTopics);
            }
            return ops;
        }

        /** By the time records are deleted all writes of their topics are done. */
        private Op<TopicPartition> afterAllTopics(Op<TopicPartition> op) {
            return new Op<>(
                            op.phase(),
                            op.owners(),
                            op.write(),
                            op.conditions().stream()
                                    .flatMap(check -> unchanged(topicOf(check.path())).stream())
                                    .toList())
                    .beside(op.companions());
        }

        SortedMap<String, TopicSnapshot> after() {
            return after;
        }

        /** Holds as long as only this turn has written the topic since it was read. */
        Optional<ZkWrite> unchanged(String topic) {
            return Optional.ofNullable(after.getOrDefault(topic, before.get(topic)))
                    .map(known -> ZkWrite.check(TOPICS + topic, known.version()));
        }

        /** Holds as long as the topic is unchanged and the record, where it has a znode, exists. */
        List<ZkWrite> stands(TopicPartition partition) {
            List<ZkWrite> checks =
                    new ArrayList<>(unchanged(partition.topic()).stream().toList());
            layout.placement().path(partition).ifPresent(path -> checks.add(ZkWrite.check(path, ZkWrite.ANY_VERSION)));
            return checks;
        }

        private void write(String topic, List<RecordChange> changes) {
            TopicSnapshot now = after.getOrDefault(topic, before.get(topic));
            RecordWrites writes = layout.encode(now, changes);
            int first = ops.size();
            Set<TopicPartition> owners = new TreeSet<>();
            SortedMap<Integer, Replicas> assigned = new TreeMap<>(now.assigned());
            SortedMap<Integer, ReassignmentRecord> inFlight = new TreeMap<>(now.inFlight());
            for (RecordChange change : changes) {
                owners.add(new TopicPartition(topic, change.partition()));
                assigned.put(change.partition(), change.assigned());
                change.record()
                        .ifPresentOrElse(
                                record -> inFlight.put(change.partition(), record),
                                () -> inFlight.remove(change.partition()));
            }
            Map<String, String> fields = merged(now.fields(), writes.topicFields());
            boolean differs = !assigned.equals(now.assigned()) || !fields.equals(now.fields());
            writes.before().forEach(write -> ops.add(new Op<>(Op.Phase.RECORDS_WRITTEN, owners, write)));
            if (differs) {
                String json = TopicJson.encode(assigned, fields);
                ops.add(new Op<>(Op.Phase.TOPICS, owners, ZkWrite.setData(TOPICS + topic, json, now.version())));
            }
            int version = differs ? now.version() + 1 : now.version();
            after.put(topic, new TopicSnapshot(topic, assigned, fields, version, inFlight, now.records()));
            Optional<ZkWrite> unchanged = unchanged(topic); // a record must not be deleted before its AR is written
            writes.after()
                    .forEach(write -> ops.add(new Op<>(
                            Op.Phase.RECORDS_DELETED,
                            owners,
                            write,
                            unchanged.stream().toList())));
            changes.forEach(change -> keep(new TopicPartition(topic, change.partition()), first, owners));
        }

        /**
         * Puts the answers of a partition beside the write of its record, which is in the topic's znode where it has no
         * znode: so an entry has its answer at the moment in which it ends. Without such a write they are written alone.
         */
        private void keep(TopicPartition partition, int first, Set<TopicPartition> owners) {
            List<ZkWrite> kept = answers.get(partition);
            if (kept.isEmpty()) {
                return;
            }
            String path = layout.placement().path(partition).orElse(TOPICS + partition.topic());
            int place = first;
            while (place < ops.size() && !ops.get(place).write().path().equals(path)) {
                place++;
            }
            if (place == ops.size()) {
                ZkWrite nothing = ZkWrite.check(TOPICS + partition.topic(), ZkWrite.ANY_VERSION);
                ops.add(new Op<>(Op.Phase.RECORDS_DELETED, owners, nothing));
            }
            List<ZkWrite> all = new ArrayList<>(ops.get(place).companions());
            all.addAll(kept);
            ops.set(place, ops.get(place).beside(all));
        }

        private static Map<String, String> merged(Map<String, String> now, Map<String, Optional<String>> changed) {
            Map<String, String> fields = new TreeMap<>(now);
            changed.forEach(
                    (name, text) -> text.ifPresentOrElse(json -> fields.put(name, json), () -> fields.remove(name)));
            return fields;
        }
    }
}
