package org.reassign.simulation.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkWrite;
import org.reassign.simulation.StoredState;

/**
 * What the assigned replicas must be in the end, from what was asked and what was answered: the newest entry that was
 * not refused, in the order of the requests' zxids. A cancel stands for the assigned replicas that the partition had
 * before the chain that it cancels.
 */
final class ExpectedAssignment {
    static final String LEGACY = "reassign_partitions";
    static final String LEGACY_PATH = "/admin/" + LEGACY;
    private final StoredState stored;
    private final Function<String, Optional<TopicSnapshot>> counting;
    private final InFlightLimitCheck limit;
    private final RequestedEntries entries = new RequestedEntries();
    /** Assigned replicas as last seen without a record. */
    private final Map<TopicPartition, Replicas> atRest = new HashMap<>();

    private final Map<TopicPartition, ReassignmentRecord> records = new HashMap<>();
    private final Set<TopicPartition> ambiguous = new HashSet<>();
    /** What is assigned where a record could not be written, for which a legacy entry that it overrides was removed before. */
    private final Map<TopicPartition, Replicas> closed = new HashMap<>();

    int term;
    private Optional<InvariantBroken> broken = Optional.empty();

    /** {@code counting}: topics as stored, except what an outsider has overwritten and no controller has written since. */
    ExpectedAssignment(Setup setup, StoredState stored, Function<String, Optional<TopicSnapshot>> counting) {
        this.stored = stored;
        this.counting = counting;
        this.limit = new InFlightLimitCheck(setup.limits().inFlight(), stored);
        setup.topics()
                .forEach((name, topic) -> topic.assigned()
                        .forEach((number, replicas) -> atRest.put(new TopicPartition(name, number), replicas)));
    }

    /**
     * Something was asked, by the znode modification with this zxid.
     *
     * @param place where it lies; what lay there for the partition, and nobody has read, is lost
     */
    void asked(String request, long zxid, TopicPartition partition, Optional<Replicas> target, String place) {
        List<RequestedEntry> all = entries.of(partition);
        all.stream()
                .filter(entry -> entry.place.equals(place) && !entry.heardOf)
                .forEach(entry -> entry.refused = true);
        if (all.stream().anyMatch(entry -> entry.mayBeSeenAfter(place) && !entry.heardOf && !entry.refused)) {
            ambiguous.add(partition);
        }
        entries.add(partition, new RequestedEntry(request, zxid, target, place));
    }

    /**
     * The legacy znode was written. What stood there already and still asks for the same is the same entry; whether it is
     * newer now, only time tells.
     */
    void askedByLegacy(long zxid, SortedMap<TopicPartition, Optional<Replicas>> targets, String before, String now) {
        targets.forEach((partition, target) -> {
            if (!before.contains(RequestedEntry.asks(partition, target.orElseThrow()))) {
                asked(LEGACY, zxid, partition, target, LEGACY);
            }
        });
        rewritten(now);
    }

    private void rewritten(String text) {
        entries.forEach((partition, all) -> {
            if (text.contains(RequestedEntry.inLegacyZnode(partition))
                    && !all.get(all.size() - 1).request.equals(LEGACY)) {
                ambiguous.add(partition);
            }
        });
    }

    /** A new leader takes legacy entries that wait for as old as their znode, which who led before may have rewritten. */
    void elected() {
        term++;
        limit.elected();
        stored.node(LEGACY_PATH).filter(node -> node.stat().version() > 0).ifPresent(node -> rewritten(node.text()));
    }

    void spoiled(String topic) {
        limit.spoiled(topic);
    }

    /** The records of a topic are lost. Where AR was not written with them, who has written them does not know it either. */
    void losesRecords(TopicSnapshot topic) {
        topic.inFlight().forEach((number, record) -> {
            if (!topic.assigned().getOrDefault(number, Replicas.NONE).containsAll(record.target())) {
                entries.find(record.request(), record.partition()).ifPresent(entry -> entry.recorded = false);
            }
        });
    }

    /** No controller knows what a topic lost, nor that a lost record's entry ran: what is stored now counts. */
    void lost(TopicSnapshot topic) {
        records.keySet().removeIf(partition -> partition.topic().equals(topic.topic()));
        entries.forEach((partition, all) -> {
            if (partition.topic().equals(topic.topic()) && !topic.inFlight().containsKey(partition.partition())) {
                all.forEach(entry -> entry.recorded = false);
            }
        });
        topic.assigned().forEach((number, assigned) -> {
            TopicPartition partition = new TopicPartition(topic.topic(), number);
            Optional.ofNullable(topic.inFlight().get(number))
                    .ifPresentOrElse(record -> records.put(partition, record), () -> atRest.put(partition, assigned));
        });
    }

    /** An operator asks for this last, while nothing of the topic is in flight. */
    void repaired(String topic) {
        entries.forget(topic);
        closed.keySet().removeIf(partition -> partition.topic().equals(topic));
        ambiguous.removeIf(partition -> partition.topic().equals(topic));
    }

    void taken(String request, TopicPartition partition) {
        entries.find(request, partition).ifPresent(entry -> accept(entry, partition));
    }

    private void accept(RequestedEntry entry, TopicPartition partition) {
        entry.heardOf = true;
        entry.refused = false;
        entry.term = term;
        closed.remove(partition);
        if (entry.target.isEmpty() && entry.original.isEmpty()) {
            entry.original = Optional.of(atRest.get(partition));
        }
    }

    void answered(Answer answer) {
        boolean gaveWay = answer.outcome() == Answer.Outcome.SUPERSEDED || answer.outcome() == Answer.Outcome.CANCELLED;
        boolean runs = TopicPartition.parse(answer.partition())
                .map(records::get)
                .filter(record -> record.request().equals(answer.request()))
                .isPresent();
        require(
                !gaveWay || !runs || answer.request().equals(LEGACY),
                answer.request() + " gave way to itself for " + answer.partition() + ", seen again after a crash");
        boolean refused = answer.outcome() == Answer.Outcome.REFUSED;
        if (answer.partition().equals(answer.request())) {
            entries.forEach((partition, all) -> entries.find(answer.request(), partition)
                    .ifPresent(entry -> {
                        entry.heardOf = true;
                        entry.refused = refused;
                    }));
            return;
        }
        TopicPartition.parse(answer.partition())
                .ifPresent(partition -> about(answer, partition).ifPresent(entry -> {
                    require(
                            !entry.recorded
                                    || !is(answer, Refusal.Code.OVERWRITTEN)
                                    || stored.topic(partition.topic()).isEmpty(),
                            answer.request() + " ran for " + partition + ", and is refused as never read");
                    if (is(answer, Refusal.Code.OVERWRITTEN) && entry.heardOf && !entry.refused && entry.term < term) {
                        return; // it was done without a record, of which a successor finds no trace
                    }
                    if (refused && entry.original.isPresent()) {
                        return; // a cancel that was done, whose request outlived a crash, finds nothing to cancel
                    }
                    if (refused) {
                        entry.heardOf = true;
                        entry.refused = true;
                        if (is(answer, Refusal.Code.NO_AUTH)
                                && entries.newestLegacy(partition, target -> true)
                                        .isPresent()) {
                            closed.put(partition, atRest.get(partition));
                        }
                    } else if (!entry.refused || !entry.request.equals(LEGACY)) {
                        accept(entry, partition); // the end of a legacy entry may be that of the one before it
                    }
                }));
    }

    private static boolean is(Answer answer, Refusal.Code code) {
        return answer.refusal().map(Refusal::code).equals(Optional.of(code));
    }

    /** All legacy entries have one id: a refusal names its entry's target, and what is done stands assigned. */
    private Optional<RequestedEntry> about(Answer answer, TopicPartition partition) {
        if (!answer.request().equals(LEGACY)) {
            return entries.find(answer.request(), partition);
        }
        String sentence = answer.refusal().map(Refusal::sentence).orElse("");
        return switch (answer.outcome()) {
            case REFUSED ->
                entries.newestLegacy(partition, target -> sentence.contains("target " + target + " "))
                        .or(() -> entries.find(LEGACY, partition));
            case COMPLETED, UNCHANGED ->
                entries.newestLegacy(partition, stored.assigned(partition).orElse(Replicas.NONE)::equals);
            case SUPERSEDED, CANCELLED, TOPIC_DELETED -> Optional.empty(); // its record has spoken for it
        };
    }

    /** Looks at what a controller has written: each record says what its request said. */
    void look(List<ZkWrite> writes) {
        Set<TopicPartition> before = Set.copyOf(records.keySet());
        TouchedTopics.of(writes, stored).forEach(topic -> counting.apply(topic).ifPresent(this::look));
        records.keySet().removeIf(partition -> stored.topic(partition.topic()).isEmpty());
        limit.broken(before, records.keySet()).ifPresent(sentence -> require(false, sentence));
    }

    private void look(TopicSnapshot topic) {
        topic.assigned().forEach((number, assigned) -> {
            TopicPartition partition = new TopicPartition(topic.topic(), number);
            Optional<ReassignmentRecord> now =
                    Optional.ofNullable(topic.inFlight().get(number));
            Optional<ReassignmentRecord> before = Optional.ofNullable(records.get(partition));
            if (now.isEmpty()) {
                records.remove(partition);
                Replicas rest = atRest.put(partition, assigned);
                if (before.isEmpty() && !assigned.equals(rest)) {
                    reordered(partition, assigned);
                }
            } else if (!now.equals(before)) {
                records.put(partition, now.get());
                recorded(partition, now.get(), before);
            }
        });
    }

    /** Another order needs no record. */
    private void reordered(TopicPartition partition, Replicas assigned) {
        entries.newest(partition, entry -> entry.target.filter(assigned::equals).isPresent())
                .ifPresent(entry -> accept(entry, partition));
    }

    private void recorded(TopicPartition partition, ReassignmentRecord record, Optional<ReassignmentRecord> before) {
        Replicas rest = atRest.get(partition);
        require(
                before.isPresent() || record.original().equals(rest),
                partition + " was at rest on " + rest + ", and the record says " + record);
        require(
                record.mechanism() == Mechanism.LEGACY
                        || before.filter(b -> b.zxid() > record.zxid()).isEmpty(),
                partition + ": an older request has taken the place of a newer one: " + before + " became " + record);
        before.filter(b -> b.mechanism() == Mechanism.LEGACY && record.mechanism() == Mechanism.REQUEST)
                .ifPresent(legacy -> require(
                        !RequestedEntry.stillAsks(stored, legacy, record.zxid()),
                        partition + ": the legacy entry that asked for " + legacy.target()
                                + " must go before the record that overrides it: " + record));
        List<RequestedEntry> asking = entries.of(partition).stream()
                .filter(entry -> entry.is(record.request(), partition)
                        && entry.target.orElse(rest).equals(record.target()))
                .toList();
        require(!asking.isEmpty(), partition + ": no request asks for what the record says: " + record);
        asking.forEach(entry -> {
            entry.recorded = true;
            accept(entry, partition);
        });
    }

    /** What the assigned replicas may be now that all is settled. */
    List<Replicas> allowed(TopicPartition partition) {
        List<RequestedEntry> all = entries.of(partition).stream()
                .filter(entry -> !entry.refused)
                .sorted((a, b) -> Long.compare(a.zxid, b.zxid))
                .toList();
        List<Replicas> allowed = new ArrayList<>();
        Optional.ofNullable(closed.get(partition)).ifPresent(allowed::add);
        int from = ambiguous.contains(partition) ? 0 : Math.max(0, all.size() - 1);
        for (RequestedEntry entry : all.subList(from, all.size())) {
            allowed.add(entry.target.or(() -> entry.original).orElse(Replicas.NONE));
        }
        return allowed;
    }

    void stillHolds() {
        broken.ifPresent(first -> {
            throw first;
        });
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            broken = broken.or(() -> Optional.of(new InvariantBroken("record", otherwise)));
            throw broken.get();
        }
    }
}
