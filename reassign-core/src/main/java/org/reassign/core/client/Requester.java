package org.reassign.core.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;

/** Hands in requests through one channel. May be used from any thread; nothing blocks. */
public final class Requester {
    /** How often another writer may come first before we give up. */
    private static final int ATTEMPTS = 20;

    private final ZkPort zk;
    private final RequestChannel channel;

    /** A requester with its own session. */
    public Requester(ZkPort zk, RequestChannel channel) {
        this.zk = zk;
        this.channel = channel;
    }

    /**
     * Writes a request, in as many pieces as the channel splits it into, one after the other.
     *
     * @return the last path segments of the znodes written, such as {@code request_0000000003}; fails with {@link
     *     IllegalArgumentException} where the channel cannot carry the request and with {@link ZkException} where it
     *     cannot be written; pieces written before stay
     */
    public CompletionStage<List<String>> submit(ReassignmentRequest request) {
        return attempt(request, ATTEMPTS);
    }

    private CompletionStage<List<String>> attempt(ReassignmentRequest request, int left) {
        return stored(channel.submissionReads(request))
                .thenCompose(stored -> write(channel.submission(request, stored), 0, new ArrayList<>()))
                .handle((ids, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedStage(ids);
                    }
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    return left > 1 && isRace(cause)
                            ? attempt(request, left - 1)
                            : CompletableFuture.<List<String>>failedStage(cause);
                })
                .thenCompose(stage -> stage);
    }

    private static boolean isRace(Throwable failure) {
        return failure instanceof ZkException e
                && (e.code() == ZkException.Code.BAD_VERSION
                        || e.code() == ZkException.Code.NODE_EXISTS
                        || e.code() == ZkException.Code.NO_NODE);
    }

    private CompletionStage<ZkSnapshot> stored(List<String> paths) {
        CompletionStage<SortedMap<String, ZkNode>> read = CompletableFuture.completedStage(new TreeMap<>());
        for (String path : paths) {
            read = read.thenCombine(zk.getData(path), (nodes, node) -> with(nodes, path, node));
        }
        return read.thenApply(ZkSnapshot::new);
    }

    private static SortedMap<String, ZkNode> with(SortedMap<String, ZkNode> nodes, String path, Optional<ZkNode> node) {
        node.ifPresent(found -> nodes.put(path, found));
        return nodes;
    }

    private CompletionStage<List<String>> write(List<List<ZkWrite>> pieces, int next, List<String> ids) {
        if (next == pieces.size()) {
            return CompletableFuture.completedStage(List.copyOf(ids));
        }
        return zk.commit(pieces.get(next)).thenCompose(results -> {
            ZkResult last = results.get(results.size() - 1);
            ids.add(last.path().substring(last.path().lastIndexOf('/') + 1));
            return write(pieces, next + 1, ids);
        });
    }
}
