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
import org.reassign.api.model.InFlight;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.ConflictPolicy.Resolution;
import org.reassign.api.spi.Incoming;
import org.reassign.api.spi.Incoming.Faulty;
import org.reassign.api.spi.Incoming.Wanted;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.Settlement.Stage;

/**
 * Steps A1 to A4: all waiting entries of all channels in the order of their zxids. Only the last survivor for a
 * partition is accepted; those before it are superseded, or cancelled where it is a cancel. Refused entries supersede
 * nothing. Where requests are not coalesced, the first is accepted and those behind it wait for the next fold. What
 * finds no room waits, too, with all that it would supersede.
 */
public final class Fold {
    private static final Comparator<Incoming> ORDER =
            Comparator.comparingLong(Incoming::zxid).thenComparing(Incoming::id);

    private final Cluster cluster;
    private final ConflictPolicy policy;
    private final SortedMap<TopicPartition, Accepted> accepted = new TreeMap<>();
    private final List<Answered> answers = new ArrayList<>();
    private final List<Settlement> recorded = new ArrayList<>();
    private final Set<String> blocked = new HashSet<>();
    /** What becomes of others once the accepted one is written. */
    private final Map<TopicPartition, List<Answered>> overtaken = new HashMap<>();

    private final boolean coalesce;
    private boolean waits;
    private boolean held;

    private Fold(Cluster cluster, ConflictPolicy policy, boolean coalesce) {
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
    public record Answered(Answer answer, Settlement settlement) {}

    /**
     * What came of it.
     *
     * @param accepted partition to the entry it is to follow, not yet written
     * @param answers entries that are answered without a write
     * @param recorded entries whose record stands already: replays after a crash
     * @param waits whether some entries have found no room
     * @param held whether some entries wait until an older one of their partition, which is settled, is gone
     */
    public record Admission(
            SortedMap<TopicPartition, Accepted> accepted,
            List<Answered> answers,
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
    public static Admission of(
            List<Incoming> stored,
            BiPredicate<Incoming, Incoming.Entry> settled,
            Cluster cluster,
            ConflictPolicy policy,
            boolean coalesce,
            Supplier<Room> room) {
        Fold fold = new Fold(cluster, policy, coalesce);
        stored.stream().sorted(ORDER).forEach(request -> fold.request(request, settled));
        fold.leaveOutWhatFindsNo(room);
        return new Admission(fold.accepted, fold.answers, fold.recorded, fold.waits, fold.held);
    }

    /** Those that came first are taken first; what is in flight already and what only changes its order need no room. */
    private void leaveOutWhatFindsNo(Supplier<Room> room) {
        List<Accepted> coming = accepted.values().stream()
                .filter(one -> comesInFlight(one.entry().partition(), one.target()))
                .sorted(Comparator.comparing(Accepted::request, ORDER))
                .toList();
        Room left = coming.isEmpty() ? Room.unlimited() : room.get();
        for (Accepted one : coming) {
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

    private void request(Incoming request, BiPredicate<Incoming, Incoming.Entry> settled) {
        if (request.refusal().isPresent()) {
            Faulty whole = new Faulty(request.id(), request.refusal().get());
            if (!settled.test(request, whole)) {
                refuse(request, whole.name(), Optional.empty(), whole.refusal());
            }
            return;
        }
        if (request.entries().isEmpty()) {
            recorded.add(new Settlement(request.id(), request.id(), Optional.empty(), Stage.ANSWERED));
        }
        for (Incoming.Entry entry : request.entries()) {
            if (isOfUnreadable(entry)) {
                // neither taken nor refused: what it is about is there, and nobody can tell how it stands
            } else if (entry instanceof Faulty faulty && follows(request, faulty)) {
                recorded.add(new Settlement(request.id(), faulty.name(), Optional.empty(), Stage.ANSWERED));
                blocked.add(faulty.name());
            } else if (settled.test(request, entry)) {
                if (request.mechanism() == Mechanism.REQUEST && (entry instanceof Wanted || isOverwritten(entry))) {
                    blocked.add(entry.name());
                }
            } else if (entry instanceof Faulty faulty) {
                refuse(request, faulty.name(), Optional.empty(), faulty.refusal());
            } else if (entry instanceof Wanted wanted && blocked.contains(wanted.name())) {
                held = true;
            } else if (entry instanceof Wanted wanted) {
                wanted(request, wanted);
            }
        }
    }

    private boolean isOfUnreadable(Incoming.Entry entry) {
        return (entry instanceof Wanted || isOverwritten(entry))
                && TopicPartition.parse(entry.name())
                        .filter(partition -> cluster.unreadable(partition.topic()))
                        .isPresent();
    }

    /**
     * A request's value is gone because the record follows it: that is no fault, only seen again after a crash. What came
     * after it waits until it is gone, or it could not be told from one that nobody has read.
     */
    private boolean follows(Incoming request, Faulty faulty) {
        return isOverwritten(faulty)
                && TopicPartition.parse(faulty.name())
                        .flatMap(cluster::record)
                        .filter(record -> record.request().equals(request.id()))
                        .isPresent();
    }

    private static boolean isOverwritten(Incoming.Entry entry) {
        return entry instanceof Faulty faulty && faulty.refusal().code() == Refusal.Code.OVERWRITTEN;
    }

    private void wanted(Incoming request, Wanted entry) {
        Optional<Refusal> unknown = Validation.place(cluster, request, entry.partition());
        if (unknown.isPresent()) {
            refuse(request, entry.name(), entry.target(), unknown.get());
            return;
        }
        Optional<InFlight> record = cluster.record(entry.partition());
        Optional<Accepted> waiting = Optional.ofNullable(accepted.get(entry.partition()));
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
        Replicas original = record.map(InFlight::original).orElse(assigned);
        Accepted candidate = new Accepted(request, entry, entry.target().orElse(original));
        if (waiting.isPresent() && !coalesce) {
            accepted.put(entry.partition(), waiting.get().before(candidate.target()));
            return;
        }
        Optional<InFlight> running = waiting.map(w -> asRecord(w, original)).or(() -> record);
        if (running.isEmpty() || mayChange(running.get(), candidate)) {
            accept(candidate, waiting, record.isPresent(), assigned);
        }
    }

    /** The entry that the record follows: seen again after a crash, or still standing in the legacy znode. */
    private static boolean replays(InFlight record, Incoming request, Wanted entry) {
        return record.request().equals(request.id())
                && record.mechanism() == request.mechanism()
                && record.target().equals(entry.target().orElse(record.original()));
    }

    /** Our own rewrites give the legacy znode a new zxid, so only a request's zxid says that it is the older one. */
    private static boolean outdated(InFlight record, Incoming request) {
        return request.mechanism() == Mechanism.REQUEST && request.zxid() < record.zxid();
    }

    private boolean mayChange(InFlight running, Accepted candidate) {
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
            Answered outdated = answered(candidate.request(), candidate.entry(), Outcome.SUPERSEDED);
            TopicPartition partition = candidate.entry().partition();
            (accepted.containsKey(partition) ? overtaken(partition) : answers).add(outdated);
            return false;
        }
        return true;
    }

    private void accept(Accepted candidate, Optional<Accepted> waiting, boolean inFlight, Replicas assigned) {
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

    private List<Answered> overtaken(TopicPartition partition) {
        return overtaken.computeIfAbsent(partition, p -> new ArrayList<>());
    }

    private static InFlight asRecord(Accepted waiting, Replicas original) {
        Incoming by = waiting.request();
        return new InFlight(
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

    private void answer(Incoming request, Wanted entry, Outcome outcome) {
        answers.add(answered(request, entry, outcome));
    }

    private static Answered answered(Incoming request, Wanted entry, Outcome outcome) {
        Answer answer = new Answer(request.id(), request.mechanism(), entry.name(), outcome, Optional.empty());
        return new Answered(answer, settlement(request, entry, Stage.ANSWERED));
    }

    private void refuse(Incoming request, String name, Optional<Replicas> target, Refusal refusal) {
        Answer answer = new Answer(request.id(), request.mechanism(), name, Outcome.REFUSED, Optional.of(refusal));
        answers.add(new Answered(answer, new Settlement(request.id(), name, target, Stage.ANSWERED)));
    }

    private static Settlement settlement(Incoming request, Wanted entry, Stage stage) {
        return new Settlement(request.id(), entry.name(), entry.target(), stage);
    }
}
