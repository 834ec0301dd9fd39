package org.reassign.api.spi;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.pf4j.ExtensionPoint;
import org.reassign.api.Evolving;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;

/**
 * Reports changes of leaders and ISRs to the controller (step W1): point 14 of the thread. The only plugin that reads
 * ZooKeeper itself; it never writes.
 *
 * <p>Nothing is reported of a read that failed, not even that there is no {@code state}, and a notification is not
 * reported as read before the states that it names are. The watch need not try again by itself: a read fails with the
 * session, and after that comes {@code LOST}, upon which the core closes the watch, or {@code RECONNECTED}, upon which
 * it calls {@link IsrWatch#reread()}. Until then what was missed may stay unreported. Where a call of the core was lost
 * with the connection, the core closes the watch and opens another one in the same session.
 */
@Evolving(since = "1.0")
public interface IsrWatcher extends ExtensionPoint {
    /**
     * Begins to watch, with nothing added yet.
     *
     * @param zk reads through the controller's session, which lives longer than the watch
     * @param reports takes what was read, on any thread, and returns at once. Reports may come twice, and one that is
     *     older than another, or than the result of {@link IsrWatch#add}, may come later: compare versions. What was
     *     added is reported after each change that lasts; changes in between may be left out.
     */
    IsrWatch open(ZkReader zk, Consumer<IsrReport> reports);

    /**
     * Whether it calls {@link ZkReader#watchRecursively}, which servers before 3.6 do not know; such servers are refused
     * before it is opened. The default: it does not.
     */
    default boolean watchesRecursively() {
        return false;
    }

    /** A running watch. Calls come from one thread and do not block. */
    interface IsrWatch extends AutoCloseable {
        /**
         * Watches these partitions too: arms first, then reads. The stage completes when all are armed and read, so
         * that a change made after it cannot be missed, and a change that is not in what it returns is reported. It
         * fails with {@link org.reassign.api.zk.ZkException}. Adding what was added reads it again and does no harm.
         *
         * @return each of these partitions, and no other, with its {@code state} znode as read after this call; empty
         *     where there is none. This is not reported as well.
         */
        CompletionStage<SortedMap<TopicPartition, Optional<ZkNode>>> add(Collection<TopicPartition> partitions);

        /**
         * Reports these no longer and takes back the watches that only they need; a report on its way may still come.
         */
        void remove(Collection<TopicPartition> partitions);

        /**
         * The connection was lost and is back, or the core has made the parent of the notifications again: arms what is
         * not armed, reads and reports all that were added, and reads the notifications again. Harmless where nothing was
         * lost; what was reported may be reported again.
         */
        void reread();

        /**
         * A broker died or restarted. A watcher that depends on brokers' notifications reads and reports all that were
         * added, since a leader may die between its ISR write and its notification; others do nothing.
         */
        void brokersChanged();

        /**
         * The core is about to write {@code state} of these, some of which may not be added. A watcher may use it not to read
         * back what the core writes; the default does nothing. {@link #written} follows, before the next call of this
         * method and of {@link #add}, unless the connection is lost or leadership is, and the watch is closed.
         */
        default void writing(Collection<TopicPartition> partitions) {}

        /**
         * The writes that {@link #writing} has told of are over: of these partitions one write was done, which needs no
         * report. What others have written to them before or after it, or to those that were not written, is reported as
         * ever.
         *
         * @param partitions some or all of those that {@code writing} has named, and no other; none that is doubtful.
         *     ZooKeeper has answered that {@code state} of each was written, exactly once since then, in the session of the
         *     reader that the watcher was {@linkplain IsrWatcher#open opened} with. So a watch that has stood since then gets
         *     one event of it, before this call or after it
         */
        default void written(Collection<TopicPartition> partitions) {}

        /** Watches and reports nothing any more; one-shot watches are taken back. */
        @Override
        void close();
    }

    /**
     * The states that a watcher has read. An empty report says that {@code /isr_change_notification} is missing; the
     * core makes it again, and calls {@link IsrWatch#reread()} then: below it, names begin again. Where another client
     * deletes and makes it between two listings, a notification may be taken for one that was read.
     *
     * @param states partition to its {@code state} znode; empty where there is none
     * @param notifications paths under {@code /isr_change_notification} whose states have been read and which the core
     *     is now to delete
     */
    record IsrReport(SortedMap<TopicPartition, Optional<ZkNode>> states, List<String> notifications) {}
    /** Whether reports name notifications; if not, the core sweeps {@code /isr_change_notification} itself. */
    boolean readsNotifications();
}
