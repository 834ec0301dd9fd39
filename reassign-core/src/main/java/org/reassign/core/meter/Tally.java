package org.reassign.core.meter;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.spi.Placement;

/**
 * Counts as it goes; {@link #cost()} says how far it is. May be used from any thread. Both ends of a connection count
 * with it, so that their figures can be compared: the {@link MeteredSessions} at the client, and an embedded server,
 * which sees no watches and no failures.
 */
public final class Tally {
    private final List<Placement> placements;
    private final Map<ZnodeKind, Map<OperationType, Long>> operations = new EnumMap<>(ZnodeKind.class);
    private long transactions;
    private long roundTrips;
    private long failed;
    private long bytesWritten;
    private long largestZnodeBytes;
    private long watchesOutstanding;
    private long watchesOutstandingMax;
    private long watchEvents;

    /**
     * Nothing counted yet.
     *
     * @param placements where records may lie
     */
    public Tally(List<Placement> placements) {
        this.placements = List.copyOf(placements);
    }

    /** An operation on a znode, alone or in a transaction. */
    public synchronized void operation(OperationType type, String path) {
        operations
                .computeIfAbsent(ZnodeKind.of(path, placements), kind -> new EnumMap<>(OperationType.class))
                .merge(type, 1L, Long::sum);
    }

    /** The data of a creation or replacement. */
    public synchronized void written(int bytes) {
        bytesWritten += bytes;
        largestZnodeBytes = Math.max(largestZnodeBytes, bytes);
    }

    /** A request packet; a transaction's is counted by {@link #transaction} as well. */
    public synchronized void roundTrip() {
        roundTrips++;
    }

    /** A transaction, beside its operations and its packet. */
    public synchronized void transaction() {
        transactions++;
    }

    synchronized void failure() {
        failed++;
    }

    synchronized void watches(int change) {
        watchesOutstanding += change;
        watchesOutstandingMax = Math.max(watchesOutstandingMax, watchesOutstanding);
    }

    synchronized void watchEvent() {
        watchEvents++;
    }

    /** Starts from zero; the watches that are outstanding now stay so and are the base of their maximum. */
    public synchronized void reset() {
        operations.clear();
        transactions = 0;
        roundTrips = 0;
        failed = 0;
        bytesWritten = 0;
        largestZnodeBytes = 0;
        watchesOutstandingMax = watchesOutstanding;
        watchEvents = 0;
    }

    /** What was counted since the beginning or the last reset. */
    public synchronized Cost cost() {
        SortedMap<String, Operations> kinds = new TreeMap<>();
        Operations all = Operations.NONE;
        for (Map.Entry<ZnodeKind, Map<OperationType, Long>> kind : operations.entrySet()) {
            Operations counted = operations(kind.getValue());
            kinds.put(kind.getKey().label(), counted);
            all = all.plus(counted);
        }
        return new Cost(
                all.create(),
                all.setData(),
                all.delete(),
                all.getData(),
                all.getChildren(),
                all.exists(),
                all.addWatch(),
                all.removeWatches(),
                all.check(),
                transactions,
                roundTrips,
                failed,
                bytesWritten,
                largestZnodeBytes,
                watchesOutstandingMax,
                watchEvents,
                kinds);
    }

    private static Operations operations(Map<OperationType, Long> counts) {
        return new Operations(
                counts.getOrDefault(OperationType.CREATE, 0L),
                counts.getOrDefault(OperationType.SET_DATA, 0L),
                counts.getOrDefault(OperationType.DELETE, 0L),
                counts.getOrDefault(OperationType.GET_DATA, 0L),
                counts.getOrDefault(OperationType.GET_CHILDREN, 0L),
                counts.getOrDefault(OperationType.EXISTS, 0L),
                counts.getOrDefault(OperationType.ADD_WATCH, 0L),
                counts.getOrDefault(OperationType.REMOVE_WATCHES, 0L),
                counts.getOrDefault(OperationType.CHECK, 0L));
    }
}
