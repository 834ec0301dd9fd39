package org.reassign.api.zk;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.reassign.api.Evolving;

/**
 * Reads and watches through one session with ZooKeeper, and cannot change, end or observe the session: what a plugin
 * gets that only reads.
 *
 * <p>All calls return at once and may be made from any thread. Calls of one session take effect in the order in which
 * they are made, also when many are outstanding; a call that fails does not stop those behind it. A stage completes on
 * a thread of the port's choosing, which must not be blocked, or before the call returns; it fails with {@link
 * ZkException} and nothing else. Watches are called one at a time, in the order of the changes, and must not block
 * either. The same watch (by {@code equals}) registered twice for the same thing at the same path is called once.
 *
 * <p>The size of a reply is not known before it comes: names may add up, and other clients may write to a server with a
 * larger limit. Replies up to {@link #MAX_REPLY_BYTES} are read. A larger one breaks the connection: the read fails
 * with {@link ZkException.Code#TOO_LARGE} or {@link ZkException.Code#CONNECTION_LOSS}, and the other outstanding calls
 * with the latter; the session, its ephemeral znodes and its other watches live on, and later calls work when the
 * connection is back.
 */
@Evolving(since = "1.0")
public interface ZkReader {
    /** The largest reply to a read in bytes, header included. */
    int MAX_REPLY_BYTES = 64 << 20;

    /** Reads a znode; empty where there is none. */
    CompletionStage<Optional<ZkNode>> getData(String path);

    /**
     * Reads a znode and leaves a one-shot watch, which fires at its next creation, change or deletion, whether it
     * exists now or not. Changes between the event and the next call that watches are not reported.
     */
    CompletionStage<Optional<ZkNode>> getData(String path, Consumer<ZkEvent> watch);

    /** The names of a znode's children in no particular order; empty where the znode does not exist. */
    CompletionStage<Optional<List<String>>> getChildren(String path);

    /**
     * The names of a znode's children, with a one-shot watch that fires when a child comes or goes or the znode itself
     * is deleted. Where the znode does not exist there is no watch.
     */
    CompletionStage<Optional<List<String>>> getChildren(String path, Consumer<ZkEvent> watch);

    /** Metadata of a znode; empty where there is none. */
    CompletionStage<Optional<ZkStat>> exists(String path);

    /**
     * Watches a path and all below it until the port is closed or the session lost; after that it must be added again
     * and everything be read again. Needs ZooKeeper 3.6 or later, else fails with {@link
     * ZkException.Code#UNSUPPORTED}.
     */
    CompletionStage<Void> watchRecursively(String path, Consumer<ZkEvent> watch);

    /**
     * Takes back the one-shot watches, of data and of children, that this watch (by {@code equals}) has at this path,
     * also those of calls that are not answered yet. An event from before this call may still arrive. Other watches at
     * the path stay, as does a recursive one; where there is none to take back nothing happens.
     *
     * <p>Completes when the server has forgotten the watch, so that it costs nothing any more. The server keeps it, and
     * its event is dropped here, where another one-shot watch of the session needs it, where a recursive watch lies at
     * the same path (servers before 3.9 would remove that one, too), and where the server is older than 3.5 and cannot
     * remove watches: such a server breaks the connection at the first attempt, after which it is not asked again. A
     * broken connection is no failure, since a watch that was taken back is not registered again.
     */
    CompletionStage<Void> unwatch(String path, Consumer<ZkEvent> watch);
}
