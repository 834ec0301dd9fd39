package org.reassign.plugin.kafkabrokers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;

/** Requests to one broker, each sent after the answer to the one before, and the result of their answers. */
final class Exchange<T> {
    /** What is asked. May throw {@link GatewayException}, which fails the exchange. */
    interface Content<T> {
        /** The requests, in order. */
        List<AbstractRequest.Builder<?>> requests(Peer peer);

        /** The result of the answers, one per request. */
        T result(Peer peer, List<AbstractResponse> answers);
    }

    private final Content<T> content;
    private final long deadline;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Deque<AbstractRequest.Builder<?>> unsent = new ArrayDeque<>();
    private final List<AbstractResponse> answers = new ArrayList<>();

    Exchange(Content<T> content, long deadline) {
        this.content = content;
        this.deadline = deadline;
    }

    CompletionStage<T> result() {
        return result;
    }

    /** Milliseconds of the clock by which it must be done. */
    long deadline() {
        return deadline;
    }

    void begin(Peer peer) {
        unsent.clear();
        unsent.addAll(content.requests(peer));
    }

    /** The next request to send; empty once all are sent. */
    Optional<AbstractRequest.Builder<?>> next() {
        return Optional.ofNullable(unsent.poll());
    }

    void answered(AbstractResponse answer) {
        answers.add(answer);
    }

    void complete(Peer peer) {
        try {
            result.complete(content.result(peer, answers));
        } catch (GatewayException e) {
            result.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(
                    GatewayException.lasting(peer + " has given an answer that cannot be understood: " + e, e));
        }
    }

    void fail(GatewayException cause) {
        result.completeExceptionally(cause);
    }

    /** Whether nothing of it has been answered. */
    boolean isUnanswered() {
        return answers.isEmpty();
    }
}
