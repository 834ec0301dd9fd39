package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.spi.StoredRequest.Valid;
import org.reassign.core.decide.AdmittedEntry;
import org.reassign.core.decide.Fold;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.decide.RecordUpdate;

/** Steps A1 to A4: what waits in the channels is folded, on topics and {@code state} read afresh. */
final class Admission {
    private final TermContext mandate;
    private final ClusterState cluster;
    private final TopicObserver topics;
    private final StateTracker tracking;
    private final Requests requests;
    private final Answers answers;
    private final MinInSync minInSync;
    private final DropProposal drops;
    private final AdmissionWaves waves;
    private boolean policyNamed;
    private boolean timerSet;

    Admission(
            TermContext mandate,
            ClusterState cluster,
            TopicObserver topics,
            StateTracker tracking,
            Requests requests,
            Answers answers,
            MinInSync minInSync,
            DropProposal drops,
            AdmissionWaves waves) {
        this.mandate = mandate;
        this.cluster = cluster;
        this.topics = topics;
        this.tracking = tracking;
        this.requests = requests;
        this.answers = answers;
        this.minInSync = minInSync;
        this.drops = drops;
        this.waves = waves;
    }

    /**
     * An entry that was accepted in this turn.
     *
     * @param entry the entry
     * @param acceptance what it makes of record and AR
     * @param before the record that it takes the place of
     */
    record Taken(AdmittedEntry entry, RecordUpdate acceptance, Optional<ReassignmentRecord> before) {
        private boolean comesInFlight() {
            return before.isEmpty() && acceptance.record().isPresent();
        }
    }

    /** The entries accepted in this turn, by partition; none where nothing has changed. */
    SortedMap<TopicPartition, Taken> admit() {
        cluster.foldDue |= requests.refresh();
        if (!cluster.foldDue) {
            return new TreeMap<>();
        }
        cluster.foldDue = false;
        List<StoredRequest> stored = requests.stored();
        topics.refresh(named(stored));
        cluster.foldDue = false; // what was read again just now is folded just now
        boolean coalesce = mandate.settings().coalesce();
        Fold.Result admission =
                Fold.of(stored, requests::isSettled, cluster, this::resolve, coalesce, () -> waves.room(stored));
        admission.answers().forEach(answers::answered);
        admission.recorded().forEach(answers::replayed);
        readStates(admission.accepted());
        SortedMap<TopicPartition, Taken> taken = new TreeMap<>();
        admission
                .accepted()
                .forEach((partition, entry) -> accept(partition, entry).ifPresent(one -> taken.put(partition, one)));
        long coming = taken.values().stream().filter(Taken::comesInFlight).count();
        waves.folded(admission.waits(), coming);
        if (admission.held()) {
            lookAgain();
        }
        cluster.foldDue |=
                taken.values().stream().anyMatch(one -> !one.entry().later().isEmpty());
        return taken;
    }

    /** A conflict policy that throws or answers null is named once, and the later request wins, as by default. */
    private ConflictPolicy.Resolution resolve(ReassignmentRecord running, StoredRequest request, Valid entry) {
        String fault = "answered null";
        try {
            ConflictPolicy.Resolution resolution =
                    mandate.plugins().conflictPolicy().plugin().resolve(running, request, entry);
            if (resolution != null) {
                return resolution;
            }
        } catch (RuntimeException | LinkageError e) {
            fault = "threw " + e;
        }
        if (!policyNamed) {
            policyNamed = true;
            String name = mandate.plugins().conflictPolicy().name();
            mandate.listener()
                    .warning("conflict policy '" + name + "' " + fault
                            + "; where it does, the later request wins, mend the policy and restart the controller");
        }
        return new ConflictPolicy.Resolution.Accept();
    }

    /** What comes in flight is watched before brokers hear of it; of what is, {@code state} is read again (D1). */
    private void readStates(SortedMap<TopicPartition, AdmittedEntry> accepted) {
        List<TopicPartition> idle = new ArrayList<>();
        accepted.keySet().forEach(partition -> {
            if (cluster.record(partition).isPresent()) {
                cluster.unread.add(partition);
            } else {
                idle.add(partition);
            }
        });
        tracking.watch(idle, p -> p);
        tracking.readAfresh();
        minInSync.read(accepted.keySet().stream()
                .filter(partition -> cluster.partition(partition)
                        .flatMap(PartitionState::record)
                        .isPresent())
                .map(TopicPartition::topic)
                .toList());
    }

    private Optional<Taken> accept(TopicPartition partition, AdmittedEntry entry) {
        Optional<PartitionState> known = cluster.partition(partition);
        if (known.isEmpty()) {
            lookAgain(); // its state is not written yet: whoever makes the topic has not finished
            return Optional.empty();
        }
        PartitionState p = known.get();
        Replicas permitted = p.record().isPresent() ? drops.permitted(p, entry) : Replicas.NONE;
        long now = mandate.timers().nowMillis();
        RecordUpdate acceptance = RecordUpdate.of(p, entry.request(), entry.target(), permitted, now);
        String from = entry.request().id();
        mandate.listener().step(partition, "A4", "accepted " + entry.target() + " from " + from);
        cluster.dirty.add(partition);
        return Optional.of(new Taken(entry, acceptance, p.record()));
    }

    private void lookAgain() {
        if (!timerSet) {
            timerSet = true;
            mandate.timers()
                    .after(
                            mandate.settings().retryDelay(),
                            () -> mandate.loop().mark(() -> {
                                timerSet = false;
                                cluster.foldDue = true;
                            }));
        }
    }

    private Set<String> named(List<StoredRequest> stored) {
        Set<String> named = new TreeSet<>();
        stored.forEach(request -> request.entries().stream()
                .filter(entry -> !requests.isSettled(request, entry))
                .filter(Valid.class::isInstance)
                .forEach(entry -> named.add(((Valid) entry).partition().topic())));
        return named;
    }
}
