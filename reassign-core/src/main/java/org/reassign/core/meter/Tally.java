package org.reassign.core.meter;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts as it goes; {@link #cost()} says how far it is. May be used from any thread. Both ends of a connection count
 * with it, so that their figures can be compared: the {@link MeteredSessions} at the client, and an embedded server,
 * which sees no watches and no failures.
 */
public final class Tally {
    private static final OperationType[] TYPES = OperationType.values();

    private final long[][] operations = new long[ZnodeKind.values().length][TYPES.length];
    private long transactions;
    private long roundTrips;
    private long failed;
    private long bytesWritten;
    private long largestZnodeBytes;
    private long watchesOutstanding;
    private long watchesOutstandingMax;
    private long watchEvents;

    /** An operation on a znode, alone or in a transaction. */
    public synchronized void operation(OperationType type, String path) {
        operations[ZnodeKind.of(path).ordinal()][type.ordinal()]++;
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
        for (long[] kind : operations) {
            Arrays.fill(kind, 0);
        }
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
        for (ZnodeKind kind : ZnodeKind.values()) {
            Operations of = operations(operations[kind.ordinal()]);
            if (!of.equals(Operations.NONE)) {
                kinds.put(kind.label(), of);
                all = all.plus(of);
            }
        }
        return new Cost(
                all.create(),
                all.setData(),
                all.delete(),
                all.getData(),
                all.getChildren(),
                all.exists(),
                all.addWatch(),
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

    private static Operations operations(long[] counts) {
        return new Operations(
                counts[OperationType.CREATE.ordinal()],
                counts[OperationType.SET_DATA.ordinal()],
                counts[OperationType.DELETE.ordinal()],
                counts[OperationType.GET_DATA.ordinal()],
                counts[OperationType.GET_CHILDREN.ordinal()],
                counts[OperationType.EXISTS.ordinal()],
                counts[OperationType.ADD_WATCH.ordinal()],
                counts[OperationType.CHECK.ordinal()]);
    }
}
