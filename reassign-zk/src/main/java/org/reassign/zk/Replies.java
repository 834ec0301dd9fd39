package org.reassign.zk;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkStat;

/** What ZooKeeper's client answered in the port's terms. */
final class Replies {
    private static final int OK = KeeperException.Code.OK.intValue();
    private static final int NO_NODE = KeeperException.Code.NONODE.intValue();

    private Replies() {}

    /** Data that ZooKeeper's client does not take in come as a success without metadata, and the connection breaks. */
    static void completeRead(
            CompletableFuture<Optional<ZkNode>> answer, int code, String path, byte[] data, Stat stat) {
        if (code == OK && stat == null) {
            String mend =
                    ", which holds more than ZooKeeper's client takes in; make it smaller, or start with a larger "
                            + "zookeeper.jute.maxbuffer.extrasize";
            answer.completeExceptionally(new ZkException(Code.TOO_LARGE, path + mend, 0));
            return;
        }
        complete(answer, code, path, code == OK ? new ZkNode(data == null ? new byte[0] : data, stat(stat)) : null);
    }

    static <T> void complete(CompletableFuture<Optional<T>> answer, int code, String path, T value) {
        if (code == OK || code == NO_NODE) {
            answer.complete(Optional.ofNullable(code == OK ? value : null));
            return;
        }
        answer.completeExceptionally(KeeperFailure.of(code, path));
    }

    static ZkStat stat(Stat stat) {
        return new ZkStat(
                stat.getCzxid(),
                stat.getMzxid(),
                stat.getMtime(),
                stat.getVersion(),
                stat.getNumChildren(),
                stat.getEphemeralOwner() != 0);
    }
}
