package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.RecordWrites;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Await;
import org.reassign.core.store.LeadershipLost;
import org.reassign.core.store.Op;
import org.reassign.core.store.Op.Phase;
import org.reassign.core.store.Store;
import org.reassign.core.store.TopicJson;
import org.reassign.core.store.TopicReader;

/**
 * Recovery, where the layout is not the one that ran before: records that an installed layout finds are written in the
 * chosen one, and gone from the other after that. Where both have one, the chosen layout's counts.
 */
final class LayoutMigration {
    private final TermContext mandate;
    private final Store store;
    private final Consumer<String> strays;
    private final SortedMap<String, TopicSnapshot> topics = new TreeMap<>();
    private final Set<String> unreadable = new TreeSet<>();

    LayoutMigration(TermContext mandate, Store store, Consumer<String> strays) {
        this.mandate = mandate;
        this.store = store;
        this.strays = strays;
    }

    /**
     * Moves what is found.
     *
     * @throws MigrationException where something cannot be moved: to lead without it would be to forget it
     */
    void run() {
        TopicReader own = new TopicReader(
                mandate.zk(), mandate.plugins().layout().plugin(), unreadable, mandate.listener()::warning);
        topics.putAll(
                own.read(Await.done(mandate.zk().getChildren(TopicReader.ROOT)).orElse(List.of())));
        own.takeLeftBehind().forEach(strays);
        for (NamedPlugin<StorageLayout> other : mandate.plugins().otherLayouts()) {
            SortedMap<String, TopicSnapshot> found = found(other);
            found.forEach((topic, theirs) -> move(other, theirs));
            if (!found.isEmpty()) {
                mandate.listener()
                        .warning("records of topics " + found.keySet() + " were found in layout '" + other.name()
                                + "' and moved to '"
                                + mandate.plugins().layout().name() + "'");
            }
        }
    }

    private SortedMap<String, TopicSnapshot> found(NamedPlugin<StorageLayout> named) {
        StorageLayout other = named.plugin();
        SortedMap<String, TopicSnapshot> read = new TreeMap<>();
        if (other.recordPaths().isEmpty()) {
            topics.values().forEach(topic -> read.put(topic.topic(), decoded(other, topic)));
        } else {
            TopicReader reading = new TopicReader(mandate.zk(), other, unreadable, mandate.listener()::warning);
            Set<String> holders = reading.holders();
            holders.stream()
                    .filter(unreadable::contains)
                    .filter(topic -> reading.hasRecords(topic))
                    .findFirst()
                    .ifPresent(topic -> {
                        throw unreadable(named, topic);
                    });
            holders.retainAll(topics.keySet());
            read.putAll(reading.read(holders));
            reading.takeLeftBehind().forEach(strays);
        }
        read.values().removeIf(topic -> topic.inFlight().isEmpty());
        return read;
    }

    private static TopicSnapshot decoded(StorageLayout layout, TopicSnapshot topic) {
        TopicSnapshot bare = with(topic, new TreeMap<>());
        SortedMap<Integer, ReassignmentRecord> records = new TreeMap<>();
        layout.decode(bare)
                .records()
                .forEach(record -> records.put(record.partition().partition(), record));
        records.keySet().retainAll(topic.assigned().keySet());
        return with(topic, records);
    }

    private static TopicSnapshot with(TopicSnapshot topic, SortedMap<Integer, ReassignmentRecord> records) {
        return new TopicSnapshot(
                topic.topic(), topic.assigned(), topic.fields(), topic.version(), records, ZkSnapshot.EMPTY);
    }

    private void move(NamedPlugin<StorageLayout> other, TopicSnapshot theirs) {
        TopicSnapshot ours = topics.get(theirs.topic());
        List<RecordChange> taken = new ArrayList<>();
        List<RecordChange> given = new ArrayList<>();
        theirs.inFlight().forEach((partition, record) -> {
            if (!ours.inFlight().containsKey(partition)) {
                taken.add(new RecordChange(partition, ours.assigned().get(partition), Optional.of(record)));
            }
            given.add(new RecordChange(partition, ours.assigned().get(partition), Optional.empty()));
        });
        RecordWrites here = mandate.plugins().layout().plugin().encode(ours, taken);
        RecordWrites there = other.plugin().encode(theirs, given);
        List<Op<Object>> ops = new ArrayList<>();
        Set<Object> owner = Set.of(ours.topic());
        here.before().forEach(write -> ops.add(new Op<>(Phase.RECORDS_WRITTEN, owner, write)));
        Map<String, String> fields = new TreeMap<>(ours.fields());
        merge(there.topicFields(), fields);
        merge(here.topicFields(), fields);
        if (!fields.equals(ours.fields())) {
            String json = TopicJson.encode(ours.assigned(), fields);
            ops.add(new Op<>(
                    Phase.TOPICS, owner, ZkWrite.setData(TopicReader.ROOT + "/" + ours.topic(), json, ours.version())));
        }
        there.after().forEach(write -> ops.add(new Op<>(Phase.RECORDS_DELETED, owner, write)));
        ops.stream().filter(op -> !op.fits()).findFirst().ifPresent(op -> {
            throw tooLarge(other, ours, op.write());
        });
        if (!store.settle(ops).isEmpty()) {
            throw new LeadershipLost("topic '" + ours.topic() + "' has changed while its records were moved", null);
        }
    }

    private MigrationException tooLarge(NamedPlugin<StorageLayout> other, TopicSnapshot topic, ZkWrite write) {
        return new MigrationException(
                "layout '" + mandate.plugins().layout().name() + "' cannot take over the records of topic '"
                        + topic.topic() + "' from layout '" + other.name() + "': " + OversizeCheck.sentence(write)
                        + "; choose layout '" + other.name() + "' until fewer of its partitions are in flight");
    }

    private MigrationException unreadable(NamedPlugin<StorageLayout> other, String topic) {
        return new MigrationException(
                "layout '" + mandate.plugins().layout().name() + "' cannot take over the records of topic '" + topic
                        + "' from layout '" + other.name() + "' while " + TopicReader.ROOT + "/" + topic
                        + " does not hold a topic's JSON; mend it, or choose layout '" + other.name() + "'");
    }

    private static void merge(Map<String, Optional<String>> changes, Map<String, String> fields) {
        changes.forEach(
                (name, text) -> text.ifPresentOrElse(json -> fields.put(name, json), () -> fields.remove(name)));
    }
}
