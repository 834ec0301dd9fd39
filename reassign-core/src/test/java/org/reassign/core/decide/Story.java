package org.reassign.core.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.StoredRequest;
import org.reassign.core.ledger.AdmissionView;
import org.reassign.core.ledger.Fold;
import org.reassign.core.ledger.Ledger;

/** One partition's story: events in, the decisions' effects out, as lines of text. ZooKeeper and brokers do as told. */
final class Story implements AdmissionView {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final ConflictPolicy LATER_WINS =
            (running, request, entry) -> new ConflictPolicy.Resolution.Accept();

    private final Set<Integer> live = new TreeSet<>();
    private final List<String> effects = new ArrayList<>();
    private PartitionState p;
    private Replicas proposal = Replicas.NONE;
    private Replicas owed = Replicas.NONE;
    private int minInSync = 1;
    private int controllerEpoch = 1;
    private int requests;
    private boolean lingers;
    private boolean unclean;
    private String until = "";

    /** Plays one event; returns what came of it. */
    List<String> play(String event) {
        effects.clear();
        String word = event.split(" ")[0];
        String rest = event.substring(word.length()).strip();
        switch (word) {
            case "brokers" -> live.addAll(replicas(rest).ids());
            case "partition" -> begin(replicas(rest));
            case "min.insync.replicas" -> minInSync = Integer.parseInt(rest);
            case "policy" -> proposal = replicas(rest.substring("proposes ".length()));
            case "request" -> request(Optional.of(replicas(rest)));
            case "cancel" -> request(Optional.empty());
            case "isr" -> p = p.observed(isr(replicas(rest)), p.zkVersion() + 1);
            case "answers" ->
                replicas(rest)
                        .ids()
                        .forEach(broker ->
                                p = p.leaderAndIsrAnswered(broker, p.state().leaderEpoch()));
            case "deletes" -> replicas(rest).ids().forEach(broker -> p = p.stopAnswered(broker));
            case "refuses" -> p = p.stopFenced();
            case "silent" -> p = p.stopUnanswered(Integer.parseInt(rest));
            case "dies" -> live.remove(Integer.parseInt(rest));
            case "registers" -> registers(Integer.parseInt(rest));
            case "unclean" -> unclean = rest.equals("on");
            case "lingers" -> lingers = rest.equals("on");
            case "until" -> until = rest;
            case "crash" -> crash();
            default -> throw new IllegalArgumentException("no such event: " + event);
        }
        turns();
        return List.copyOf(effects);
    }

    private void begin(Replicas assigned) {
        LeaderAndIsr state = new LeaderAndIsr(assigned.ids().get(0), 0, 1, assigned, Map.of());
        p = new PartitionState(PARTITION, assigned, Optional.empty(), state, 0, Progress.IDLE);
    }

    private void registers(int broker) {
        live.add(broker);
        p = p.registered(broker);
        if (owed.contains(broker)) {
            effects.add("StopReplica to [" + broker + "], which was owed");
            owed = owed.minus(Replicas.of(broker));
        }
    }

    /** All that is remembered is lost. */
    private void crash() {
        until = "";
        controllerEpoch++;
        p = p.recovered();
        effects.add("controller epoch " + controllerEpoch);
    }

    /** The controller ends once record, or record and AR, of this are written. */
    private void cut(RecordUpdate acceptance) {
        boolean grown = until.equals("AR");
        effects.add(grown ? "record and AR are written, no more" : "the record is written, no more");
        p = p.persisted(grown ? acceptance.assigned() : p.assigned(), acceptance.record(), Progress.IDLE);
    }

    private LeaderAndIsr isr(Replicas isr) {
        LeaderAndIsr now = p.state();
        return new LeaderAndIsr(now.leader(), now.leaderEpoch(), now.controllerEpoch(), isr, now.unknown());
    }

    private void request(Optional<Replicas> target) {
        String id = "request_" + requests++;
        StoredRequest request = StoredRequest.of(
                "/admin/reassignment_requests/" + id,
                Mechanism.REQUEST,
                requests,
                List.of(new StoredRequest.Valid(PARTITION, target)));
        Ledger ledger = new Ledger(0);
        ledger.observe("payload", Set.of(), request.path(), List.of(request));
        Fold.Result admission = Fold.of(ledger, this, LATER_WINS, true, InFlightBudget::unlimited);
        admission
                .answers()
                .forEach(answered -> effects.add("A4 " + answered.outcome()
                        + answered.refusal().map(r -> ": " + r.sentence()).orElse("")));
        admission.admitted().values().forEach(entry -> {
            Replicas permitted = p.record()
                    .flatMap(record -> DropQuestion.question(
                            p, entry.target(), entry.later(), everybodyLive(), new TreeMap<>(), minInSync))
                    .map(question -> Guard.dispose(proposal, question))
                    .orElse(Replicas.NONE);
            effects.add("A4 accepted " + entry.target());
            RecordUpdate acceptance = RecordUpdate.of(p, request, entry.target(), permitted, 0);
            if (until.isEmpty()) {
                turn(Optional.of(acceptance));
            } else {
                cut(acceptance);
            }
        });
    }

    /** Turns until nothing more is due. */
    private void turns() {
        PartitionState before = null;
        while (p != null && until.isEmpty() && !p.equals(before)) {
            before = p;
            turn(Optional.empty());
        }
    }

    private void turn(Optional<RecordUpdate> accepted) {
        DecisionInput view = new DecisionInput(
                everybodyLive(), minInSync, unclean, accepted.isEmpty() && !lingers, true, false, controllerEpoch);
        PartitionDecision turn = PartitionDecision.of(p, accepted, view);
        turn.update().ifPresent(acceptance -> wrote(acceptance, p.record()));
        turn.state().ifPresent(this::wrote);
        turn.completion().ifPresent(completion -> {
            owed(completion.owed());
            effects.add("S4 AR " + turn.after().assigned() + ", record deleted");
        });
        p = turn.after();
        DueCommands duties = DueCommands.of(p, everybodyLive());
        tell(duties);
        p = p.told();
    }

    private void wrote(RecordUpdate acceptance, Optional<ReassignmentRecord> before) {
        owed(acceptance.owed());
        owed = owed.minus(acceptance.assigned());
        String record = acceptance
                .record()
                .map(r -> ", record " + r.target() + " from " + r.original()
                        + (r.dropping().isEmpty() ? "" : " dropping " + r.dropping()))
                .orElse("");
        effects.add((before.isPresent() ? "D2" : "G1") + " AR " + acceptance.assigned() + record);
    }

    private void wrote(StateDecision decision) {
        LeaderAndIsr now = decision.content();
        effects.add(decision.label() + " leader " + now.leader() + ", ISR " + now.isr() + ", epoch "
                + now.leaderEpoch()
                + (decision.dropped().isEmpty() ? "" : ", dropped " + decision.dropped())
                + (decision.cut().isEmpty() ? "" : ", given back " + decision.cut()));
    }

    private void owed(Replicas brokers) {
        owed = owed.append(brokers);
        if (!brokers.isEmpty()) {
            effects.add("owed by " + brokers);
        }
    }

    private void tell(DueCommands duties) {
        Replicas known = duties.tell().minus(duties.fresh());
        Replicas fresh = duties.fresh();
        if (!duties.tell().isEmpty()) {
            effects.add("LeaderAndIsr to " + known + (fresh.isEmpty() ? "" : ", as new to " + fresh));
        }
        if (!duties.stop().isEmpty()) {
            effects.add("StopReplica to " + duties.stop());
        }
    }

    private Replicas everybodyLive() {
        return Replicas.copyOf(live);
    }

    private static Replicas replicas(String text) {
        List<Integer> ids = new ArrayList<>();
        for (String id : text.replaceAll("[\\[\\] ]", "").split(",")) {
            if (!id.isEmpty()) {
                ids.add(Integer.valueOf(id));
            }
        }
        return new Replicas(ids);
    }

    @Override
    public boolean exists(String topic) {
        return true;
    }

    @Override
    public boolean unreadable(String topic) {
        return false;
    }

    @Override
    public boolean beingDeleted(String topic) {
        return false;
    }

    @Override
    public Optional<Replicas> assigned(TopicPartition partition) {
        return Optional.of(p.assigned());
    }

    @Override
    public Optional<ReassignmentRecord> record(TopicPartition partition) {
        return p.record();
    }

    @Override
    public boolean registered(int broker) {
        return live.contains(broker);
    }
}
