package org.reassign.plugin.simulatedbrokers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.TopicPartition;

/**
 * All copying between brokers, as a fluid: a broker's bandwidth out is shared equally by the copies that it serves, its
 * bandwidth in by those that it makes, and a copy runs at the smaller of both shares. What one side leaves unused is
 * not given to others. One copy per partition and follower.
 */
final class Flows {
    private final SortedMap<Route, Lane> lanes = new TreeMap<>();
    private final SortedMap<TopicPartition, SortedMap<Integer, Copy>> running = new TreeMap<>();
    private double bytesPerMilli;
    private long copiedByEnded;

    private record Route(int from, int to) implements Comparable<Route> {
        private static final Comparator<Route> ORDER =
                Comparator.comparingInt(Route::from).thenComparingInt(Route::to);

        @Override
        public int compareTo(Route other) {
            return ORDER.compare(this, other);
        }
    }

    Flows(long bytesPerSecond) {
        bandwidth(bytesPerSecond);
    }

    /** What a broker can send, and what it can receive; holds from the next {@link #share} on. */
    void bandwidth(long bytesPerSecond) {
        bytesPerMilli = bytesPerSecond / 1000.0;
    }

    /** Begins a copy; it runs from the next {@link #share} on. */
    synchronized Copy start(
            TopicPartition partition, int from, int to, long startBytes, long fullBytes, long nowMillis) {
        Lane lane = lanes.computeIfAbsent(new Route(from, to), route -> new Lane(from, to, nowMillis));
        Copy copy = new Copy(partition, lane, startBytes, fullBytes, nowMillis);
        lane.add(copy);
        running.computeIfAbsent(partition, p -> new TreeMap<>()).put(to, copy);
        return copy;
    }

    /** Ends a copy, done or not. */
    synchronized void end(Copy copy, long nowMillis) {
        copiedByEnded += copy.copiedAt(nowMillis);
        copy.lane().remove(copy);
        SortedMap<Integer, Copy> ofPartition = running.get(copy.partition());
        ofPartition.remove(copy.lane().to());
        if (ofPartition.isEmpty()) {
            running.remove(copy.partition());
        }
    }

    /** The copy of a partition to a follower, if it runs. */
    Optional<Copy> running(TopicPartition partition, int to) {
        return Optional.ofNullable(running.getOrDefault(partition, new TreeMap<>()).get(to));
    }

    /** All running copies of a partition. */
    List<Copy> running(TopicPartition partition) {
        return List.copyOf(running.getOrDefault(partition, new TreeMap<>()).values());
    }

    /** Copies that have got all by now and are still to be ended. */
    List<Copy> done(long nowMillis) {
        List<Copy> done = new ArrayList<>();
        lanes.values().forEach(lane -> done.addAll(lane.done(nowMillis)));
        return done;
    }

    /** Shares the bandwidth anew among the copies that run now. */
    synchronized void share(long nowMillis) {
        lanes.values().removeIf(lane -> lane.size() == 0);
        SortedMap<Integer, Integer> served = new TreeMap<>();
        SortedMap<Integer, Integer> received = new TreeMap<>();
        for (Lane lane : lanes.values()) {
            served.merge(lane.from(), lane.size(), Integer::sum);
            received.merge(lane.to(), lane.size(), Integer::sum);
        }
        for (Lane lane : lanes.values()) {
            int copies = Math.max(served.get(lane.from()), received.get(lane.to()));
            lane.run(bytesPerMilli / copies, nowMillis);
        }
    }

    /** When the next copy is done; {@link Long#MAX_VALUE} for never. */
    long nextDoneMillis() {
        return lanes.values().stream().mapToLong(Lane::nextDoneMillis).min().orElse(Long.MAX_VALUE);
    }

    /** Bytes copied so far by all copies, ended and running; may be called from any thread. */
    synchronized long copiedAt(long nowMillis) {
        return copiedByEnded
                + running.values().stream()
                        .map(SortedMap::values)
                        .flatMap(Collection::stream)
                        .mapToLong(copy -> copy.copiedAt(nowMillis))
                        .sum();
    }
}
