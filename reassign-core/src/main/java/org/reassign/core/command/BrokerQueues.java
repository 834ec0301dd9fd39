package org.reassign.core.command;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.LeaderAndIsrRequest;
import org.reassign.api.spi.BrokerRequest.PartitionState;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.spi.BrokerRequest.StopReplicaRequest;
import org.reassign.api.spi.Timers;
import org.reassign.core.store.Fence;

/**
 * Sends commands to brokers, one request at a time each, and retries those that a live broker did not answer. The
 * broker epoch is that of the incarnation that the command was decided for: a restarted broker obeys any StopReplica,
 * so commands for an earlier incarnation are not sent.
 *
 * <p>The queues last as long as the controller epoch, however often a term begins: a request of an earlier term may be
 * outstanding, and no broker gets another one before it has answered or timed out.
 */
public final class BrokerQueues {
    /** How often a live broker may fail to answer a StopReplica before that delete becomes owed. */
    private static final int STOP_ATTEMPTS = 3;

    private static final int NO_REPLY = -1;
    /** Errors of a partition in LeaderAndIsr that a retry would meet again. */
    private static final Set<Integer> FINAL =
            Set.of(BrokerReply.NONE, BrokerReply.STALE_CONTROLLER_EPOCH, BrokerReply.NOT_A_REPLICA);

    private final Gateway gateway;
    private final Fence fence;
    private final Timers timers;
    private final Duration retryDelay;
    private final Duration answerLimit;
    private final Consumer<Runnable> loop;
    private Optional<Replies> replies = Optional.empty();
    private final MetadataLog metadata = new MetadataLog();
    private final SortedMap<Integer, BrokerQueue> queues = new TreeMap<>();

    /** Receives sent requests and brokers' answers; called on the loop's thread. */
    public interface Replies {
        /** A request was sent to the broker. */
        void sent(int broker, BrokerRequest request);

        /** The broker knows this leader epoch. */
        void epochConfirmed(int broker, TopicPartition partition, int leaderEpoch);

        /** The broker has deleted its replica. */
        void stopped(int broker, StopPartition stop);

        /** The broker knows a higher epoch than StopReplica carried. */
        void fenced(int broker, StopPartition stop);

        /** The log directory of the broker's replica has failed: a retry would meet that again. */
        void storageFailed(int broker, TopicPartition partition);

        /** The broker is live and did not answer StopReplica in time. */
        void unanswered(int broker, StopPartition stop);

        /** The broker knows a newer controller. */
        void deposed(int broker);

        /** The broker has registered again since. */
        void restarted(int broker);

        /**
         * A live broker did not carry out a request, which is sent again. Once for each reason until it has carried out
         * another request of the kind.
         *
         * @param why one sentence
         */
        void failed(int broker, String why);
    }

    /**
     * Queues of no broker yet. Used on the loop's thread only.
     *
     * @param gateway carries the requests
     * @param fence the epoch that they carry
     * @param retryDelay how long a failed request waits for its retry
     * @param answerLimit how long a request may be unanswered before it counts as failed, whatever the gateway says
     * @param loop runs answers and retries on the loop's thread
     */
    public BrokerQueues(
            Gateway gateway,
            Fence fence,
            Timers timers,
            Duration retryDelay,
            Duration answerLimit,
            Consumer<Runnable> loop) {
        this.gateway = gateway;
        this.fence = fence;
        this.timers = timers;
        this.retryDelay = retryDelay;
        this.answerLimit = answerLimit;
        this.loop = loop;
    }

    /** A term begins, which receives the answers to its commands. */
    public void begin(Replies term) {
        replies = Optional.of(term);
    }

    /**
     * The term is over, and another may follow at this controller epoch: all its commands are dropped, except metadata.
     * Returns the brokers that have not received or not answered LeaderAndIsr, by partition. StopReplica is decided
     * again as long as it has no answer.
     */
    public Map<TopicPartition, Replicas> endTerm() {
        Map<TopicPartition, Replicas> untold = new HashMap<>();
        queues.forEach((broker, queue) ->
                queue.endTerm().forEach(partition -> untold.merge(partition, Replicas.of(broker), Replicas::append)));
        return untold;
    }

    /** The controller epoch is over: late answers are ignored. */
    public void close() {
        queues.clear();
    }

    private Replies replies() {
        return replies.orElseThrow();
    }

    /**
     * The live brokers; each gets the list of all, if it is another than before. Commands for a broker that is gone are
     * dropped; one that has registered since gets the metadata of all partitions that have any here.
     */
    public void brokers(Collection<Broker> live) {
        queues.values().removeIf(queue -> live.stream().noneMatch(queue::isOf));
        live.forEach(broker -> {
            queues.computeIfAbsent(broker.id(), id -> new BrokerQueue(broker, metadata)).broker = broker;
        });
        queues.values().forEach(queue -> queue.brokers(List.copyOf(live)));
    }

    /** UpdateMetadata of a partition, to every broker. */
    public void metadata(PartitionState partition) {
        metadata.add(partition);
    }

    /** The same, unless it is what was last added of the partition. */
    public void metadataIfNews(PartitionState partition) {
        if (!metadata.holds(partition)) {
            metadata.add(partition);
        }
    }

    /** LeaderAndIsr of a partition, to one broker; drops a pending StopReplica of it. */
    public void leaderAndIsr(int broker, PartitionState partition) {
        queue(broker).ifPresent(queue -> queue.leaderAndIsr(partition));
    }

    /** StopReplica of a partition, to one broker; drops a pending LeaderAndIsr of it. */
    public void stop(int broker, StopPartition stop) {
        queue(broker).ifPresent(queue -> queue.stop(stop));
    }

    /** Sends the next request to every broker that has none outstanding. */
    public void flush() {
        List<Broker> live = queues.values().stream().map(queue -> queue.broker).toList();
        queues.values()
                .forEach(queue -> queue.next(fence.controllerId(), fence.epoch(), live)
                        .ifPresent(request -> send(queue, request)));
    }

    /** A topic is gone: drops all its commands except later StopReplica. */
    public void dropTopic(String topic) {
        metadata.dropTopic(topic);
        queues.values().forEach(queue -> queue.dropTopic(topic));
    }

    /** Drops the StopReplica commands of this replica. */
    public void cancelStop(int broker, TopicPartition partition) {
        queue(broker).ifPresent(queue -> queue.cancelStop(partition));
    }

    /** To how many brokers a request has failed and waits for its retry. */
    public int countFailing() {
        return (int) queues.values().stream().filter(queue -> queue.pausing).count();
    }

    /** Whether nothing waits to be sent or answered. */
    public boolean idle() {
        return queues.values().stream().allMatch(BrokerQueue::idle);
    }

    private Optional<BrokerQueue> queue(int broker) {
        return Optional.ofNullable(queues.get(broker));
    }

    private void send(BrokerQueue queue, BrokerRequest request) {
        replies().sent(queue.broker.id(), request);
        String late = "no answer within " + answerLimit.toSeconds() + " s";
        GatewayAnswer.within(answerLimit, timers, late, gateway.send(queue.broker, request))
                .whenComplete((reply, failure) -> loop.accept(
                        () -> answered(queue, request, Optional.ofNullable(reply), Optional.ofNullable(failure))));
    }

    private void answered(
            BrokerQueue queue, BrokerRequest request, Optional<BrokerReply> reply, Optional<Throwable> failure) {
        queue.answered();
        if (queues.get(queue.broker.id()) != queue) {
            return;
        }
        queue.report.of(request, reply, failure).ifPresent(why -> replies().failed(queue.broker.id(), why));
        int error = reply.map(BrokerReply::error).orElse(NO_REPLY);
        if (error == BrokerReply.STALE_CONTROLLER_EPOCH) {
            replies().deposed(queue.broker.id());
        } else if (error == BrokerReply.STALE_BROKER_EPOCH) {
            replies().restarted(queue.broker.id());
        } else {
            Set<TopicPartition> failed = handOn(queue, request, reply, error);
            repeat(queue, request, failed, error != BrokerReply.NONE);
        }
    }

    /** Hands the answers on by partition, except dropped ones; returns the partitions whose command failed. */
    private Set<TopicPartition> handOn(
            BrokerQueue queue, BrokerRequest request, Optional<BrokerReply> reply, int whole) {
        int broker = queue.broker.id();
        Set<TopicPartition> failed = new HashSet<>();
        if (request instanceof LeaderAndIsrRequest roles) {
            for (PartitionState role : roles.partitions()) {
                int error = reply.map(r -> r.errorOf(role.partition())).orElse(whole);
                if (queue.isAbandoned(role.partition())) {
                    continue;
                }
                if (error == BrokerReply.STORAGE_ERROR) {
                    replies().storageFailed(broker, role.partition());
                } else if (FINAL.contains(error)) {
                    replies()
                            .epochConfirmed(
                                    broker, role.partition(), role.state().leaderEpoch());
                } else {
                    failed.add(role.partition());
                }
            }
        } else if (request instanceof StopReplicaRequest halt) {
            for (StopPartition stop : halt.partitions()) {
                int error = reply.map(r -> r.errorOf(stop.partition())).orElse(whole);
                if (queue.isAbandoned(stop.partition())) {
                    continue;
                }
                if (error == BrokerReply.NONE) {
                    queue.stopped(stop.partition());
                    replies().stopped(broker, stop);
                } else if (error == BrokerReply.STORAGE_ERROR) {
                    replies().storageFailed(broker, stop.partition());
                } else if (error == BrokerReply.FENCED_LEADER_EPOCH) {
                    replies().fenced(broker, stop);
                } else {
                    failed.add(stop.partition());
                }
            }
        }
        return failed;
    }

    /** Retries failed commands after a delay; gives up a StopReplica that has failed often enough. */
    private void repeat(BrokerQueue queue, BrokerRequest request, Set<TopicPartition> failed, boolean whole) {
        if (failed.isEmpty() && !whole) {
            return;
        }
        queue.repeat(request, failed::contains);
        if (request instanceof StopReplicaRequest halt) {
            for (StopPartition stop : halt.partitions()) {
                if (failed.contains(stop.partition()) && queue.unanswered(stop.partition()) >= STOP_ATTEMPTS) {
                    queue.cancelStop(stop.partition());
                    replies().unanswered(queue.broker.id(), stop);
                }
            }
        }
        queue.pause();
        timers.after(retryDelay, () -> loop.accept(queue::resume));
    }
}
