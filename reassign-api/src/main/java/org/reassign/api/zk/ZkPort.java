package org.reassign.api.zk;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.reassign.api.Evolving;

/**
 * One session with ZooKeeper, as one actor sees it: the reads of {@link ZkReader}, writes, and the session itself.
 * Threads, order and failures of the calls are as described there.
 *
 * <p>Nothing may be written that is larger than {@link #MAX_BYTES}: ZooKeeper breaks the connection then, not only the
 * call (jute.maxbuffer). The port refuses writes whose request or reply would be over the limit itself with {@link
 * ZkException.Code#TOO_LARGE}, before they are sent and without effect, and with them data that others could not read
 * again: more than {@code MAX_BYTES - 88} bytes.
 */
@Evolving(since = "1.0")
public interface ZkPort extends ZkReader, AutoCloseable {
    /** The largest write or transaction in bytes, and its reply, header included: jute.maxbuffer by default. */
    int MAX_BYTES = 1_048_575;

    /**
     * Performs writes as one transaction: all or none. Returns one result per write, in order. Fails with a {@link
     * ZkException} whose {@code index} names the first write that could not be done. A single write travels as a plain
     * operation, not as a transaction.
     */
    CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes);

    /**
     * Registers a listener for the fate of the session. After {@link SessionEvent#LOST} every call fails with {@link
     * ZkException.Code#SESSION_EXPIRED}, ephemeral znodes and watches are gone, and a new port must be opened. After
     * {@link SessionEvent#RECONNECTED} the watches remain, but changes in between may have come as one event.
     */
    void onSession(Consumer<SessionEvent> listener);

    /** Ends the session: ephemeral znodes and watches go. Repeated calls do nothing. */
    @Override
    void close();

    /** The events of a session. */
    enum SessionEvent {
        /** The connection is broken; the session may live on. */
        SUSPENDED,
        /** The connection is back and the session is the same. */
        RECONNECTED,
        /** The session has expired or was closed. */
        LOST
    }
}
