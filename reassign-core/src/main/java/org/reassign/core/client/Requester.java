package org.reassign.core.client;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.RequestSubmission;
import org.reassign.api.zk.ZkPort;

/** Submits requests through one channel. May be used from any thread; nothing blocks. */
public final class Requester {
    private final ZkPort zk;
    private final ReconnectingCalls calls;
    private final Optional<RequestSubmission> way;
    private final Supplier<UUID> submissionIds;

    /** A requester with its own session and random submission ids. */
    public Requester(ZkPort zk, RequestChannel channel) {
        this(zk, channel, UUID::randomUUID);
    }

    /** A requester with its own session; {@code submissionIds} gives each submission an id that no other one has. */
    public Requester(ZkPort zk, RequestChannel channel, Supplier<UUID> submissionIds) {
        this.zk = zk;
        this.calls = new ReconnectingCalls(zk);
        this.way = channel.submission();
        this.submissionIds = submissionIds;
    }

    /**
     * Writes a request, in as many pieces as the channel splits it into, one after the other, each exactly once. Where
     * another requester comes first, it reads and writes again what it has not written yet. Where the connection breaks,
     * it waits until the session is connected again, and writes only what turns out not to be written. It waits no longer
     * than the session lives.
     *
     * @return the last path segments of the znodes written, such as {@code request_0000000003}; of a request that was
     *     settled before its lost answer could be made up for, the submission's id instead. Fails with {@link
     *     IllegalArgumentException} where the channel cannot carry the request, with {@link
     *     org.reassign.api.zk.ZkException} where it cannot be written, and with {@link UnansweredSubmissionException}
     *     where the session was lost during a write; pieces written before stay
     */
    public CompletionStage<List<String>> submit(ReassignmentRequest request) {
        return submit(request, (piece, id) -> {});
    }

    /** The same; {@code written} is told of each piece and the id of its request once it is written, also if the next one fails. */
    CompletionStage<List<String>> submit(ReassignmentRequest request, BiConsumer<ReassignmentRequest, String> written) {
        if (way.isEmpty()) {
            return CompletableFuture.failedStage(new IllegalArgumentException(
                    "the request channel is read only; submit the request through another one"));
        }
        String id = submissionIds.get().toString();
        return new Submission(zk, calls, way.get(), request.submittedAs(id), id, written).perform();
    }
}
