package org.reassign.simulation.faults;

import java.util.List;
import java.util.Optional;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.spi.BrokerRequest.StopReplicaRequest;
import org.reassign.api.zk.ZkWrite;
import org.reassign.simulation.AnswerRules;
import org.reassign.simulation.Invariants;
import org.reassign.simulation.StoredState;

/** Invariants that show only where two controllers are alive, or requests are late. */
final class Safety {
    private final Invariants invariants;
    private final AnswerRules answers;
    private Optional<InvariantBroken> broken = Optional.empty();

    Safety(Invariants invariants, StoredState stored) {
        this.invariants = invariants;
        this.answers = new AnswerRules(stored);
    }

    /** What holds of answers that are kept. */
    AnswerRules answers() {
        return answers;
    }

    /** 5: a deposed controller changes nothing in ZooKeeper. */
    void wroteDeposed(String actor, List<ZkWrite> writes) {
        boolean changes = writes.stream().anyMatch(write -> !(write instanceof ZkWrite.Check));
        require(5, !changes, actor + " was deposed, and wrote " + writes);
    }

    /** 3: nobody deletes a replica that leads or is in sync, whoever tells it to, however late. */
    void obeyed(int broker, BrokerRequest request, BrokerReply reply) {
        if (!(request instanceof StopReplicaRequest halt)) {
            return;
        }
        for (StopPartition stop : halt.partitions()) {
            if (stop.delete() && reply.errorOf(stop.partition()) == BrokerReply.NONE) {
                Optional<LeaderAndIsr> state = invariants.state(stop.partition());
                boolean inSync = state.filter(now -> now.isr().contains(broker) || now.leader() == broker)
                        .isPresent();
                require(3, !inSync, "broker " + broker + " has deleted " + stop + ", stored is " + state);
            }
        }
    }

    void stillHolds() {
        answers.stillHold();
        broken.ifPresent(first -> {
            throw first;
        });
    }

    private void require(int invariant, boolean holds, String otherwise) {
        if (!holds) {
            broken = broken.or(() -> Optional.of(new InvariantBroken("invariant " + invariant, otherwise)));
            throw broken.get();
        }
    }
}
