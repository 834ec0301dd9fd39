package org.reassign.plugin.isrwatchers;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.IsrWatcher.IsrReport;
import org.reassign.api.spi.IsrWatcher.IsrWatch;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;

/**
 * A recursive watch on all topics. The core's thread adds and removes, the port's threads (or the core's, where a stage
 * completes before the call returns) bring events and reads; what they share is the map of what was added and each one's
 * {@link OneMoreRead}.
 *
 * <p>The port offers no way to take such a watch back: it ends with the session, which may be long after {@link #close},
 * and finds nothing to report until then.
 */
final class RecursiveIsrWatch implements IsrWatch {
    static final String ROOT = "/brokers/topics";

    private final ZkReader zk;
    /** Empty once it is closed: the watch itself lives on, and must not keep what takes its reports. */
    private volatile Optional<Consumer<IsrReport>> reports;
    /** By the path of {@code state}, as events name it. */
    private final ConcurrentMap<String, Watched> added = new ConcurrentHashMap<>();

    /** One object, so that it stays one watch however often it is added. */
    private final Consumer<ZkEvent> watch = this::fired;

    /** What the core is writing; used by its thread only. */
    private List<TopicPartition> writing = List.of();

    private volatile CompletableFuture<Void> armed = new CompletableFuture<>();

    RecursiveIsrWatch(ZkReader zk, Consumer<IsrReport> reports) {
        this.zk = zk;
        this.reports = Optional.of(reports);
    }

    /** Adds the watch, also where it may stand already. */
    void arm() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        armed = done;
        zk.watchRecursively(ROOT, watch).whenComplete((nothing, failure) -> {
            if (failure != null) {
                done.completeExceptionally(inWords(failure));
                return;
            }
            done.complete(null);
        });
    }

    private static Throwable inWords(Throwable failure) {
        if (failure instanceof ZkException known && known.code() == Code.UNSUPPORTED) {
            String where = ROOT + ": the ISR watcher recursive needs the recursive watches of ZooKeeper 3.6 or later,"
                    + " which this server does not have; upgrade ZooKeeper or choose the ISR watcher per-partition or"
                    + " batched";
            return new ZkException(Code.UNSUPPORTED, where, 0, failure);
        }
        return failure;
    }

    @Override
    public CompletionStage<SortedMap<TopicPartition, Optional<ZkNode>>> add(Collection<TopicPartition> partitions) {
        if (armed.isCompletedExceptionally()) {
            arm();
        }
        SortedMap<TopicPartition, CompletableFuture<Optional<ZkNode>>> reads = new TreeMap<>();
        for (TopicPartition partition : partitions) {
            Watched watched = added.computeIfAbsent(States.path(partition), path -> new Watched(path, partition));
            reads.computeIfAbsent(partition, p -> watched.reads.ask());
        }
        return States.plain(armed.thenCombine(States.all(reads), (stands, read) -> read));
    }

    @Override
    public void remove(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> added.remove(States.path(partition)));
    }

    @Override
    public void reread() {
        arm();
        added.values().forEach(watched -> {
            watched.own.forget();
            watched.readAndReport();
        });
    }

    /** Nothing: a watch on {@code state} needs no broker to notify. */
    @Override
    public void brokersChanged() {}

    @Override
    public void writing(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> find(partition).ifPresent(watched -> watched.own.begin()));
        writing = List.copyOf(partitions);
    }

    @Override
    public void written(Collection<TopicPartition> partitions) {
        boolean stands = armed.isDone() && !armed.isCompletedExceptionally();
        Set<TopicPartition> done = stands ? Set.copyOf(partitions) : Set.of();
        for (TopicPartition partition : writing) {
            find(partition)
                    .filter(watched -> watched.own.end(done.contains(partition)))
                    .ifPresent(Watched::readAndReport);
        }
        writing = List.of();
    }

    private Optional<Watched> find(TopicPartition partition) {
        return Optional.ofNullable(added.get(States.path(partition)));
    }

    @Override
    public void close() {
        added.clear();
        reports = Optional.empty();
    }

    private void fired(ZkEvent event) {
        Watched watched = added.get(event.path());
        if (watched != null && !watched.own.explains(event)) {
            watched.readAndReport();
        }
    }

    /** One partition since it was added. */
    private final class Watched {
        private final String path;
        private final TopicPartition partition;
        private final OneMoreRead<Optional<ZkNode>> reads;
        private final AtomicBoolean reportDue = new AtomicBoolean();
        private final OwnWrites own = new OwnWrites();

        Watched(String path, TopicPartition partition) {
            this.path = path;
            this.partition = partition;
            this.reads = new OneMoreRead<>(this::read);
        }

        void readAndReport() {
            reportDue.set(true);
            reads.ask();
        }

        /** What became due while a read was under way is for the next one. */
        private CompletionStage<Optional<ZkNode>> read() {
            boolean due = reportDue.getAndSet(false);
            return zk.getData(path).thenApply(node -> {
                if (due) {
                    report(node);
                }
                return node;
            });
        }

        private void report(Optional<ZkNode> node) {
            if (added.get(path) == this) {
                TreeMap<TopicPartition, Optional<ZkNode>> states = new TreeMap<>();
                states.put(partition, node);
                reports.ifPresent(taken -> taken.accept(new IsrReport(states, List.of())));
            }
        }
    }
}
