package org.reassign.core.client;

import java.util.List;
import java.util.stream.Stream;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Await;

/** The znodes below which requests of a channel lie. A controller makes them; where none has led yet, the requester does. */
final class RequestRoots {
    private RequestRoots() {}

    static void make(ZkPort zk, ReconnectingCalls calls, RequestChannel channel) {
        Stream.concat(channel.watches().stream(), channel.values().stream())
                .filter(pattern -> pattern.depth() > 0)
                .map(PathPattern::root)
                .forEach(root -> make(zk, calls, root));
    }

    private static void make(ZkPort zk, ReconnectingCalls calls, String path) {
        if (path.isEmpty() || Await.done(calls.perform(() -> zk.exists(path))).isPresent()) {
            return;
        }
        make(zk, calls, path.substring(0, path.lastIndexOf('/')));
        try {
            var unused = Await.done(calls.perform(() -> zk.commit(List.of(ZkWrite.create(path, "")))));
        } catch (ZkException e) {
            if (e.code() != Code.NODE_EXISTS) {
                throw e;
            } // another client was faster, or the answer was lost
        }
    }
}
