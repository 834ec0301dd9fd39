package org.reassign.core.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestSubmission;
import org.reassign.api.spi.RequestSubmission.Piece;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;

/** Writes one request: what is written of it, and what is left. Its calls follow one another. */
final class Submission {
    /** How often another writer may come first before we give up. */
    private static final int ATTEMPTS = 20;

    private final ZkPort zk;
    private final ReconnectingCalls calls;
    private final RequestSubmission way;
    private final String id;
    private final SubmissionMarker marker;
    private final BiConsumer<ReassignmentRequest, String> told;
    private final List<String> written = new ArrayList<>();
    private ReassignmentRequest left;

    Submission(
            ZkPort zk,
            ReconnectingCalls calls,
            RequestSubmission way,
            ReassignmentRequest request,
            String id,
            BiConsumer<ReassignmentRequest, String> told) {
        this.zk = zk;
        this.calls = calls;
        this.way = way;
        this.left = request;
        this.id = id;
        this.told = told;
        this.marker = new SubmissionMarker(id);
    }

    /** See {@link Requester#submit}. */
    CompletionStage<List<String>> perform() {
        return attempt(ATTEMPTS)
                .handle((done, failure) -> withoutMarker()
                        .thenCompose(gone -> failure == null
                                ? CompletableFuture.completedStage(List.copyOf(written))
                                : CompletableFuture.<List<String>>failedStage(ReconnectingCalls.cause(failure))))
                .thenCompose(Function.identity());
    }

    private CompletionStage<Void> attempt(int attempts) {
        return stored(way.reads(left))
                .thenCompose(stored -> write(way.transactions(left, stored).iterator()))
                .handle((done, failure) -> {
                    Throwable cause = ReconnectingCalls.cause(failure);
                    if (cause == null) {
                        return CompletableFuture.<Void>completedStage(null);
                    }
                    return attempts > 1 && isRace(cause)
                            ? attempt(attempts - 1)
                            : CompletableFuture.<Void>failedStage(cause);
                })
                .thenCompose(Function.identity());
    }

    private static boolean isRace(Throwable failure) {
        return failure instanceof ZkException e
                && (e.code() == Code.BAD_VERSION || e.code() == Code.NODE_EXISTS || e.code() == Code.NO_NODE);
    }

    private CompletionStage<ZkSnapshot> stored(List<String> paths) {
        CompletionStage<SortedMap<String, ZkNode>> read = CompletableFuture.completedStage(new TreeMap<>());
        for (String path : paths) {
            read = read.thenCombine(calls.perform(() -> zk.getData(path)), (nodes, node) -> with(nodes, path, node));
        }
        return read.thenApply(ZkSnapshot::new);
    }

    private static SortedMap<String, ZkNode> with(SortedMap<String, ZkNode> nodes, String path, Optional<ZkNode> node) {
        node.ifPresent(found -> nodes.put(path, found));
        return nodes;
    }

    private CompletionStage<Void> write(Iterator<Piece> pieces) {
        if (!pieces.hasNext()) {
            return CompletableFuture.completedStage(null);
        }
        Piece piece = pieces.next();
        return requestOf(piece).thenCompose(request -> {
            written(piece, request);
            return write(pieces);
        });
    }

    /** Writes a piece, unless it is written already; the id of its request. */
    private CompletionStage<String> requestOf(Piece piece) {
        List<ZkWrite> writes = marker.with(piece.writes());
        return calls.perform(() -> zk.commit(writes))
                .handle((results, failure) -> {
                    Throwable cause = ReconnectingCalls.cause(failure);
                    if (cause == null) {
                        return CompletableFuture.completedStage(
                                name(results.get(results.size() - 1).path()));
                    }
                    if (marker.saysWritten(cause)) {
                        return found(writes.get(writes.size() - 1)).exceptionally(unknown -> id);
                    }
                    return CompletableFuture.<String>failedStage(
                            isRace(cause) || !isUnanswered(cause)
                                    ? cause
                                    : new UnansweredSubmissionException(id, cause));
                })
                .thenCompose(Function.identity());
    }

    private static boolean isUnanswered(Throwable failure) {
        return ReconnectingCalls.is(failure, Code.SESSION_EXPIRED)
                || ReconnectingCalls.is(failure, Code.CONNECTION_LOSS);
    }

    private void written(Piece piece, String request) {
        SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>(left.targets());
        targets.keySet().removeAll(piece.asked().targets().keySet());
        left = left.asking(targets);
        marker.written();
        written.add(request);
        told.accept(piece.asked(), request);
    }

    /** The id of a request that is written; one with a number is the znode that came with the marker. */
    private CompletionStage<String> found(ZkWrite request) {
        boolean numbered =
                request instanceof ZkWrite.Create create && create.mode() == ZkWrite.Mode.PERSISTENT_SEQUENTIAL;
        if (!numbered) {
            return CompletableFuture.completedStage(name(request.path()));
        }
        String parent = request.path().substring(0, request.path().lastIndexOf('/'));
        return calls.perform(() -> zk.exists(marker.path()))
                .thenCompose(stat -> calls.perform(() -> zk.getChildren(parent))
                        .thenCompose(names -> found(
                                names.orElse(List.of()).stream()
                                        .filter(name -> name.startsWith(name(request.path())))
                                        .sorted(Comparator.reverseOrder())
                                        .map(name -> parent + "/" + name)
                                        .iterator(),
                                stat.map(ZkStat::mzxid).orElse(-1L))));
    }

    /** Looks from the newest on, as far as the one wanted. */
    private CompletionStage<String> found(Iterator<String> paths, long zxid) {
        if (!paths.hasNext()) {
            return CompletableFuture.completedStage(id);
        }
        String path = paths.next();
        return calls.perform(() -> zk.exists(path)).thenCompose(stat -> {
            long created = stat.map(ZkStat::czxid).orElse(Long.MAX_VALUE);
            if (created > zxid) {
                return found(paths, zxid);
            }
            return CompletableFuture.completedStage(created == zxid ? name(path) : id);
        });
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Deletes the marker, if there is one; where that fails it goes with the session. */
    private CompletionStage<Void> withoutMarker() {
        if (written.isEmpty()) {
            return CompletableFuture.completedStage(null);
        }
        return calls.perform(() -> zk.commit(List.of(ZkWrite.delete(marker.path(), ZkWrite.ANY_VERSION))))
                .handle((results, failure) -> null);
    }
}
