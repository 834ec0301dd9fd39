package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
 * What one incarnation of a broker is still to be told. One request is outstanding at a time; what is decided meanwhile
 * gathers, the newest word on a partition taking the place of an older one. UpdateMetadata goes first, since a follower
 * does not follow a leader that it does not know to live.
 */
final class BrokerQueue {
    /** Partitions of one request: some 150 bytes each, far below what a broker accepts. */
    private static final int CHUNK = 5_000;

    final Broker broker;
    private final SortedMap<TopicPartition, PartitionState> metadata = new TreeMap<>();
    private final SortedMap<TopicPartition, PartitionState> leaderAndIsr = new TreeMap<>();
    private final SortedMap<TopicPartition, StopPartition> stops = new TreeMap<>();
    private final Map<TopicPartition, Integer> unansweredStops = new TreeMap<>();
    private boolean brokersChanged;
    private Optional<BrokerRequest> outstanding = Optional.empty();
    /** Of what is outstanding that which is not to be repeated: topics, and partitions that were to be stopped. */
    private final Set<String> forgotten = new HashSet<>();

    private final Set<TopicPartition> spared = new HashSet<>();
    /** Whether a failed request waits for its repetition. */
    boolean pausing;

    BrokerQueue(Broker broker) {
        this.broker = broker;
    }

    void metadata(PartitionState partition) {
        metadata.put(partition.partition(), partition);
    }

    void brokersChanged() {
        brokersChanged = true;
    }

    void leaderAndIsr(PartitionState partition) {
        stops.remove(partition.partition());
        unansweredStops.remove(partition.partition());
        leaderAndIsr.put(partition.partition(), partition);
    }

    /** The same stop, waiting or outstanding, is not sent again, unless it was given up since. */
    void stop(StopPartition stop) {
        boolean outstandingAlready = outstanding
                .filter(StopReplicaRequest.class::isInstance)
                .map(request -> ((StopReplicaRequest) request).partitions().contains(stop))
                .orElse(false);
        if (!outstandingAlready || isGivenUp(stop.partition())) {
            leaderAndIsr.remove(stop.partition());
            stops.put(stop.partition(), stop);
        }
    }

    boolean idle() {
        return outstanding.isEmpty() && nothingWaits();
    }

    private boolean nothingWaits() {
        return metadata.isEmpty() && leaderAndIsr.isEmpty() && stops.isEmpty() && !brokersChanged;
    }

    /** The next request, if one may be sent; it is outstanding then. */
    Optional<BrokerRequest> next(int controllerId, int controllerEpoch, List<Broker> live) {
        if (outstanding.isPresent() || pausing || nothingWaits()) {
            return Optional.empty();
        }
        forgotten.clear();
        spared.clear();
        Header header = new Header(controllerId, controllerEpoch, broker.epoch());
        if (!metadata.isEmpty() || brokersChanged) {
            brokersChanged = false;
            outstanding = Optional.of(new UpdateMetadataRequest(header, take(metadata), live));
        } else if (!leaderAndIsr.isEmpty()) {
            outstanding = Optional.of(new LeaderAndIsrRequest(header, take(leaderAndIsr), live));
        } else {
            outstanding = Optional.of(new StopReplicaRequest(header, take(stops)));
        }
        return outstanding;
    }

    private static <T> List<T> take(SortedMap<TopicPartition, T> waiting) {
        List<T> taken = new ArrayList<>(waiting.values());
        if (taken.size() <= CHUNK) {
            waiting.clear();
            return taken;
        }
        List<T> chunk = List.copyOf(taken.subList(0, CHUNK));
        List<TopicPartition> keys = new ArrayList<>(waiting.keySet()).subList(0, CHUNK);
        keys.forEach(waiting::remove);
        return chunk;
    }

    /** The outstanding request was answered, or its time is over. */
    void answered() {
        outstanding = Optional.empty();
    }

    void pause() {
        pausing = true;
    }

    void resume() {
        pausing = false;
    }

    /** To be sent again where nothing newer has been said of a partition; {@code failed} are those concerned. */
    void repeat(BrokerRequest request, Predicate<TopicPartition> failed) {
        if (request instanceof UpdateMetadataRequest update) {
            brokersChanged = true;
            update.partitions().stream()
                    .filter(p -> !isGivenUp(p.partition()))
                    .forEach(p -> metadata.putIfAbsent(p.partition(), p));
        } else if (request instanceof LeaderAndIsrRequest roles) {
            roles.partitions().stream()
                    .filter(p -> failed.test(p.partition()) && !stops.containsKey(p.partition()))
                    .filter(p -> !isGivenUp(p.partition()))
                    .forEach(p -> leaderAndIsr.putIfAbsent(p.partition(), p));
        } else if (request instanceof StopReplicaRequest halt) {
            halt.partitions().stream()
                    .filter(p -> failed.test(p.partition()) && !leaderAndIsr.containsKey(p.partition()))
                    .filter(p -> !isGivenUp(p.partition()))
                    .forEach(p -> stops.putIfAbsent(p.partition(), p));
        }
    }

    /** Whether what is outstanding of it, or was till now, counts no longer. */
    boolean isGivenUp(TopicPartition partition) {
        return forgotten.contains(partition.topic()) || spared.contains(partition);
    }

    /** Says nothing more of a topic; what is outstanding is not repeated. */
    void forget(String topic) {
        if (outstanding.isPresent()) {
            forgotten.add(topic);
        }
        metadata.keySet().removeIf(partition -> partition.topic().equals(topic));
        leaderAndIsr.keySet().removeIf(partition -> partition.topic().equals(topic));
        stops.keySet().removeIf(partition -> partition.topic().equals(topic));
    }

    /** Gives up a stop: one that waits is not sent, one that is outstanding not repeated. */
    void spare(TopicPartition partition) {
        stops.remove(partition);
        unansweredStops.remove(partition);
        if (outstanding.isPresent()) {
            spared.add(partition);
        }
    }

    /** How often in a row a stop has not been answered, this time included. */
    int unanswered(TopicPartition partition) {
        return unansweredStops.merge(partition, 1, Integer::sum);
    }
}
