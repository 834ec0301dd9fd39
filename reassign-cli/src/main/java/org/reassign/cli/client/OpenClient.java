package org.reassign.cli.client;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.reassign.api.client.ControllerStatus;
import org.reassign.api.client.ReassignmentClient;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkSessions;
import org.reassign.cli.InterruptedRun;
import org.reassign.cli.OutOfReachException;
import org.reassign.cli.UsageException;
import org.reassign.core.plugin.PluginHost;

/**
 * A client, and what ends with it.
 *
 * @param client the client
 * @param host where its plugins are from
 * @param address the ZooKeeper, as the user has written it
 * @param sessions opens sessions with it
 */
public record OpenClient(ReassignmentClient client, PluginHost host, String address, ZkSessions sessions)
        implements AutoCloseable {
    /** Waits for a result; failures are thrown as the user is to see them. */
    public <T> T result(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    static InterruptedRun interrupted(InterruptedException e) {
        return new InterruptedRun(
                "interrupted; what was submitted goes on, and list, describe or verify show how it stands", e);
    }

    /** A failure as the user is to see it. */
    RuntimeException failure(Throwable cause) {
        if (cause instanceof IllegalArgumentException refused) {
            return new UsageException(refused.getMessage(), refused);
        }
        if (cause instanceof ZkException zk
                && (zk.code() == ZkException.Code.CONNECTION_LOSS || zk.code() == ZkException.Code.SESSION_EXPIRED)) {
            return new OutOfReachException(
                    "the connection to ZooKeeper at " + address + " was lost (" + zk.getMessage()
                            + "); check that it runs and try again",
                    zk);
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    /** What a user should know who submits now: why nothing may happen yet; empty where a controller of ours leads. */
    Optional<String> whyNothingHappens(ControllerStatus controller) {
        return switch (controller.leader()) {
            case REASSIGN -> Optional.empty();
            case NONE ->
                Optional.of("no controller leads at " + address
                        + ", so nothing happens yet; the request stays stored until" + " one does");
            case KAFKA ->
                Optional.of("broker " + controller.id().orElse(-1) + " leads at " + address
                        + " with Kafka's own controller;"
                        + " the request waits until a controller of Reassign that stands by takes the office");
        };
    }

    @Override
    public void close() {
        client.close();
        host.close();
    }
}
