package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.IsrWatcher.IsrReport;
import org.reassign.api.spi.IsrWatcher.IsrWatch;
import org.reassign.api.zk.ZkNode;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.decide.Progress;
import org.reassign.core.store.Await;
import org.reassign.core.store.StateJson;

/** The partitions that are tracked, those in flight and those tended, and their {@code state} as the watcher reports it. */
final class StateTracker implements AutoCloseable {
    private final TermContext mandate;
    private final ClusterState cluster;
    private final CompletionBatching lingering;
    private final Consumer<Collection<String>> notificationsRead;
    private final IsrWatch watch;
    private final Set<TopicPartition> unreadable = new HashSet<>();
    private final Set<TopicPartition> missing = new HashSet<>();
    /** Tracked partitions to the zxid of the creation of their {@code state}. */
    private final Map<TopicPartition, Long> created = new HashMap<>();

    /**
     * Nothing is tracked yet.
     *
     * @param notificationsRead told the paths of notifications that the watcher has read, which are to go
     */
    StateTracker(
            TermContext mandate,
            ClusterState cluster,
            CompletionBatching lingering,
            Consumer<Collection<String>> notificationsRead) {
        this.mandate = mandate;
        this.cluster = cluster;
        this.lingering = lingering;
        this.notificationsRead = notificationsRead;
        this.watch = mandate.plugins()
                .watcher()
                .plugin()
                .open(mandate.zk(), report -> mandate.loop().mark(() -> observe(report)));
    }

    /** Watches partitions that are, or come, in flight, and tracks them with what is remembered of them. */
    void watch(Collection<TopicPartition> partitions, UnaryOperator<PartitionState> as) {
        Await.done(watch.add(partitions)).forEach((partition, node) -> {
            if (cluster.tracked.containsKey(partition)) {
                observed(partition, node);
            } else {
                track(partition, node, as);
            }
        });
    }

    /** Tracks partitions that are not in flight: reads them once, and watches nothing. */
    void tend(Collection<TopicPartition> partitions) {
        read(partitions).forEach((partition, node) -> track(partition, node, p -> p));
    }

    private void track(TopicPartition partition, Optional<ZkNode> node, UnaryOperator<PartitionState> as) {
        Optional<LeaderAndIsr> state = node.flatMap(found -> decode(partition, found));
        if (state.isPresent()) {
            cluster.put(as.apply(new PartitionState(
                    partition,
                    cluster.assigned(partition).orElseThrow(),
                    cluster.record(partition),
                    state.get(),
                    node.get().stat().version(),
                    Progress.IDLE)));
            cluster.dirty.add(partition);
            created.put(partition, node.get().stat().czxid());
            missing.remove(partition);
        } else if (!cluster.tracked.containsKey(partition)) {
            missing.add(partition);
        }
    }

    /** Whether all in flight are tracked, none kept back by a {@code state} that cannot be read. */
    boolean isComplete() {
        return missing.stream().noneMatch(partition -> cluster.record(partition).isPresent());
    }

    /** Reads {@code state} afresh of tracked partitions where what is known of it may be outdated. */
    void readAfresh() {
        List<TopicPartition> unread = new ArrayList<>(cluster.unread);
        cluster.unread.clear();
        read(unread).forEach((partition, node) -> {
            observed(partition, node);
            cluster.dirty.add(partition);
        });
    }

    /** The connection was lost and is back, or a broker came or went: watches and notifications may have been missed. */
    void reread() {
        watch.reread();
    }

    void brokersChanged() {
        watch.brokersChanged();
    }

    void forget(TopicPartition partition) {
        if (cluster.tracked.remove(partition) != null) {
            lingering.forget(partition);
        }
        created.remove(partition);
        watch.remove(List.of(partition));
        cluster.unread.remove(partition);
    }

    private void observe(IsrReport report) {
        report.states().forEach(this::observed);
        notificationsRead.accept(report.notifications());
    }

    private void observed(TopicPartition partition, Optional<ZkNode> node) {
        Optional<PartitionState> known = cluster.partition(partition);
        if (node.isEmpty()) {
            cluster.topicsStale |= known.isPresent();
            return;
        }
        if (known.isPresent()) {
            boolean mended = unreadable.contains(partition);
            decode(partition, node.get()).ifPresent(state -> detect(known.get(), state, node.get(), mended));
        } else if (cluster.record(partition).isPresent()) {
            track(partition, node, PartitionState::recovered); // it could not be read when it was recovered
        }
    }

    private Optional<LeaderAndIsr> decode(TopicPartition partition, ZkNode node) {
        Optional<LeaderAndIsr> state = StateJson.decode(node.text());
        if (state.isPresent()) {
            unreadable.remove(partition);
        } else if (unreadable.add(partition)) {
            mandate.listener()
                    .warning(StateJson.path(partition) + " does not hold a leader and an ISR; " + partition
                            + " stands still until its leader writes it, or delete and write it again");
        }
        return state;
    }

    /** What was mended, or made anew, was so by hand: its leader, who does not know the version, is to hear of it. */
    private void detect(PartitionState p, LeaderAndIsr state, ZkNode node, boolean mended) {
        long czxid = node.stat().czxid();
        boolean anew = czxid > created.getOrDefault(p.partition(), czxid);
        PartitionState seen = anew
                ? p.madeAnew(state, node.stat().version())
                : p.observed(state, node.stat().version());
        PartitionState now = anew || mended ? seen.recovered() : seen;
        cluster.topicsStale |= anew; // its topic may be another, too
        created.merge(p.partition(), czxid, Math::max);
        cluster.change(now);
        Replicas live = cluster.liveFor(now);
        if (!p.inSync(live) && now.inSync(live)) {
            long late = mandate.timers().nowMillis() - node.stat().mtimeMillis();
            mandate.listener().detected(p.partition(), Math.max(0, late));
        }
    }

    private Map<TopicPartition, Optional<ZkNode>> read(Collection<TopicPartition> partitions) {
        Map<TopicPartition, CompletionStage<Optional<ZkNode>>> reads = new LinkedHashMap<>();
        partitions.forEach(partition -> reads.put(partition, mandate.zk().getData(StateJson.path(partition))));
        Map<TopicPartition, Optional<ZkNode>> nodes = new LinkedHashMap<>();
        reads.forEach((partition, answer) -> nodes.put(partition, Await.done(answer)));
        return nodes;
    }

    @Override
    public void close() {
        watch.close();
    }
}
