package org.reassign.zk;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkStat;
import org.reassign.core.packet.PacketSize;

/** What ZooKeeper's client answered in the port's terms; a reply over the limit fails its read. */
final class Replies {
    private static final int OK = KeeperException.Code.OK.intValue();
    private static final int NO_NODE = KeeperException.Code.NONODE.intValue();

    private Replies() {}

    static boolean isLawful(byte[] data) {
        return PacketSize.dataReply(data == null ? 0 : data.length) <= ZkPort.MAX_BYTES;
    }

    static boolean isLawful(List<String> names) {
        return PacketSize.childrenReply(names) <= ZkPort.MAX_BYTES;
    }

    static void completeRead(
            CompletableFuture<Optional<ZkNode>> answer, int code, String path, byte[] data, Stat stat) {
        if (code == OK && !isLawful(data)) {
            answer.completeExceptionally(new ZkException(Code.TOO_LARGE, path, 0));
            return;
        }
        complete(answer, code, path, code == OK ? new ZkNode(data == null ? new byte[0] : data, stat(stat)) : null);
    }

    static void completeList(
            CompletableFuture<Optional<List<String>>> answer, int code, String path, List<String> names) {
        if (code == OK && !isLawful(names)) {
            answer.completeExceptionally(new ZkException(Code.TOO_LARGE, path, 0));
            return;
        }
        complete(answer, code, path, names);
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
