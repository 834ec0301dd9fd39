package org.reassign.core.observe;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.spi.IsrWatcher.IsrReport;
import org.reassign.api.spi.IsrWatcher.IsrWatch;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;
import org.reassign.api.zk.ZkStat;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.image.Observation;
import org.reassign.core.image.Seen;
import org.reassign.core.store.Await;
import org.reassign.core.store.StateJson;

/** Reads the {@code state} of partitions, and watches it of those in flight through the chosen watcher. */
public final class StateObserver implements AutoCloseable {
    private final ZkReader zk;
    private final CurrentImage image;
    private final ToRead toRead;
    private final Consumer<Collection<String>> notificationsRead;
    private final IsrWatch watch;

    /**
     * Nothing is watched yet.
     *
     * @param mark hands a change of state in to the loop; called on any thread
     * @param notificationsRead takes the paths of notifications that the watcher has read and that can be deleted
     */
    public StateObserver(
            ZkReader zk,
            IsrWatcher watcher,
            CurrentImage image,
            ToRead toRead,
            Consumer<Runnable> mark,
            Consumer<Collection<String>> notificationsRead) {
        this.zk = zk;
        this.image = image;
        this.toRead = toRead;
        this.notificationsRead = notificationsRead;
        this.watch = watcher.open(zk, report -> mark.accept(() -> reported(report)));
    }

    /** Recovery: starts the watcher even if nothing is in flight, so that one that cannot work fails at once. */
    public void begin() {
        Await.done(watch.add(List.of()));
    }

    /** Watches the marked partitions in flight from now on, and reads their states. */
    void watchMarked() {
        watch(toRead.takeWatches());
    }

    /** Reads the other marked states. */
    public void readMarked() {
        read(toRead.takeStates());
    }

    /** Watches partitions that are, or come, in flight, and reads their states. */
    public void watch(Collection<TopicPartition> partitions) {
        toRead.statesRead(partitions);
        if (!partitions.isEmpty()) {
            Await.done(watch.add(partitions)).forEach(this::observed);
        }
    }

    /** Reads states again. */
    public void read(Collection<TopicPartition> partitions) {
        toRead.statesRead(partitions);
        Map<TopicPartition, CompletionStage<Optional<ZkNode>>> reads = new LinkedHashMap<>();
        partitions.forEach(partition -> reads.put(partition, zk.getData(StateJson.path(partition))));
        reads.forEach((partition, answer) -> observed(partition, Await.done(answer)));
    }

    /** The connection was lost and is back, or notifications begin again: watches and notifications may have been missed. */
    public void reread() {
        watch.reread();
    }

    /** These are about to be written. */
    public void writing(Collection<TopicPartition> partitions) {
        watch.writing(partitions);
    }

    /** The writing is over; these were written, each once. */
    public void written(Collection<TopicPartition> partitions) {
        watch.written(partitions);
    }

    /** A broker came or went: its notifications may never come. */
    public void brokersChanged() {
        watch.brokersChanged();
    }

    /** A partition is no longer watched. */
    public void forget(TopicPartition partition) {
        toRead.forget(partition);
        watch.remove(List.of(partition));
    }

    private void reported(IsrReport report) {
        report.states().forEach(this::observed);
        notificationsRead.accept(report.notifications());
        if (report.states().isEmpty() && report.notifications().isEmpty()) {
            toRead.roots();
        }
    }

    private void observed(TopicPartition partition, Optional<ZkNode> node) {
        long mtime = node.map(found -> found.stat().mtimeMillis()).orElse(0L);
        image.observe(new Observation.StateRead(partition, seen(node), mtime));
    }

    private static Seen<LeaderAndIsr> seen(Optional<ZkNode> node) {
        if (node.isEmpty()) {
            return new Seen.Absent<>();
        }
        ZkStat stat = node.get().stat();
        Optional<LeaderAndIsr> state = StateJson.decode(node.get().text());
        return state.isPresent()
                ? new Seen.Present<>(stat.czxid(), stat.version(), state.get())
                : new Seen.Unreadable<>(stat.czxid(), stat.version());
    }

    @Override
    public void close() {
        watch.close();
    }
}
