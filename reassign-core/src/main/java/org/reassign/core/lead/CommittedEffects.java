package org.reassign.core.lead;

import java.util.Optional;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.core.command.BrokerQueues;
import org.reassign.core.decide.DueCommands;
import org.reassign.core.decide.PartitionDecision;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.decide.RecordUpdate;
import org.reassign.core.decide.StateDecision;
import org.reassign.core.image.CurrentImage;

/** The effects of a partition's writes once they are done: steps are reported, commands queued, requests answered. */
final class CommittedEffects {
    private final CurrentImage image;
    private final Agenda agenda;
    private final BrokerQueues queues;
    private final Requests requests;
    private final ControllerListener listener;
    private final boolean wholeCluster;

    CommittedEffects(TermContext context, CurrentImage image, Agenda agenda, BrokerQueues queues, Requests requests) {
        this.image = image;
        this.agenda = agenda;
        this.queues = queues;
        this.requests = requests;
        this.listener = context.listener();
        this.wholeCluster = context.wholeCluster();
    }

    /** The whole decision is written. */
    void written(TopicPartition partition, PartitionDecision decision, Optional<Admitted> admitted) {
        recorded(partition, decision, admitted);
        decision.state().ifPresent(state -> stated(partition, decision, state));
        tell(partition, decision);
        decision.completion().ifPresent(completion -> {
            listener.step(partition, "S4", "assigned " + decision.after().assigned());
            decision.persisted().record().ifPresent(record -> requests.completed(record));
        });
    }

    /** Record and AR are written; {@code state} perhaps not. */
    void recorded(TopicPartition partition, PartitionDecision decision, Optional<Admitted> admitted) {
        if (decision.update().isEmpty()) {
            return;
        }
        agenda.decide(partition); // the target may be in sync already
        if (admitted.isEmpty()) {
            return;
        }
        RecordUpdate update = decision.update().get();
        if (update.record().isEmpty()) {
            requests.reordered(admitted.get().entry());
            return;
        }
        String label = admitted.get().before().isPresent() ? "D2" : "G1";
        Replicas target = update.record().get().target();
        listener.step(partition, label, "target " + target + ", assigned " + update.assigned());
        requests.recorded(admitted.get().entry(), admitted.get().before());
    }

    private void stated(TopicPartition partition, PartitionDecision decision, StateDecision state) {
        LeaderAndIsr before = decision.persisted().state();
        LeaderAndIsr now = state.content();
        listener.step(
                partition,
                state.label(),
                "leader " + now.leader() + ", isr " + now.isr() + ", epoch " + now.leaderEpoch());
        state.dropped()
                .ids()
                .forEach(broker ->
                        listener.dropped(partition, broker, before.isr().contains(broker), before.leader() == broker));
        if (!before.isr().containsAll(now.isr())) {
            listener.warning(partition + " is led by " + now.leader() + ", which was not in its ISR " + before.isr()
                    + ", since unclean.leader.election.enable is true; records may be lost");
        }
        if (before.leader() != now.leader()) {
            listener.leaderMoved(partition, before.leader(), now.leader());
        }
    }

    /** G3, S2, S3, S5, D4: queues the commands that are due, UpdateMetadata first. */
    private void tell(TopicPartition partition, PartitionDecision decision) {
        PartitionState p = decision.after();
        Replicas live = image.get().liveFor(p);
        DueCommands due = DueCommands.of(p, live);
        boolean written = decision.state().isPresent()
                || decision.update().isPresent()
                || decision.completion().isPresent();
        if (written || !due.tell().isEmpty()) {
            queues.metadata(p.toBrokers(p.assigned(), live, false));
        } else if (wholeCluster) {
            queues.metadataIfNews(p.toBrokers(p.assigned(), live, false));
        }
        due.tell()
                .ids()
                .forEach(broker -> queues.leaderAndIsr(
                        broker, p.toBrokers(p.audience(), live, due.fresh().contains(broker))));
        due.stop()
                .ids()
                .forEach(broker -> queues.stop(
                        broker, new StopPartition(partition, p.state().leaderEpoch(), true)));
    }
}
