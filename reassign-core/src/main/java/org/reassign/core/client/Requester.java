package org.reassign.core.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.RequestSubmission;
import org.reassign.api.spi.RequestSubmission.Piece;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkSnapshot;

/** Hands in requests through one channel. May be used from any thread; nothing blocks. */
public final class Requester {
    /** How often another writer may come first before we give up. */
    private static final int ATTEMPTS = 20;

    private final ZkPort zk;
    private final Optional<RequestSubmission> submission;

    /** A requester with its own session. */
    public Requester(ZkPort zk, RequestChannel channel) {
        this.zk = zk;
        this.submission = channel.submission();
    }

    /**
     * Writes a request, in as many pieces as the channel splits it into, one after the other. Where another requester
     * comes first, it is read and written again, except for the pieces that are written already.
     *
     * @return the last path segments of the znodes written, such as {@code request_0000000003}; fails with {@link
     *     IllegalArgumentException} where the channel cannot carry the request and with {@link ZkException} where it
     *     cannot be written; pieces written before stay
     */
    public CompletionStage<List<String>> submit(ReassignmentRequest request) {
        return submission
                .map(way -> attempt(new Unwritten(way, request), ATTEMPTS))
                .orElseGet(() -> CompletableFuture.failedStage(new IllegalArgumentException(
                        "the request channel is read only; hand the request in through another one")));
    }

    /** What is not written yet of a request, and the ids of what is. */
    private static final class Unwritten {
        private final RequestSubmission way;
        private final List<String> ids = new ArrayList<>();
        private ReassignmentRequest left;

        Unwritten(RequestSubmission way, ReassignmentRequest request) {
            this.way = way;
            this.left = request;
        }

        void written(Piece piece, ZkResult last) {
            SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>(left.targets());
            targets.keySet().removeAll(piece.asked().targets().keySet());
            left = new ReassignmentRequest(targets, left.requester(), left.reason());
            ids.add(last.path().substring(last.path().lastIndexOf('/') + 1));
        }
    }

    private CompletionStage<List<String>> attempt(Unwritten request, int attempts) {
        return stored(request.way.reads(request.left))
                .thenCompose(stored -> write(request.way.transactions(request.left, stored), 0, request))
                .handle((ids, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedStage(ids);
                    }
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    return attempts > 1 && isRace(cause)
                            ? attempt(request, attempts - 1)
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

    private CompletionStage<List<String>> write(List<Piece> pieces, int next, Unwritten request) {
        if (next == pieces.size()) {
            return CompletableFuture.completedStage(List.copyOf(request.ids));
        }
        Piece piece = pieces.get(next);
        return zk.commit(piece.writes()).thenCompose(results -> {
            request.written(piece, results.get(results.size() - 1));
            return write(pieces, next + 1, request);
        });
    }
}
