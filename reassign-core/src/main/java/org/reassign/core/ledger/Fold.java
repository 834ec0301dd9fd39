package org.reassign.core.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ChannelTrait;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.ConflictPolicy.Resolution;
import org.reassign.api.spi.StoredRequest;
import org.reassign.core.decide.InFlightBudget;

/**
 * Steps A1 to A4: all waiting entries of all channels in the order of their zxids. Only the last survivor for a
 * partition is admitted; those before it are superseded, or cancelled where it is a cancel. Refused entries supersede
 * nothing. If requests are not coalesced, the first is admitted and the later ones wait for the next fold. An entry
 * over the in-flight limits waits too, with all that it would supersede. A fold changes nothing: it can be repeated.
 */
public final class Fold {
    private final Ledger ledger;
    private final AdmissionView cluster;
    private final ConflictPolicy policy;
    private final boolean coalesce;
    private final SortedMap<TopicPartition, AdmittedEntry> admitted = new TreeMap<>();
    private final List<EntryAnswer> answers = new ArrayList<>();
    private final List<LedgerEntry> replays = new ArrayList<>();
    private final List<LedgerEntry> replaced = new ArrayList<>();
    /** Partitions of {@link #replaced}. */
    private final Set<TopicPartition> held = new HashSet<>();
    /** The outcome of others once the admitted one is written. */
    private final Map<TopicPartition, List<EntryAnswer>> overtaken = new HashMap<>();

    private boolean waits;
    private boolean holds;

    private Fold(Ledger ledger, AdmissionView cluster, ConflictPolicy policy, boolean coalesce) {
        this.ledger = ledger;
        this.cluster = cluster;
        this.policy = policy;
        this.coalesce = coalesce;
    }

    /**
     * The result of a fold.
     *
     * @param admitted partition to the entry that it will follow, not yet written
     * @param answers entries that are answered without a write
     * @param replays entries whose record is stored already, seen again after a crash
     * @param replaced entries whose record is stored already and whose value was overwritten since
     * @param waits whether some entries are over the in-flight limits
     * @param holds whether some entries wait until an older one of their partition, which is settled, is gone
     */
    public record Result(
            SortedMap<TopicPartition, AdmittedEntry> admitted,
            List<EntryAnswer> answers,
            List<LedgerEntry> replays,
            List<LedgerEntry> replaced,
            boolean waits,
            boolean holds) {}

    /**
     * Folds the waiting entries.
     *
     * @param coalesce whether only the last survivor for a partition is executed, instead of one after the other
     * @param room the in-flight budget, asked for once there is an entry; used up
     */
    public static Result of(
            Ledger ledger,
            AdmissionView cluster,
            ConflictPolicy policy,
            boolean coalesce,
            Supplier<InFlightBudget> room) {
        Fold fold = new Fold(ledger, cluster, policy, coalesce);
        ledger.waiting().forEach(fold::entry);
        fold.leaveOutWhatFindsNo(room);
        return new Result(fold.admitted, fold.answers, fold.replays, fold.replaced, fold.waits, fold.holds);
    }

    /** The entry that the record follows: seen again after a crash, or still in place while it runs. */
    static boolean follows(ReassignmentRecord record, LedgerEntry entry) {
        return entry.content().orElse(null) instanceof StoredRequest.Valid valid
                && record.request().equals(entry.request().id())
                && record.mechanism() == entry.request().mechanism()
                && record.target().equals(valid.target().orElse(record.original()));
    }

    /** In the order of arrival; partitions in flight and mere changes of order need no budget. */
    private void leaveOutWhatFindsNo(Supplier<InFlightBudget> room) {
        List<AdmittedEntry> coming = admitted.values().stream()
                .filter(this::comesInFlight)
                .sorted(Comparator.comparing(AdmittedEntry::source, LedgerEntry.ORDER))
                .toList();
        InFlightBudget left = coming.isEmpty() ? InFlightBudget.unlimited() : room.get();
        for (AdmittedEntry one : coming) {
            TopicPartition partition = one.partition();
            Replicas adding = one.target().minus(cluster.assigned(partition).orElseThrow());
            if (!left.take(partition, adding)) {
                admitted.remove(partition);
                overtaken.remove(partition);
                waits = true;
            }
        }
        admitted.replaceAll((partition, one) -> one.overtaking(overtaken.getOrDefault(partition, List.of())));
    }

    private boolean comesInFlight(AdmittedEntry one) {
        TopicPartition partition = one.partition();
        return cluster.record(partition).isEmpty()
                && !one.target().sameBrokers(cluster.assigned(partition).orElseThrow());
    }

    private void entry(LedgerEntry entry) {
        if (entry.content().isEmpty()) {
            refuse(entry, entry.request().refusal().orElseThrow());
            return;
        }
        StoredRequest.Entry content = entry.content().get();
        if (content instanceof StoredRequest.Invalid invalid) {
            refuse(entry, invalid.refusal());
        } else if (content instanceof StoredRequest.Overwritten overwritten) {
            overwritten(entry, overwritten);
        } else if (content instanceof StoredRequest.Valid valid) {
            valid(entry, valid);
        }
    }

    /**
     * If the record follows the request, it is no fault, only seen again after a crash. Later entries wait until it is
     * gone; otherwise it would look like one that no controller has read.
     */
    private void overwritten(LedgerEntry entry, StoredRequest.Overwritten overwritten) {
        if (cluster.unreadable(overwritten.partition().topic())) {
            return;
        }
        boolean ran = cluster.record(overwritten.partition())
                .filter(record -> record.request().equals(entry.request().id()))
                .isPresent();
        if (ran) {
            replaced.add(entry);
            held.add(overwritten.partition());
        } else {
            refuse(entry, overwritten.refusal());
        }
    }

    private void valid(LedgerEntry entry, StoredRequest.Valid valid) {
        TopicPartition partition = valid.partition();
        if (cluster.unreadable(partition.topic())) {
            return; // deferred: the topic znode is unreadable
        }
        if (held.contains(partition) || ledger.isHeld(entry)) {
            holds = true;
            return;
        }
        Optional<Refusal> unknown = Validation.place(cluster, where(entry), partition);
        if (unknown.isPresent()) {
            refuse(entry, unknown.get());
            return;
        }
        Optional<ReassignmentRecord> record = cluster.record(partition);
        if (record.filter(running -> follows(running, entry)).isPresent()) {
            replays.add(entry);
        } else if (record.filter(running -> isOutdated(running, entry)).isPresent()) {
            answer(entry, Outcome.SUPERSEDED);
        } else {
            known(entry, valid, record);
        }
    }

    /** In a channel of one znode a foreign write gives every entry a new zxid, so the zxid says nothing there. */
    private static boolean isOutdated(ReassignmentRecord record, LedgerEntry entry) {
        return !entry.has(ChannelTrait.ONE_ZNODE) && entry.request().zxid() < record.zxid();
    }

    private void known(LedgerEntry entry, StoredRequest.Valid valid, Optional<ReassignmentRecord> record) {
        TopicPartition partition = valid.partition();
        Optional<AdmittedEntry> before = Optional.ofNullable(admitted.get(partition));
        Replicas assigned = cluster.assigned(partition).orElseThrow();
        Optional<Refusal> refusal =
                Validation.target(cluster, where(entry), valid, assigned, record.isPresent() || before.isPresent());
        if (refusal.isPresent()) {
            refuse(entry, refusal.get());
            return;
        }
        Replicas original = record.map(ReassignmentRecord::original).orElse(assigned);
        AdmittedEntry candidate = new AdmittedEntry(entry, valid.target().orElse(original));
        if (before.isPresent() && !coalesce) {
            admitted.put(partition, before.get().before(candidate.target()));
            return;
        }
        Optional<ReassignmentRecord> running =
                before.map(one -> asRecord(one, original)).or(() -> record);
        if (running.isEmpty() || mayChange(running.get(), candidate)) {
            admit(candidate, before, record.isPresent(), assigned);
        }
    }

    /** How a sentence about the entry begins. */
    private static String where(LedgerEntry entry) {
        return entry.request().path() + ", ";
    }

    private boolean mayChange(ReassignmentRecord running, AdmittedEntry candidate) {
        Resolution resolution = policy.resolve(running, candidate.request(), candidate.entry());
        if (resolution instanceof Resolution.Refuse refuse) {
            refuse(candidate.source(), new Refusal(Refusal.Code.CONFLICT, refuse.sentence()));
            return false;
        }
        if (resolution instanceof Resolution.Outdated) {
            TopicPartition partition = candidate.partition();
            if (admitted.containsKey(partition)) {
                overtaken(partition).add(new EntryAnswer(candidate.source(), Outcome.SUPERSEDED));
            } else {
                answer(candidate.source(), Outcome.SUPERSEDED);
            }
            return false;
        }
        return true;
    }

    private void admit(AdmittedEntry candidate, Optional<AdmittedEntry> before, boolean inFlight, Replicas assigned) {
        TopicPartition partition = candidate.partition();
        before.ifPresent(one -> overtaken(partition)
                .add(new EntryAnswer(one.source(), candidate.cancels() ? Outcome.CANCELLED : Outcome.SUPERSEDED)));
        boolean asItIs = !inFlight && candidate.target().equals(assigned);
        if (!asItIs) {
            admitted.put(partition, candidate);
            return;
        }
        admitted.remove(partition);
        answers.addAll(overtaken(partition));
        overtaken.remove(partition);
        answer(candidate.source(), candidate.cancels() ? Outcome.COMPLETED : Outcome.UNCHANGED);
    }

    private List<EntryAnswer> overtaken(TopicPartition partition) {
        return overtaken.computeIfAbsent(partition, p -> new ArrayList<>());
    }

    private static ReassignmentRecord asRecord(AdmittedEntry admitted, Replicas original) {
        StoredRequest by = admitted.request();
        return new ReassignmentRecord(
                admitted.partition(),
                admitted.target(),
                original,
                Replicas.NONE,
                by.mechanism(),
                by.zxid(),
                by.id(),
                by.requester(),
                by.reason(),
                0,
                by.answer());
    }

    private void answer(LedgerEntry entry, Outcome outcome) {
        answers.add(new EntryAnswer(entry, outcome));
    }

    private void refuse(LedgerEntry entry, Refusal refusal) {
        answers.add(new EntryAnswer(entry, Outcome.REFUSED, Optional.of(refusal)));
    }
}
