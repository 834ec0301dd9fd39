package org.reassign.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.LeaderAndIsrRequest;
import org.reassign.api.spi.BrokerRequest.StopPartition;

/** What must hold of a command when it is sent, beside what is stored then and no outsider has written over. */
final class Commands {
    private final OutsideWrites stored;
    private final Requirement requirement;
    /** Partition to the newest leader epoch at which its leader has answered, and so leads. */
    private final Map<TopicPartition, Integer> led = new HashMap<>();

    Commands(OutsideWrites stored, Requirement requirement) {
        this.stored = stored;
        this.requirement = requirement;
    }

    /** 1: growing writes first and tells brokers after. */
    void told(int broker, BrokerRequest.PartitionState role) {
        Optional<LeaderAndIsr> state = stored.state(role.partition());
        if (state.isEmpty()) {
            return;
        }
        Supplier<String> where = () -> broker + " is told " + role + ", stored is " + state.get();
        requirement.require(
                1,
                role.state().leaderEpoch() <= stored.newestEpoch(role.partition()),
                () -> "told before it was written: " + where.get());
        boolean current = role.state().leaderEpoch() == state.get().leaderEpoch();
        boolean assigned = stored.isReplica(role.partition(), broker);
        requirement.require(
                1,
                !current || assigned,
                () -> "told outside AR " + stored.assigned(role.partition()) + ": " + where.get());
    }

    /** A leader leads once it has answered. */
    void answered(int broker, BrokerRequest request, BrokerReply reply) {
        if (request instanceof LeaderAndIsrRequest roles) {
            for (BrokerRequest.PartitionState role : roles.partitions()) {
                int error = reply.errorOf(role.partition());
                if (error == BrokerReply.NONE || error == BrokerReply.STALE_CONTROLLER_EPOCH) {
                    leads(broker, role);
                }
            }
        }
    }

    /**
     * 3: no leader's replica is stopped, nor one in sync, nor one that the newest target wants. What a deposed controller sends of
     * a partition whose epoch its successor has raised since is refused by every broker.
     */
    void stopped(int broker, int controllerEpoch, StopPartition stop) {
        Optional<LeaderAndIsr> state = stored.state(stop.partition());
        if (state.isEmpty() || isFenced(controllerEpoch, stop, state.get())) {
            return;
        }
        Supplier<String> where = () -> broker + " is told " + stop + ", stored is " + state.get();
        requirement.require(3, state.get().leader() != broker, () -> "the leader is stopped: " + where.get());
        requirement.require(3, !state.get().isr().contains(broker), () -> "one in sync is stopped: " + where.get());
        Replicas wanted = stored.record(stop.partition())
                .map(ReassignmentRecord::target)
                .or(() -> stored.assigned(stop.partition()))
                .orElse(Replicas.NONE);
        requirement.require(3, !wanted.contains(broker), () -> "one of " + wanted + " is stopped: " + where.get());
        boolean assigned = stored.assigned(stop.partition())
                .map(replicas -> replicas.contains(broker))
                .orElse(false);
        boolean succeeded = led.getOrDefault(stop.partition(), -1) >= stop.leaderEpoch();
        requirement.require(3, !assigned || succeeded, () -> "nobody leads yet at that epoch: " + where.get());
    }

    private static boolean isFenced(int controllerEpoch, StopPartition stop, LeaderAndIsr state) {
        return controllerEpoch < state.controllerEpoch() && stop.leaderEpoch() < state.leaderEpoch();
    }

    private void leads(int broker, BrokerRequest.PartitionState role) {
        if (role.state().leader() == broker) {
            led.merge(role.partition(), role.state().leaderEpoch(), Math::max);
        }
    }
}
