package org.reassign.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.Placement;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.zk.EmbeddedZooKeeper;

/**
 * Real brokers with a ZooKeeper of their own, on which runs are played one after another. Brokers cannot change their
 * chroot, so the runs share one, and each is cleared away before the next: the brokers' own controller, which has the
 * office between runs, deletes the topics, and then the roots of ours are deleted, so that every run makes them.
 */
final class SharedBrokers implements AutoCloseable {
    private static final int DELETION_SECONDS = 120;
    private static final List<String> ROOTS = List.of(
            "/reassign",
            "/admin/reassignment_requests",
            "/admin/reassignment_refusals",
            "/admin/reassignment_targets",
            "/admin/reassignment_deletes");

    private final EmbeddedZooKeeper zooKeeper;
    private final RealTimers timers;
    private final BrokerGateway.LabGateway gateway;

    private SharedBrokers(EmbeddedZooKeeper zooKeeper, RealTimers timers, BrokerGateway.LabGateway gateway) {
        this.zooKeeper = zooKeeper;
        this.timers = timers;
        this.gateway = gateway;
    }

    /** No broker runs yet; the first run starts those that it needs. Where that fails, nothing stays open. */
    static SharedBrokers open(BrokerGateway plugin, Consumer<String> notes) {
        EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start();
        RealTimers timers =
                new RealTimers("brokers", failure -> notes.accept("a task of the gateway failed: " + failure));
        try {
            BrokerGateway.Site site =
                    new BrokerGateway.Site(Optional.of(zooKeeper.address()), true, Home.cache(), notes);
            BrokerGateway.Gateway gateway = plugin.open(new BrokerGateway.Context(zooKeeper.sessions(), timers, site));
            return new SharedBrokers(zooKeeper, timers, (BrokerGateway.LabGateway) gateway);
        } catch (RuntimeException | Error e) {
            try (zooKeeper) {
                timers.close();
            }
            throw e;
        }
    }

    /** What a run is played on; closing it ends nothing. */
    Backend backend() {
        return new Backend(
                zooKeeper.sessions(),
                Optional.of(zooKeeper.address()),
                false,
                Optional.of(zooKeeper),
                Optional.of(new Kept(gateway)),
                () -> {});
    }

    /**
     * Removes what a settled run has left.
     *
     * @param layouts where it may have had records
     * @return why something is still there; empty where nothing is
     */
    Optional<String> clear(List<Placement> layouts) {
        try (ZkPort zk = zooKeeper.sessions().open("observer")) {
            done(gateway.lab().releaseAll());
            List<CompletableFuture<Void>> deletions = new ArrayList<>();
            for (String topic : done(zk.getChildren("/brokers/topics")).orElse(List.of())) {
                deletions.add(gateway.lab().deleteTopic(topic).toCompletableFuture());
            }
            done(CompletableFuture.allOf(deletions.toArray(CompletableFuture[]::new)));
            Stream.concat(ROOTS.stream(), layouts.stream().flatMap(layout -> layout.recordRoot().stream()))
                    .distinct()
                    .forEach(root -> remove(zk, root));
            return Optional.empty();
        } catch (IllegalStateException | IllegalArgumentException | ZkException e) {
            InterruptedRun.throwIfInterrupted();
            return Optional.of(e.getMessage());
        }
    }

    private static void remove(ZkPort zk, String path) {
        done(zk.getChildren(path)).ifPresent(children -> {
            children.forEach(child -> remove(zk, path + "/" + child));
            var unused = done(zk.commit(List.of(ZkWrite.delete(path, ZkWrite.ANY_VERSION))));
        });
    }

    private static <T> T done(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(DELETION_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new InterruptedRun(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the topics of a run were not deleted within " + DELETION_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e.getCause());
        }
    }

    @Override
    public void close() {
        try (zooKeeper;
                timers) {
            gateway.close();
        }
    }

    /** The gateway of these brokers, which a run does not close. */
    private record Kept(BrokerGateway.LabGateway open) implements BrokerGateway.LabGateway {
        @Override
        public CompletionStage<Optional<String>> check(List<Broker> brokers) {
            return open.check(brokers);
        }

        @Override
        public BrokerGateway.Office office() {
            return open.office();
        }

        @Override
        public CompletionStage<BrokerReply> send(Broker to, BrokerRequest request) {
            return open.send(to, request);
        }

        @Override
        public Lab lab() {
            return open.lab();
        }

        @Override
        public void close() {
            // it ends with the comparison
        }
    }
}
