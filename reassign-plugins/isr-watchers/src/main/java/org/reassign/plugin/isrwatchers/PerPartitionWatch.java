package org.reassign.plugin.isrwatchers;

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
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;

/**
 * A data watch per partition. The core's thread adds and removes, the port's threads (or the core's, where a stage
 * completes before the call returns) bring events and reads; what they share is the map of what was added.
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
    public CompletionStage<SortedMap<TopicPartition, Optional<ZkNode>>> add(Collection<TopicPartition> partitions) {
        SortedMap<TopicPartition, CompletableFuture<Optional<ZkNode>>> reads = new TreeMap<>();
        for (TopicPartition partition : partitions) {
            reads.put(
                    partition,
                    added.computeIfAbsent(partition, Watched::new).read().toCompletableFuture());
        }
        return States.plain(States.all(reads));
    }

    @Override
    public void remove(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Watched removed = added.remove(partition);
            if (removed != null) {
                removed.takeBack();
            }
        }
    }

    @Override
    public void reread() {
        added.values().forEach(Watched::report);
    }

    /** Nothing: a watch on {@code state} needs no broker to notify. */
    @Override
    public void brokersChanged() {}

    @Override
    public void close() {
        remove(List.copyOf(added.keySet()));
    }

    /** One partition since it was added. */
    private final class Watched {
        private final TopicPartition partition;
        /** One object, so that it stays one watch however often it is read. */
        private final Consumer<ZkEvent> watch;

        Watched(TopicPartition partition) {
            this.partition = partition;
            this.watch = event -> report();
        }

        CompletionStage<Optional<ZkNode>> read() {
            return zk.getData(States.path(partition), watch);
        }

        /** Where it is removed while it is read, the watch that the read leaves came after the removal. */
        void report() {
            if (!isAdded()) {
                return;
            }
            read().thenAccept(node -> {
                if (!isAdded()) {
                    takeBack();
                    return;
                }
                SortedMap<TopicPartition, Optional<ZkNode>> states = new TreeMap<>();
                states.put(partition, node);
                reports.accept(new IsrReport(states, List.of()));
            });
        }

        void takeBack() {
            zk.unwatch(States.path(partition), watch);
        }

        private boolean isAdded() {
            return added.get(partition) == this;
        }
    }
}
