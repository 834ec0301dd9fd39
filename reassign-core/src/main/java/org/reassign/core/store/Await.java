package org.reassign.core.store;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.reassign.api.zk.ZkException;

/** Waits for a port's answer on the controller's thread; in virtual time the answer is complete already. */
public final class Await {
    private static final long TIMEOUT_SECONDS = 60;

    private Await() {}

    /** The answer; throws the port's {@link ZkException}, and {@link LeadershipLost} if none comes in time. */
    public static <T> T done(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new LeadershipLost("ZooKeeper has not answered for " + TIMEOUT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LeadershipLost("the controller was interrupted", e);
        }
    }
}
