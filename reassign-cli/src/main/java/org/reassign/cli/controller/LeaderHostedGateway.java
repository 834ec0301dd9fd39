package org.reassign.cli.controller;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.BrokerGateway.LabGateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.core.store.LeadershipLost;

/**
 * A gateway whose brokers run in the process that leads, and only while it does: they are started when the office is won
 * and ended when it is lost. So each of several processes can command them once it leads, and {@code kill -9} of the one
 * that leads ends its brokers, which its successor starts again.
 */
final class LeaderHostedGateway implements Gateway, ControllerEvents.Office {
    /** Shorter than the controller's watchdog is patient. */
    static final Duration START_LIMIT = Duration.ofSeconds(40);

    private static final String STOPPING = "the process is to end";

    private final Supplier<LabGateway> gateways;
    private final ClusterStart cluster;
    private final Duration startLimit;
    private final ProcessEnd end;
    private final ExecutorService starter = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "cluster");
        made.setDaemon(true);
        return made;
    });
    private Optional<Hosted> hosted = Optional.empty();
    private boolean stopping;

    /** The brokers of one time in office. */
    private record Hosted(LabGateway gateway, CompletableFuture<LabGateway> started) {}

    /**
     * No broker runs yet; each gateway that is opened has brokers and disks of its own.
     *
     * @param startLimit how long the office is kept while brokers start
     */
    LeaderHostedGateway(Supplier<LabGateway> gateways, ClusterStart cluster, Duration startLimit, ProcessEnd end) {
        this.gateways = gateways;
        this.cluster = cluster;
        this.startLimit = startLimit;
        this.end = end;
    }

    /** Blocks until the brokers are registered: a request for brokers that are not would be refused. */
    @Override
    public void begins() {
        try {
            var unused = begun().get(startLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new LeadershipLost(
                    "the brokers of " + cluster.name() + " were not started within " + startLimit.toSeconds()
                            + " s after the office was won",
                    e);
        } catch (ExecutionException e) {
            throw new LeadershipLost(
                    "the brokers of " + cluster.name() + " were not started: "
                            + e.getCause().getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LeadershipLost("interrupted while the brokers of " + cluster.name() + " were started", e);
        }
    }

    private synchronized CompletableFuture<LabGateway> begun() {
        if (stopping) {
            return CompletableFuture.failedFuture(new IllegalStateException(STOPPING));
        }
        Hosted begun = new Hosted(gateways.get(), new CompletableFuture<>());
        hosted = Optional.of(begun);
        starter.execute(() -> start(begun));
        return begun.started().copy();
    }

    private void start(Hosted begun) {
        try {
            if (cluster.start(begun.gateway().lab(), () -> isStarting(begun))) {
                begun.started().complete(begun.gateway());
            }
        } catch (RuntimeException e) {
            begun.started().completeExceptionally(e);
            if (isHosted(begun)) {
                end.failed(e);
            }
        }
    }

    private static boolean isPending(Hosted which) {
        return !which.started().isDone();
    }

    private boolean isStarting(Hosted which) {
        return isHosted(which) && isPending(which);
    }

    private synchronized boolean isHosted(Hosted which) {
        return hosted.filter(which::equals).isPresent();
    }

    /** Brokers that run go on until the office is handed back. */
    @Override
    public synchronized void stopping() {
        stopping = true;
        hosted.filter(LeaderHostedGateway::isPending)
                .ifPresent(now -> now.started().completeExceptionally(new IllegalStateException(STOPPING)));
    }

    @Override
    public synchronized void ends() {
        hosted.ifPresent(now -> {
            now.started().completeExceptionally(new IllegalStateException("the brokers end with the office"));
            now.gateway().close();
        });
        hosted = Optional.empty();
    }

    /** Brokers that are not of the cluster cannot be commanded. */
    @Override
    public CompletionStage<Optional<String>> check(List<Broker> brokers) {
        SortedSet<Integer> others = new TreeSet<>();
        brokers.stream().map(Broker::id).filter(id -> !cluster.hasBroker(id)).forEach(others::add);
        return CompletableFuture.completedFuture(
                others.isEmpty() ? Optional.empty() : Optional.of(cluster.refusal(others)));
    }

    /** Waits until the brokers are started. */
    @Override
    public CompletionStage<BrokerReply> send(Broker to, BrokerRequest request) {
        CompletableFuture<LabGateway> started;
        synchronized (this) {
            started = hosted.map(Hosted::started)
                    .orElseGet(() -> CompletableFuture.failedFuture(
                            new IllegalStateException("this process does not lead, and has no brokers")));
        }
        return started.thenCompose(gateway -> gateway.send(to, request));
    }

    @Override
    public void close() {
        ends();
        starter.shutdownNow();
    }
}
