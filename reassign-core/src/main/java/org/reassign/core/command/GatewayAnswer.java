package org.reassign.core.command;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.reassign.api.spi.Timers;

/** What a gateway answers, by a deadline of the core's own. */
public final class GatewayAnswer {
    private GatewayAnswer() {}

    /** The same answer or failure; fails with a {@link TimeoutException} of this sentence where none has come in time. */
    public static <T> CompletableFuture<T> within(
            Duration limit, Timers timers, String late, CompletionStage<T> answer) {
        CompletableFuture<T> first = new CompletableFuture<>();
        answer.whenComplete((value, failure) -> {
            if (failure == null) {
                first.complete(value);
            } else {
                first.completeExceptionally(failure);
            }
        });
        if (!first.isDone()) {
            timers.after(limit, () -> first.completeExceptionally(new TimeoutException(late)));
        }
        return first;
    }

    /** Why a gateway has failed, in words. */
    public static String text(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
