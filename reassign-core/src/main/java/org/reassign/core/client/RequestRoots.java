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

    static void make(ZkPort zk, RequestChannel channel) {
        Stream.concat(channel.watches().stream(), channel.values().stream())
                .filter(pattern -> pattern.depth() > 0)
                .map(PathPattern::root)
                .forEach(root -> make(zk, root));
    }

    private static void make(ZkPort zk, String path) {
        if (path.isEmpty() || Await.done(zk.exists(path)).isPresent()) {
            return;
        }
        make(zk, path.substring(0, path.lastIndexOf('/')));
        try {
            var unused = Await.done(zk.commit(List.of(ZkWrite.create(path, ""))));
        } catch (ZkException e) {
            if (e.code() != Code.NODE_EXISTS) {
                throw e;
            } // another client was faster
        }
    }
}
