package org.reassign.core.lead;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Broker;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.LeaderAndIsrRequest;
import org.reassign.api.spi.BrokerRequest.PartitionState;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.spi.BrokerRequest.StopReplicaRequest;
import org.reassign.core.store.Fence;

/**
 * Tells brokers what was decided, one request at a time each, and repeats what a live broker did not answer. The broker
 * epoch is that of the incarnation that the command was decided for: a restarted broker obeys any StopReplica, so what
 * was meant for the one before it is not sent.
 */
final class BrokerQueues {
    /** How often a live broker may fail to answer StopReplica before it is treated as dead for that duty. */
    private static final int STOP_ATTEMPTS = 3;

    private static final int NO_REPLY = -1;

    private final TermContext mandate;
    private final Gateway gateway;
    private final Replies replies;
    private final SortedMap<Integer, BrokerQueue> lines = new TreeMap<>();

    /** What brokers answered; called on the loop's thread. */
    interface Replies {
        /** The broker knows this leader epoch. */
        void knows(int broker, TopicPartition partition, int leaderEpoch);

        /** The broker has deleted its replica. */
        void stopped(int broker, StopPartition stop);

        /** The broker knows a higher epoch than StopReplica carried. */
        void fenced(int broker, StopPartition stop);

        /** The broker is live and did not answer StopReplica in time. */
        void unanswered(int broker, StopPartition stop);

        /** The broker knows a newer controller. */
        void deposed(int broker);

        /** The broker has registered anew since. */
        void restarted(int broker);
    }

    BrokerQueues(TermContext mandate, Gateway gateway, Replies replies) {
        this.mandate = mandate;
        this.gateway = gateway;
        this.replies = replies;
    }

    /** The brokers that live now; all are told of each other. What was meant for one that is gone is forgotten. */
    void brokers(Collection<Broker> live) {
        lines.values().removeIf(line -> !live.contains(line.broker));
        live.forEach(broker -> lines.computeIfAbsent(broker.id(), id -> new BrokerQueue(broker)));
        lines.values().forEach(BrokerQueue::brokersChanged);
    }

    void metadata(PartitionState partition) {
        lines.values().forEach(line -> line.metadata(partition));
    }

    void leaderAndIsr(int broker, PartitionState partition) {
        line(broker).ifPresent(line -> line.leaderAndIsr(partition));
    }

    void stop(int broker, StopPartition stop) {
        line(broker).ifPresent(line -> line.stop(stop));
    }

    /** Sends what waits, to every broker that has nothing outstanding. */
    void flush() {
        Fence fence = mandate.fence();
        List<Broker> live = lines.values().stream().map(line -> line.broker).toList();
        lines.values()
                .forEach(line ->
                        line.next(fence.controllerId(), fence.epoch(), live).ifPresent(request -> send(line, request)));
    }

    /** A topic is gone: nothing more is said of it but to stop. */
    void forget(String topic) {
        lines.values().forEach(line -> line.forget(topic));
    }

    /** Nothing is stopped there any more that was to be till now. */
    void spare(int broker, TopicPartition partition) {
        line(broker).ifPresent(line -> line.spare(partition));
    }

    /** Whether a request to some broker has failed and waits for its repetition. */
    boolean anyFails() {
        return lines.values().stream().anyMatch(line -> line.pausing);
    }

    boolean idle() {
        return lines.values().stream().allMatch(BrokerQueue::idle);
    }

    private Optional<BrokerQueue> line(int broker) {
        return Optional.ofNullable(lines.get(broker));
    }

    private void send(BrokerQueue line, BrokerRequest request) {
        mandate.listener().sent(line.broker.id(), request);
        gateway.send(line.broker, request)
                .whenComplete((reply, failure) ->
                        mandate.loop().mark(() -> answered(line, request, Optional.ofNullable(reply))));
    }

    private void answered(BrokerQueue line, BrokerRequest request, Optional<BrokerReply> reply) {
        line.answered();
        if (lines.get(line.broker.id()) != line) {
            return;
        }
        int error = reply.map(BrokerReply::error).orElse(NO_REPLY);
        if (error == BrokerReply.STALE_CONTROLLER_EPOCH) {
            replies.deposed(line.broker.id());
        } else if (error == BrokerReply.STALE_BROKER_EPOCH) {
            replies.restarted(line.broker.id());
        } else {
            Set<TopicPartition> failed = handOn(line, request, reply, error);
            repeat(line, request, failed, error != BrokerReply.NONE);
        }
    }

    /** Hands the answers on, partition by partition, but for what was given up; returns where the request failed. */
    private Set<TopicPartition> handOn(
            BrokerQueue line, BrokerRequest request, Optional<BrokerReply> reply, int whole) {
        int broker = line.broker.id();
        Set<TopicPartition> failed = new HashSet<>();
        if (request instanceof LeaderAndIsrRequest roles) {
            for (PartitionState role : roles.partitions()) {
                int error = reply.map(r -> r.errorOf(role.partition())).orElse(whole);
                if (line.isGivenUp(role.partition())) {
                    continue;
                }
                if (error == BrokerReply.NONE || error == BrokerReply.STALE_CONTROLLER_EPOCH) {
                    replies.knows(broker, role.partition(), role.state().leaderEpoch());
                } else if (error != BrokerReply.NOT_A_REPLICA) {
                    failed.add(role.partition());
                }
            }
        } else if (request instanceof StopReplicaRequest halt) {
            for (StopPartition stop : halt.partitions()) {
                int error = reply.map(r -> r.errorOf(stop.partition())).orElse(whole);
                if (line.isGivenUp(stop.partition())) {
                    continue;
                }
                if (error == BrokerReply.NONE) {
                    replies.stopped(broker, stop);
                } else if (error == BrokerReply.FENCED_LEADER_EPOCH) {
                    replies.fenced(broker, stop);
                } else {
                    failed.add(stop.partition());
                }
            }
        }
        return failed;
    }

    /** What failed is repeated after a while; a stop that has failed often enough is given up. */
    private void repeat(BrokerQueue line, BrokerRequest request, Set<TopicPartition> failed, boolean whole) {
        if (failed.isEmpty() && !whole) {
            return;
        }
        line.repeat(request, failed::contains);
        if (request instanceof StopReplicaRequest halt) {
            for (StopPartition stop : halt.partitions()) {
                if (failed.contains(stop.partition()) && line.unanswered(stop.partition()) >= STOP_ATTEMPTS) {
                    line.spare(stop.partition());
                    replies.unanswered(line.broker.id(), stop);
                }
            }
        }
        line.pause();
        mandate.timers()
                .after(mandate.settings().retryDelay(), () -> mandate.loop().mark(line::resume));
    }
}
