package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.spi.StoredRequest.Valid;
import org.reassign.core.decide.AdmissionView;
import org.reassign.core.decide.AdmittedEntry;
import org.reassign.core.decide.Fold;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.decide.RecordUpdate;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.observe.Observers;

/** Steps A1 to A4: what waits in the channels is folded, on topics and {@code state} read afresh. */
final class Admission {
    private final TermContext mandate;
    private final CurrentImage image;
    private final Agenda agenda;
    private final Observers observers;
    private final Requests requests;
    private final Answers answers;
    private final Retargeting retargeting;
    private final AdmissionWaves waves;
    private final DeadlinedPolicy<Meeting, ConflictPolicy.Resolution> policy;
    private boolean timerSet;

    Admission(
            TermContext mandate,
            CurrentImage image,
            Agenda agenda,
            Observers observers,
            Requests requests,
            Answers answers,
            Retargeting retargeting,
            AdmissionWaves waves) {
        this.mandate = mandate;
        this.image = image;
        this.agenda = agenda;
        this.observers = observers;
        this.requests = requests;
        this.answers = answers;
        this.retargeting = retargeting;
        this.waves = waves;
        NamedPlugin<ConflictPolicy> named = mandate.plugins().conflictPolicy();
        this.policy = new DeadlinedPolicy<>(
                "conflict policy '" + named.name() + "'",
                met -> named.plugin().resolve(met.running(), met.request(), met.entry()),
                new ConflictPolicy.Resolution.Accept(),
                "the later request wins from now on",
                mandate.listener());
    }

    /** What a conflict policy is asked about: an entry meets a reassignment in flight. */
    private record Meeting(ReassignmentRecord running, StoredRequest request, Valid entry) {}

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
        if (requests.refresh()) {
            agenda.fold();
        }
        if (!agenda.takeFold()) {
            return new TreeMap<>();
        }
        List<StoredRequest> stored = requests.stored();
        SortedSet<String> named = named(stored);
        observers.topics().readIfChanged(named);
        agenda.takeFold(); // what was read again just now is folded just now
        AdmissionView cluster =
                new AdmissionContext(image.get(), observers.topics().beingDeleted(named));
        boolean coalesce = mandate.settings().coalesce();
        ConflictPolicy asked = (running, request, entry) -> policy.ask(new Meeting(running, request, entry));
        Fold.Result admission =
                Fold.of(stored, requests::isSettled, cluster, asked, coalesce, () -> waves.room(stored));
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
        if (taken.values().stream().anyMatch(one -> !one.entry().later().isEmpty())) {
            agenda.fold();
        }
        return taken;
    }

    /** What comes in flight is watched before brokers hear of it; of what is, {@code state} is read again (D1). */
    private void readStates(SortedMap<TopicPartition, AdmittedEntry> accepted) {
        List<TopicPartition> idle = new ArrayList<>();
        List<TopicPartition> running = new ArrayList<>();
        accepted.keySet()
                .forEach(partition -> (image.get().record(partition).isPresent() ? running : idle).add(partition));
        observers.states().watch(idle);
        observers.states().read(running);
    }

    private Optional<Taken> accept(TopicPartition partition, AdmittedEntry entry) {
        Optional<PartitionState> known = image.get().decidable(partition);
        if (known.isEmpty()) {
            lookAgain(); // its state is not written yet: whoever makes the topic has not finished
            return Optional.empty();
        }
        PartitionState p = known.get();
        Replicas permitted = p.record().isPresent() ? retargeting.permitted(p, entry) : Replicas.NONE;
        long now = mandate.timers().nowMillis();
        RecordUpdate acceptance = RecordUpdate.of(p, entry.request(), entry.target(), permitted, now);
        String from = entry.request().id();
        mandate.listener().step(partition, "A4", "accepted " + entry.target() + " from " + from);
        agenda.decide(partition);
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
                                agenda.fold();
                            }));
        }
    }

    private SortedSet<String> named(List<StoredRequest> stored) {
        SortedSet<String> named = new TreeSet<>();
        stored.forEach(request -> request.entries().stream()
                .filter(entry -> !requests.isSettled(request, entry))
                .filter(Valid.class::isInstance)
                .forEach(entry -> named.add(((Valid) entry).partition().topic())));
        return named;
    }
}
