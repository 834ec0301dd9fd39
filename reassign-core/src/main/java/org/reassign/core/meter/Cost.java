package org.reassign.core.meter;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an actor cost ZooKeeper. The components are the fields of a cost in the JSON report, by name.
 *
 * <p>Counted is what was sent, whether it could be done or not; operations in a transaction one by one under their
 * type, and not what the port refused to send (over the limit, session gone). The opening and closing of sessions and
 * their heartbeats are not counted.
 *
 * @param create creations of a znode
 * @param setData replacements of data
 * @param delete deletions
 * @param getData reads of data
 * @param getChildren listings of children
 * @param exists reads of metadata; a watching read of an absent znode is a getData and an exists, two packets
 * @param addWatch registrations of recursive watches
 * @param removeWatches removals of one-shot watches that no other watch of the session at the same path needs
 * @param check conditions in transactions
 * @param transactions transactions; a write that travels alone is none, a check that travels alone is one
 * @param roundTrips request packets
 * @param failed calls that failed, a transaction once, also those that were not sent
 * @param bytesWritten data of creations and replacements, in bytes, without paths
 * @param largestZnodeBytes the largest data that one creation or replacement carried, in bytes
 * @param watchesOutstandingMax the largest number of watches that were registered and had not fired at one time
 * @param watchEvents how often a watch was called
 * @param byKind the operations by {@link ZnodeKind#label()}, without kinds that had none
 */
public record Cost(
        long create,
        long setData,
        long delete,
        long getData,
        long getChildren,
        long exists,
        long addWatch,
        long removeWatches,
        long check,
        long transactions,
        long roundTrips,
        long failed,
        long bytesWritten,
        long largestZnodeBytes,
        long watchesOutstandingMax,
        long watchEvents,
        SortedMap<String, Operations> byKind) {
    /** Nothing. */
    public static final Cost NONE =
            new Cost(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Collections.emptySortedMap());

    /** Copies the map. */
    public Cost {
        byKind = Collections.unmodifiableSortedMap(new TreeMap<>(byKind));
    }

    /**
     * The sum of two actors' costs; the larger one of the largest znodes. The watches add up, too, so that theirs is an
     * upper bound: the actors may have had their maxima at different times.
     */
    public Cost plus(Cost other) {
        SortedMap<String, Operations> kinds = new TreeMap<>(byKind);
        other.byKind.forEach((kind, operations) -> kinds.merge(kind, operations, Operations::plus));
        return new Cost(
                create + other.create,
                setData + other.setData,
                delete + other.delete,
                getData + other.getData,
                getChildren + other.getChildren,
                exists + other.exists,
                addWatch + other.addWatch,
                removeWatches + other.removeWatches,
                check + other.check,
                transactions + other.transactions,
                roundTrips + other.roundTrips,
                failed + other.failed,
                bytesWritten + other.bytesWritten,
                Math.max(largestZnodeBytes, other.largestZnodeBytes),
                watchesOutstandingMax + other.watchesOutstandingMax,
                watchEvents + other.watchEvents,
                kinds);
    }

    /** The operations of one kind of znode. */
    public Operations of(ZnodeKind kind) {
        return byKind.getOrDefault(kind.label(), Operations.NONE);
    }
}
