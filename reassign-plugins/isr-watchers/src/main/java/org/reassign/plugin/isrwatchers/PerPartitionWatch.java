package org.reassign.plugin.isrwatchers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.IsrWatcher.IsrReport;
import org.reassign.api.spi.IsrWatcher.IsrWatch;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;

/**
 * A data watch per partition. The core's thread adds and removes, the port's threads (or the core's, where a stage
 * completes before the call returns) bring events and reads; what they share is the map of what was added and each
 * one's {@link Arming}.
 *
 * <p>A read that fails leaves its partition unwatched until {@link #reread()}, {@link #add} or an older watch that still
 * stands: the core calls the first after a lost connection, the usual cause.
 */
final class PerPartitionWatch implements IsrWatch {
    private final ZkReader zk;
    private final Consumer<IsrReport> reports;
    private final ConcurrentMap<TopicPartition, Watched> added = new ConcurrentHashMap<>();

    PerPartitionWatch(ZkReader zk, Consumer<IsrReport> reports) {
        this.zk = zk;
        this.reports = reports;
    }

    @Override
    public CompletionStage<Void> add(Collection<TopicPartition> partitions) {
        List<CompletableFuture<Void>> reads = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            reads.add(added.computeIfAbsent(partition, Watched::new).armed());
        }
        return States.plain(States.all(reads));
    }

    @Override
    public void remove(Collection<TopicPartition> partitions) {
        partitions.forEach(added::remove);
    }

    @Override
    public void reread() {
        added.values().forEach(Watched::arm);
    }

    /** Nothing: a watch on {@code state} needs no broker to notify. */
    @Override
    public void brokersChanged() {}

    @Override
    public void close() {
        added.clear();
    }

    /** One partition since it was added. */
    private final class Watched {
        private final TopicPartition partition;
        private final Arming arming = new Arming();
        private volatile CompletableFuture<Void> newest = new CompletableFuture<>();

        Watched(TopicPartition partition) {
            this.partition = partition;
        }

        /** The newest read; begins one where none has armed a watch. */
        CompletableFuture<Void> armed() {
            if (arming.isDown()) {
                arm();
            }
            return newest;
        }

        void arm() {
            CompletableFuture<Void> done = new CompletableFuture<>();
            newest = done;
            long number = arming.begin();
            zk.getData(States.path(partition), event -> fired(number)).whenComplete((node, failure) -> {
                if (failure != null) {
                    arming.failed(number);
                    done.completeExceptionally(failure);
                    return;
                }
                report(node);
                done.complete(null);
            });
        }

        private void fired(long number) {
            if (isAdded() && arming.counts(number)) {
                arm();
            }
        }

        private void report(Optional<ZkNode> node) {
            if (isAdded()) {
                SortedMap<TopicPartition, Optional<ZkNode>> states = new TreeMap<>();
                states.put(partition, node);
                reports.accept(new IsrReport(states, List.of()));
            }
        }

        private boolean isAdded() {
            return added.get(partition) == this;
        }
    }
}
