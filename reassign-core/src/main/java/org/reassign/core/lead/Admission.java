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
import org.reassign.core.image.CurrentImage;
import org.reassign.core.ledger.AdmissionView;
import org.reassign.core.ledger.AdmittedEntry;
import org.reassign.core.ledger.Fold;
import org.reassign.core.observe.Observers;
import org.reassign.core.plugin.NamedPlugin;

/** Steps A1 to A4: folds the waiting entries of the channels, after topics and {@code state} are read again. */
final class Admission {
    private final TermContext context;
    private final CurrentImage image;
    private final Agenda agenda;
    private final Observers observers;
    private final Requests requests;
    private final DropProposal drops;
    private final AdmissionWaves waves;
    private final DeadlinedPolicy<Meeting, ConflictPolicy.Resolution> policy;
    private boolean timerSet;

    /** The question to a conflict policy: an entry meets a reassignment in flight. */
    private record Meeting(ReassignmentRecord running, StoredRequest request, Valid entry) {}

    Admission(
            TermContext context,
            CurrentImage image,
            Agenda agenda,
            Observers observers,
            Requests requests,
            DropProposal drops,
            AdmissionWaves waves) {
        this.context = context;
        this.image = image;
        this.agenda = agenda;
        this.observers = observers;
        this.requests = requests;
        this.drops = drops;
        this.waves = waves;
        NamedPlugin<ConflictPolicy> named = context.plugins().conflictPolicy();
        this.policy = new DeadlinedPolicy<>(
                "conflict policy '" + named.name() + "'",
                met -> named.plugin().resolve(met.running(), met.request(), met.entry()),
                new ConflictPolicy.Resolution.Accept(),
                "the later request wins from now on",
                context.listener());
    }

    /** The entries admitted in this turn, by partition; none if nothing has changed. */
    SortedMap<TopicPartition, Admitted> admit() {
        if (requests.refresh()) {
            agenda.fold();
        }
        if (!agenda.takeFold()) {
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
        if (admitted.values().stream().anyMatch(one -> !one.entry().later().isEmpty())) {
            agenda.fold();
        }
        return admitted;
    }

    /**
     * Folds on the image, reads again the topics that the result depends on, and repeats if one of them has changed.
     */
    private Fold.Result foldAsStored() {
        Set<String> read = new TreeSet<>();
        while (true) {
            AdmissionView view =
                    new AdmissionContext(image.get(), observers.topics().beingDeleted());
            Fold.Result result = requests.fold(
                    view,
                    (running, request, entry) -> policy.ask(new Meeting(running, request, entry)),
                    context.settings().coalesce(),
                    () -> waves.room(requests.waiting()));
            Set<String> named = named(result);
            named.removeAll(read);
            agenda.takeFold();
            if (observers.topics().readIfChanged(named)) {
                agenda.fold();
            }
            read.addAll(named);
            if (!agenda.takeFold()) {
                return result;
            }
        }
    }

    /** The topics of the entries that a fold admits or answers; the others go on waiting. */
    private static Set<String> named(Fold.Result result) {
        Set<String> named = new TreeSet<>();
        result.admitted().keySet().forEach(partition -> named.add(partition.topic()));
        result.answers().forEach(answer -> answer.entry().partition().ifPresent(p -> named.add(p.topic())));
        return named;
    }

    /** Watches partitions before their first command is sent; reads {@code state} again of those in flight (D1). */
    private void readStates(SortedMap<TopicPartition, AdmittedEntry> admitted) {
        List<TopicPartition> idle = new ArrayList<>();
        List<TopicPartition> running = new ArrayList<>();
        admitted.keySet()
                .forEach(partition -> (image.get().record(partition).isPresent() ? running : idle).add(partition));
        observers.states().watch(idle);
        observers.states().read(running);
        drops.prepare(running);
    }

    private Optional<Admitted> admit(TopicPartition partition, AdmittedEntry entry) {
        Optional<PartitionState> known = image.get().decidable(partition);
        if (known.isEmpty()) {
            if (requests.waitsForState(entry, context.timers().elapsedMillis())) {
                lookAgain();
            } else {
                agenda.fold(); // an older entry, which this one would have superseded, must be refused as well
            }
            return Optional.empty();
        }
        requests.isReady(entry);
        PartitionState p = known.get();
        Replicas permitted = p.record().isPresent() ? drops.permitted(p, entry) : Replicas.NONE;
        long now = context.timers().nowMillis();
        RecordUpdate update = RecordUpdate.of(p, entry.request(), entry.target(), permitted, now);
        String from = entry.request().id();
        context.listener().step(partition, "A4", "accepted " + entry.target() + " from " + from);
        agenda.decide(partition);
        return Optional.of(new Admitted(entry, update, p.record()));
    }

    private void lookAgain() {
        if (!timerSet) {
            timerSet = true;
            context.timers()
                    .after(
                            context.settings().retryDelay(),
                            () -> context.loop().mark(() -> {
                                timerSet = false;
                                agenda.fold();
                            }));
        }
    }
}
