package org.reassign.core.decide;

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
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.ConflictPolicy.Resolution;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.Settlement.Stage;
import org.reassign.api.spi.StoredRequest;

/**
 * Steps A1 to A4: all waiting entries of all channels in the order of their zxids. Only the last survivor for a
 * partition is accepted; those before it are superseded, or cancelled where it is a cancel. Refused entries supersede
 * nothing. Where requests are not coalesced, the first is accepted and those behind it wait for the next fold. What
 * finds no room waits, too, with all that it would supersede.
 */
public final class Fold {
    private static final Comparator<StoredRequest> ORDER =
            Comparator.comparingLong(StoredRequest::zxid).thenComparing(StoredRequest::id);

    private final AdmissionView cluster;
    private final ConflictPolicy policy;
    private final SortedMap<TopicPartition, AdmittedEntry> accepted = new TreeMap<>();
    private final List<Fold.EntryAnswer> answers = new ArrayList<>();
    private final List<Settlement> recorded = new ArrayList<>();
    private final Set<String> blocked = new HashSet<>();
    /** What becomes of others once the accepted one is written. */
    private final Map<TopicPartition, List<Fold.EntryAnswer>> overtaken = new HashMap<>();

    private final boolean coalesce;
    private boolean waits;
    private boolean held;

    private Fold(AdmissionView cluster, ConflictPolicy policy, boolean coalesce) {
        this.cluster = cluster;
        this.policy = policy;
        this.coalesce = coalesce;
    }

    /**
     * An answer and what the channel is to be told of it.
     *
     * @param answer the answer
     * @param settlement the entry that it settles
     */
    public record EntryAnswer(Answer answer, Settlement settlement) {}

    /**
     * What came of it.
     *
     * @param accepted partition to the entry it is to follow, not yet written
     * @param answers entries that are answered without a write
     * @param recorded entries whose record stands already: replays after a crash
     * @param waits whether some entries have found no room
     * @param held whether some entries wait until an older one of their partition, which is settled, is gone
     */
    public record Result(
            SortedMap<TopicPartition, AdmittedEntry> accepted,
            List<Fold.EntryAnswer> answers,
            List<Settlement> recorded,
            boolean waits,
            boolean held) {}

    /**
     * Folds the stored requests.
     *
     * @param settled whether an entry of a request was settled before and only its znode is left. While it is, nothing
     *     newer is admitted for its partition, so that a replay can never revert a newer one
     * @param coalesce whether only the last survivor for a partition is executed, instead of one after the other
     * @param room what may come in flight, asked once there is something; used up
     */
    public static Fold.Result of(
            List<StoredRequest> stored,
            BiPredicate<StoredRequest, StoredRequest.Entry> settled,
            AdmissionView cluster,
            ConflictPolicy policy,
            boolean coalesce,
            Supplier<InFlightBudget> room) {
        Fold fold = new Fold(cluster, policy, coalesce);
        stored.stream().sorted(ORDER).forEach(request -> fold.request(request, settled));
        fold.leaveOutWhatFindsNo(room);
        return new Fold.Result(fold.accepted, fold.answers, fold.recorded, fold.waits, fold.held);
    }

    /** Those that came first are taken first; what is in flight already and what only changes its order need no room. */
    private void leaveOutWhatFindsNo(Supplier<InFlightBudget> room) {
        List<AdmittedEntry> coming = accepted.values().stream()
                .filter(one -> comesInFlight(one.entry().partition(), one.target()))
                .sorted(Comparator.comparing(AdmittedEntry::request, ORDER))
                .toList();
        InFlightBudget left = coming.isEmpty() ? InFlightBudget.unlimited() : room.get();
        for (AdmittedEntry one : coming) {
            TopicPartition partition = one.entry().partition();
            Replicas adding = one.target().minus(cluster.assigned(partition).orElseThrow());
            if (!left.take(partition, adding)) {
                accepted.remove(partition);
                overtaken.remove(partition);
                waits = true;
            }
        }
        accepted.replaceAll((partition, one) -> one.overtaking(overtaken.getOrDefault(partition, List.of())));
    }

    private boolean comesInFlight(TopicPartition partition, Replicas target) {
        return cluster.record(partition).isEmpty()
                && !target.sameBrokers(cluster.assigned(partition).orElseThrow());
    }

    private void request(StoredRequest request, BiPredicate<StoredRequest, StoredRequest.Entry> settled) {
        if (request.refusal().isPresent()) {
            StoredRequest.Invalid whole =
                    new StoredRequest.Invalid(request.id(), request.refusal().get());
            if (!settled.test(request, whole)) {
                refuse(request, whole.name(), Optional.empty(), whole.refusal());
            }
            return;
        }
        if (request.entries().isEmpty()) {
            recorded.add(new Settlement(request.id(), request.id(), Optional.empty(), Stage.ANSWERED));
        }
        for (StoredRequest.Entry entry : request.entries()) {
            if (isOfUnreadable(entry)) {
                // neither taken nor refused: what it is about is there, and nobody can tell how it stands
            } else if (entry instanceof StoredRequest.Invalid faulty && follows(request, faulty)) {
                recorded.add(new Settlement(request.id(), faulty.name(), Optional.empty(), Stage.ANSWERED));
                blocked.add(faulty.name());
            } else if (settled.test(request, entry)) {
                if (request.mechanism() == Mechanism.REQUEST
                        && (entry instanceof StoredRequest.Valid || isOverwritten(entry))) {
                    blocked.add(entry.name());
                }
            } else if (entry instanceof StoredRequest.Invalid faulty) {
                refuse(request, faulty.name(), Optional.empty(), faulty.refusal());
            } else if (entry instanceof StoredRequest.Valid wanted && blocked.contains(wanted.name())) {
                held = true;
            } else if (entry instanceof StoredRequest.Valid wanted) {
                wanted(request, wanted);
            }
        }
    }

    private boolean isOfUnreadable(StoredRequest.Entry entry) {
        return (entry instanceof StoredRequest.Valid || isOverwritten(entry))
                && TopicPartition.parse(entry.name())
                        .filter(partition -> cluster.unreadable(partition.topic()))
                        .isPresent();
    }

    /**
     * A request's value is gone because the record follows it: that is no fault, only seen again after a crash. What came
     * after it waits until it is gone, or it could not be told from one that nobody has read.
     */
    private boolean follows(StoredRequest request, StoredRequest.Invalid faulty) {
        return isOverwritten(faulty)
                && TopicPartition.parse(faulty.name())
                        .flatMap(cluster::record)
                        .filter(record -> record.request().equals(request.id()))
                        .isPresent();
    }

    private static boolean isOverwritten(StoredRequest.Entry entry) {
        return entry instanceof StoredRequest.Invalid faulty && faulty.refusal().code() == Refusal.Code.OVERWRITTEN;
    }

    private void wanted(StoredRequest request, StoredRequest.Valid entry) {
        Optional<Refusal> unknown = Validation.place(cluster, request, entry.partition());
        if (unknown.isPresent()) {
            refuse(request, entry.name(), entry.target(), unknown.get());
            return;
        }
        Optional<ReassignmentRecord> record = cluster.record(entry.partition());
        Optional<AdmittedEntry> waiting = Optional.ofNullable(accepted.get(entry.partition()));
        if (record.isPresent() && replays(record.get(), request, entry)) {
            recorded.add(settlement(request, entry, Stage.RECORDED));
            return;
        }
        if (record.isPresent() && outdated(record.get(), request)) {
            answer(request, entry, Outcome.SUPERSEDED);
            return;
        }
        Replicas assigned = cluster.assigned(entry.partition()).orElseThrow();
        Optional<Refusal> refusal =
                Validation.target(cluster, request, entry, assigned, record.isPresent() || waiting.isPresent());
        if (refusal.isPresent()) {
            refuse(request, entry.name(), entry.target(), refusal.get());
            return;
        }
        Replicas original = record.map(ReassignmentRecord::original).orElse(assigned);
        AdmittedEntry candidate =
                new AdmittedEntry(request, entry, entry.target().orElse(original));
        if (waiting.isPresent() && !coalesce) {
            accepted.put(entry.partition(), waiting.get().before(candidate.target()));
            return;
        }
        Optional<ReassignmentRecord> running =
                waiting.map(w -> asRecord(w, original)).or(() -> record);
        if (running.isEmpty() || mayChange(running.get(), candidate)) {
            accept(candidate, waiting, record.isPresent(), assigned);
        }
    }

    /** The entry that the record follows: seen again after a crash, or still standing in the legacy znode. */
    private static boolean replays(ReassignmentRecord record, StoredRequest request, StoredRequest.Valid entry) {
        return record.request().equals(request.id())
                && record.mechanism() == request.mechanism()
                && record.target().equals(entry.target().orElse(record.original()));
    }

    /** Our own rewrites give the legacy znode a new zxid, so only a request's zxid says that it is the older one. */
    private static boolean outdated(ReassignmentRecord record, StoredRequest request) {
        return request.mechanism() == Mechanism.REQUEST && request.zxid() < record.zxid();
    }

    private boolean mayChange(ReassignmentRecord running, AdmittedEntry candidate) {
        Resolution resolution = policy.resolve(running, candidate.request(), candidate.entry());
        if (resolution instanceof Resolution.Refuse refuse) {
            Refusal refusal = new Refusal(Refusal.Code.CONFLICT, refuse.sentence());
            refuse(
                    candidate.request(),
                    candidate.entry().name(),
                    candidate.entry().target(),
                    refusal);
            return false;
        }
        if (resolution instanceof Resolution.Outdated) {
            Fold.EntryAnswer outdated = answered(candidate.request(), candidate.entry(), Outcome.SUPERSEDED);
            TopicPartition partition = candidate.entry().partition();
            (accepted.containsKey(partition) ? overtaken(partition) : answers).add(outdated);
            return false;
        }
        return true;
    }

    private void accept(AdmittedEntry candidate, Optional<AdmittedEntry> waiting, boolean inFlight, Replicas assigned) {
        TopicPartition partition = candidate.entry().partition();
        waiting.ifPresent(w -> overtaken(partition)
                .add(answered(w.request(), w.entry(), candidate.cancels() ? Outcome.CANCELLED : Outcome.SUPERSEDED)));
        boolean asItIs = !inFlight && candidate.target().equals(assigned);
        if (!asItIs) {
            accepted.put(partition, candidate);
            return;
        }
        accepted.remove(partition);
        answers.addAll(overtaken(partition));
        overtaken.remove(partition);
        answer(candidate.request(), candidate.entry(), candidate.cancels() ? Outcome.COMPLETED : Outcome.UNCHANGED);
    }

    private List<Fold.EntryAnswer> overtaken(TopicPartition partition) {
        return overtaken.computeIfAbsent(partition, p -> new ArrayList<>());
    }

    private static ReassignmentRecord asRecord(AdmittedEntry waiting, Replicas original) {
        StoredRequest by = waiting.request();
        return new ReassignmentRecord(
                waiting.entry().partition(),
                waiting.target(),
                original,
                Replicas.NONE,
                by.mechanism(),
                by.zxid(),
                by.id(),
                by.requester(),
                by.reason(),
                0);
    }

    private void answer(StoredRequest request, StoredRequest.Valid entry, Outcome outcome) {
        answers.add(answered(request, entry, outcome));
    }

    private static Fold.EntryAnswer answered(StoredRequest request, StoredRequest.Valid entry, Outcome outcome) {
        Answer answer = new Answer(request.id(), request.mechanism(), entry.name(), outcome, Optional.empty());
        return new Fold.EntryAnswer(answer, settlement(request, entry, Stage.ANSWERED));
    }

    private void refuse(StoredRequest request, String name, Optional<Replicas> target, Refusal refusal) {
        Answer answer = new Answer(request.id(), request.mechanism(), name, Outcome.REFUSED, Optional.of(refusal));
        answers.add(new Fold.EntryAnswer(answer, new Settlement(request.id(), name, target, Stage.ANSWERED)));
    }

    private static Settlement settlement(StoredRequest request, StoredRequest.Valid entry, Stage stage) {
        return new Settlement(request.id(), entry.name(), entry.target(), stage);
    }
}
