package org.reassign.cli.client;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.reassign.api.client.ControllerStatus;
import org.reassign.api.client.ReassignmentClient;
import org.reassign.api.model.TopicPartition;
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
 * @param disks asks brokers, where it can
 */
public record OpenClient(
        ReassignmentClient client, PluginHost host, String address, ZkSessions sessions, DiskReader disks)
        implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

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

    /** What the brokers concerned tell of these; nothing where clients cannot ask them. */
    DiskSnapshot look(Collection<CopyJob> jobs) {
        Map<Integer, Set<TopicPartition>> wanted = CopyJob.wanted(jobs);
        return wanted.isEmpty() || !disks.isOpen(this)
                ? DiskSnapshot.NONE
                : soon(client.brokers()).map(live -> disks.read(live, wanted)).orElse(DiskSnapshot.NONE);
    }

    /** A result that a command can do without: empty while ZooKeeper does not answer. */
    <T> Optional<T> soon(CompletableFuture<T> future) {
        try {
            return Optional.of(future.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ZkException) {
                return Optional.empty();
            }
            throw failure(e.getCause());
        }
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
        disks.close();
        client.close();
        host.close();
    }
}
