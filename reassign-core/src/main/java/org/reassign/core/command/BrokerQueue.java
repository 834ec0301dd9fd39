package org.reassign.core.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.reassign.api.model.Broker;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.Header;
import org.reassign.api.spi.BrokerRequest.LeaderAndIsrRequest;
import org.reassign.api.spi.BrokerRequest.PartitionState;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.spi.BrokerRequest.StopReplicaRequest;
import org.reassign.api.spi.BrokerRequest.UpdateMetadataRequest;

/**
 * The pending commands of one incarnation of a broker. One request is outstanding at a time; later commands are
 * collected, and the newest for a partition replaces an older one.
 *
 * <p>The list of live brokers is sent first, with UpdateMetadata, since a follower does not follow a leader that is not
 * in its list of live brokers, and answers 0 all the same. Otherwise LeaderAndIsr, StopReplica and metadata of
 * partitions take turns, so that none of them waits for more than one request of each other kind.
 */
final class BrokerQueue {
    /** Partitions of one request: some 150 bytes each, far below what a broker accepts. */
    static final int CHUNK = 5_000;

    Broker broker;
    final FailureReport report = new FailureReport();
    private final MetadataLog metadata;
    private long toldUpTo = MetadataLog.START;
    private long toldBefore = MetadataLog.START;
    private final SortedMap<TopicPartition, PartitionState> leaderAndIsr = new TreeMap<>();
    private final SortedMap<TopicPartition, StopPartition> stops = new TreeMap<>();
    private final SortedMap<TopicPartition, Integer> unansweredStops = new TreeMap<>();
    private boolean brokersChanged;
    /** The list of live brokers that was sent last, unless that has failed. */
    private Optional<List<Broker>> toldBrokers = Optional.empty();
    /** The kind that has the next turn. */
    private final Deque<Kind> turns = new ArrayDeque<>(List.of(Kind.values()));

    private Optional<BrokerRequest> outstanding = Optional.empty();
    private final Set<StopPartition> outstandingStops = new HashSet<>();
    /** Parts of the outstanding request that are not retried: topics, and partitions of StopReplica. */
    private final Set<String> droppedTopics = new HashSet<>();

    private final Set<TopicPartition> cancelledStops = new HashSet<>();
    /** Whether the request that is outstanding, or was answered last, is of an earlier term. */
    private boolean abandoned;
    /** Whether a failed request waits for its retry. */
    boolean pausing;

    /** The kinds of requests, in the order of their turns. */
    private enum Kind {
        LEADER_AND_ISR,
        STOP,
        METADATA
    }

    BrokerQueue(Broker broker, MetadataLog metadata) {
        this.broker = broker;
        this.metadata = metadata;
    }

    /** Whether this is the same incarnation, however it has rewritten its registration. */
    boolean isOf(Broker other) {
        return broker.id() == other.id() && broker.epoch() == other.epoch();
    }

    /** These live now: sent unless it is what was sent last. */
    void brokers(List<Broker> live) {
        brokersChanged = !toldBrokers.equals(Optional.of(live));
    }

    void leaderAndIsr(PartitionState partition) {
        stops.remove(partition.partition());
        unansweredStops.remove(partition.partition());
        leaderAndIsr.put(partition.partition(), partition);
        if (outstandingStops.stream().anyMatch(stop -> stop.partition().equals(partition.partition()))) {
            cancelledStops.add(partition.partition()); // its answer is about a replica that is to be there again
        }
    }

    /** The same stop, waiting or outstanding, is not sent again, unless it was abandoned since. */
    void stop(StopPartition stop) {
        if (!outstandingStops.contains(stop) || isAbandoned(stop.partition())) {
            leaderAndIsr.remove(stop.partition());
            stops.put(stop.partition(), stop);
        }
    }

    boolean idle() {
        return outstanding.isEmpty() && nothingWaits();
    }

    private boolean nothingWaits() {
        return !brokersChanged && !waits(Kind.LEADER_AND_ISR) && !waits(Kind.STOP) && !waits(Kind.METADATA);
    }

    private boolean waits(Kind kind) {
        return switch (kind) {
            case LEADER_AND_ISR -> !leaderAndIsr.isEmpty();
            case STOP -> !stops.isEmpty();
            case METADATA -> metadata.isBehind(toldUpTo);
        };
    }

    /** The next request, if one may be sent; it is outstanding then. */
    Optional<BrokerRequest> next(int controllerId, int controllerEpoch, List<Broker> live) {
        if (outstanding.isPresent() || pausing || nothingWaits()) {
            return Optional.empty();
        }
        droppedTopics.clear();
        cancelledStops.clear();
        abandoned = false;
        Header header = new Header(controllerId, controllerEpoch, broker.epoch());
        outstanding = Optional.of(brokersChanged ? update(header, live) : request(nextKind(), header, live));
        return outstanding;
    }

    private Kind nextKind() {
        Kind kind;
        do {
            kind = turns.removeFirst();
            turns.addLast(kind);
        } while (!waits(kind));
        return kind;
    }

    private BrokerRequest request(Kind kind, Header header, List<Broker> live) {
        return switch (kind) {
            case LEADER_AND_ISR -> new LeaderAndIsrRequest(header, take(leaderAndIsr), live);
            case STOP -> {
                List<StopPartition> taken = take(stops);
                outstandingStops.addAll(taken);
                yield new StopReplicaRequest(header, taken);
            }
            case METADATA -> update(header, live);
        };
    }

    private BrokerRequest update(Header header, List<Broker> live) {
        brokersChanged = false;
        toldBrokers = Optional.of(live);
        MetadataLog.Chunk chunk = metadata.next(toldUpTo, CHUNK);
        toldBefore = toldUpTo;
        toldUpTo = chunk.end();
        return new UpdateMetadataRequest(header, chunk.partitions(), live);
    }

    private static <T> List<T> take(SortedMap<TopicPartition, T> waiting) {
        List<T> taken = new ArrayList<>(Math.min(CHUNK, waiting.size()));
        Iterator<T> values = waiting.values().iterator();
        while (values.hasNext() && taken.size() < CHUNK) {
            taken.add(values.next());
            values.remove();
        }
        return taken;
    }

    /** The outstanding request was answered or has timed out. */
    void answered() {
        outstanding = Optional.empty();
        outstandingStops.clear();
        if (nothingWaits()) {
            turns.clear();
            turns.addAll(List.of(Kind.values()));
        }
    }

    void pause() {
        pausing = true;
    }

    void resume() {
        pausing = false;
    }

    /** Queues the partitions in {@code failed} again, except those with a newer command. */
    void repeat(BrokerRequest request, Predicate<TopicPartition> failed) {
        if (request instanceof UpdateMetadataRequest) {
            brokersChanged = true;
            toldBrokers = Optional.empty();
            toldUpTo = toldBefore;
        } else if (request instanceof LeaderAndIsrRequest roles) {
            roles.partitions().stream()
                    .filter(p -> failed.test(p.partition()) && !stops.containsKey(p.partition()))
                    .filter(p -> !isAbandoned(p.partition()))
                    .forEach(p -> leaderAndIsr.putIfAbsent(p.partition(), p));
        } else if (request instanceof StopReplicaRequest halt) {
            halt.partitions().stream()
                    .filter(p -> failed.test(p.partition()) && !leaderAndIsr.containsKey(p.partition()))
                    .filter(p -> !isAbandoned(p.partition()))
                    .forEach(p -> stops.putIfAbsent(p.partition(), p));
        }
    }

    /**
     * The term is over: what waits is dropped, except metadata. The outstanding request is not retried and its answer no
     * longer counts, but nothing is sent before it has come. Returns the partitions whose LeaderAndIsr is among these.
     */
    Set<TopicPartition> endTerm() {
        Set<TopicPartition> untold = new HashSet<>(leaderAndIsr.keySet());
        if (outstanding.isPresent() && outstanding.get() instanceof LeaderAndIsrRequest roles) {
            roles.partitions().forEach(role -> untold.add(role.partition()));
        }
        leaderAndIsr.clear();
        stops.clear();
        unansweredStops.clear();
        brokersChanged = false;
        abandoned = outstanding.isPresent();
        return untold;
    }

    /** Whether the outstanding command of it no longer counts. */
    boolean isAbandoned(TopicPartition partition) {
        return abandoned || droppedTopics.contains(partition.topic()) || cancelledStops.contains(partition);
    }

    /** Drops the pending commands of a topic; an outstanding one is not retried. */
    void dropTopic(String topic) {
        if (outstanding.isPresent()) {
            droppedTopics.add(topic);
        }
        MetadataLog.ofTopic(leaderAndIsr, topic).clear();
        MetadataLog.ofTopic(stops, topic).clear();
        MetadataLog.ofTopic(unansweredStops, topic).clear();
    }

    /** Drops a pending StopReplica; an outstanding one is not retried. */
    void cancelStop(TopicPartition partition) {
        stops.remove(partition);
        unansweredStops.remove(partition);
        if (outstanding.isPresent()) {
            cancelledStops.add(partition);
        }
    }

    /** StopReplica was carried out. */
    void stopped(TopicPartition partition) {
        unansweredStops.remove(partition);
    }

    /** How often in a row a StopReplica has not been answered, including this time. */
    int unanswered(TopicPartition partition) {
        return unansweredStops.merge(partition, 1, Integer::sum);
    }
}
