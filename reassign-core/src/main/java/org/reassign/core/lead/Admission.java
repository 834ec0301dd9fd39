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
import org.reassign.core.decide.PartitionState;
import org.reassign.core.decide.RecordUpdate;
import org.reassign.core.ledger.AdmittedEntry;
import org.reassign.core.ledger.Fold;

/** Steps A1 to A4: what waits in the channels is folded, on topics and {@code state} read afresh. */
final class Admission {
    private final TermContext mandate;
    private final ClusterState cluster;
    private final TopicObserver topics;
    private final StateTracker tracking;
    private final Requests requests;
    private final Retargeting retargeting;
    private final AdmissionWaves waves;
    private boolean policyNamed;
    private boolean timerSet;

    Admission(
            TermContext mandate,
            ClusterState cluster,
            TopicObserver topics,
            StateTracker tracking,
            Requests requests,
            Retargeting retargeting,
            AdmissionWaves waves) {
        this.mandate = mandate;
        this.cluster = cluster;
        this.topics = topics;
        this.tracking = tracking;
        this.requests = requests;
        this.retargeting = retargeting;
        this.waves = waves;
    }

    /** The entries admitted in this turn, by partition; none where nothing has changed. */
    SortedMap<TopicPartition, Admitted> admit() {
        cluster.foldDue |= requests.refresh();
        if (!cluster.foldDue) {
            return new TreeMap<>();
        }
        Fold.Result result = foldAsStored();
        requests.folded(result);
        readStates(result.admitted());
        SortedMap<TopicPartition, Admitted> admitted = new TreeMap<>();
        result.admitted()
                .forEach((partition, entry) -> admit(partition, entry).ifPresent(one -> admitted.put(partition, one)));
        long coming = admitted.values().stream().filter(Admitted::comesInFlight).count();
        waves.folded(result.waits(), coming);
        if (result.holds()) {
            lookAgain();
        }
        cluster.foldDue |=
                admitted.values().stream().anyMatch(one -> !one.entry().later().isEmpty());
        return admitted;
    }

    /** Folds on what is known, reads what the outcome rests on, and folds again where that is not as it was known. */
    private Fold.Result foldAsStored() {
        Set<String> read = new TreeSet<>();
        while (true) {
            Fold.Result result = requests.fold(
                    cluster, this::resolve, mandate.settings().coalesce(), () -> waves.room(requests.waiting()));
            Set<String> named = named(result);
            named.removeAll(read);
            cluster.foldDue = false;
            topics.refresh(named);
            read.addAll(named);
            boolean asKnown = !cluster.foldDue;
            cluster.foldDue = false;
            if (asKnown) {
                return result;
            }
        }
    }

    /** The topics of what a fold admits or answers: nothing is decided on what else waits. */
    private static Set<String> named(Fold.Result result) {
        Set<String> named = new TreeSet<>();
        result.admitted().keySet().forEach(partition -> named.add(partition.topic()));
        result.answers().forEach(answer -> answer.entry().partition().ifPresent(p -> named.add(p.topic())));
        return named;
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
    }

    private Optional<Admitted> admit(TopicPartition partition, AdmittedEntry entry) {
        Optional<PartitionState> known = cluster.partition(partition);
        long now = mandate.timers().nowMillis();
        if (known.isEmpty()) {
            if (cluster.record(partition).isEmpty()) {
                tracking.forget(partition); // so that its state is read again with the next fold
            }
            if (requests.waitsForState(entry, now)) {
                lookAgain();
            } else {
                cluster.foldDue = true; // an older one, which it would have superseded, is to be refused as well
            }
            return Optional.empty();
        }
        requests.isReady(entry);
        PartitionState p = known.get();
        Replicas permitted = p.record().isPresent() ? retargeting.permitted(p, entry) : Replicas.NONE;
        RecordUpdate update = RecordUpdate.of(p, entry.request(), entry.target(), permitted, now);
        String from = entry.request().id();
        mandate.listener().step(partition, "A4", "accepted " + entry.target() + " from " + from);
        cluster.dirty.add(partition);
        return Optional.of(new Admitted(entry, update, p.record()));
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
}
