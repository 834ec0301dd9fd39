package org.reassign.core.lead;

import java.util.Optional;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.core.decide.DueCommands;
import org.reassign.core.decide.PartitionDecision;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.decide.RecordUpdate;
import org.reassign.core.decide.StateDecision;

/** What follows once a partition's writes are done: it is remembered and told of, brokers hear, requests are answered. */
final class CommittedEffects {
    private final ClusterState cluster;
    private final StateTracker tracking;
    private final BrokerQueues lines;
    private final Requests requests;
    private final ControllerListener listener;

    CommittedEffects(
            TermContext mandate, ClusterState cluster, StateTracker tracking, BrokerQueues lines, Requests requests) {
        this.cluster = cluster;
        this.tracking = tracking;
        this.lines = lines;
        this.requests = requests;
        this.listener = mandate.listener();
    }

    /** All that was decided is written. */
    void written(TopicPartition partition, PartitionDecision turn, Optional<Admitted> taken) {
        cluster.put(turn.after());
        recorded(partition, turn, taken);
        turn.state().ifPresent(decision -> stated(partition, turn, decision));
        tell(partition, turn);
        turn.completion().ifPresent(completion -> {
            listener.step(partition, "S4", "assigned " + turn.after().assigned());
            turn.persisted().record().ifPresent(record -> requests.finished(record, Outcome.COMPLETED));
        });
        if (turn.after().record().isEmpty()) {
            tracking.forget(partition);
        }
    }

    /** Record and AR are written, {@code state} is not: it is read and decided again. */
    void recordedOnly(TopicPartition partition, PartitionDecision turn, Optional<Admitted> taken) {
        cluster.put(turn.persisted());
        cluster.unread.add(partition);
        cluster.dirty.add(partition);
        recorded(partition, turn, taken);
    }

    private void recorded(TopicPartition partition, PartitionDecision turn, Optional<Admitted> taken) {
        if (taken.isEmpty() || turn.acceptance().isEmpty()) {
            return;
        }
        RecordUpdate acceptance = turn.acceptance().get();
        if (acceptance.record().isEmpty()) {
            requests.reordered(taken.get().entry());
            return;
        }
        String label = taken.get().before().isPresent() ? "D2" : "G1";
        Replicas target = acceptance.record().get().target();
        listener.step(partition, label, "target " + target + ", assigned " + acceptance.assigned());
        requests.recorded(taken.get().entry(), taken.get().before());
        cluster.dirty.add(partition); // the target may be in sync already
    }

    private void stated(TopicPartition partition, PartitionDecision turn, StateDecision decision) {
        LeaderAndIsr before = turn.persisted().state();
        LeaderAndIsr now = decision.content();
        listener.step(
                partition,
                decision.label(),
                "leader " + now.leader() + ", isr " + now.isr() + ", epoch " + now.leaderEpoch());
        decision.dropped()
                .ids()
                .forEach(broker ->
                        listener.dropped(partition, broker, before.isr().contains(broker), before.leader() == broker));
        if (before.leader() != now.leader()) {
            listener.leaderMoved(partition, before.leader(), now.leader());
        }
    }

    /** G3, S2, S3, S5, D4: what is due now, UpdateMetadata first. */
    private void tell(TopicPartition partition, PartitionDecision turn) {
        PartitionState p = turn.after();
        DueCommands duties = DueCommands.of(p, cluster.liveFor(p));
        if (turn.state().isPresent()
                || turn.acceptance().isPresent()
                || turn.completion().isPresent()) {
            lines.metadata(told(p, p.assigned(), false));
        }
        duties.tell()
                .ids()
                .forEach(broker -> lines.leaderAndIsr(
                        broker, told(p, p.audience(), !p.state().isr().contains(broker))));
        duties.stop()
                .ids()
                .forEach(broker -> lines.stop(
                        broker, new StopPartition(partition, p.state().leaderEpoch(), true)));
        cluster.put(p.told());
    }

    private static BrokerRequest.PartitionState told(PartitionState p, Replicas replicas, boolean isNew) {
        return new BrokerRequest.PartitionState(p.partition(), p.state(), p.zkVersion(), replicas, isNew);
    }
}
