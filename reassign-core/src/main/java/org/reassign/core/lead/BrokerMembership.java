package org.reassign.core.lead;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.reassign.api.model.Broker;
import org.reassign.api.model.TopicPartition;

/** Brokers that come and go, and the partitions that must be tended for it. */
final class BrokerMembership {
    private final TermContext mandate;
    private final ClusterState cluster;
    private final StateTracker tracking;
    private final BrokerQueues lines;
    private final Cleanup housekeeping;
    private final BrokerReader brokers;
    private boolean stale = true;

    BrokerMembership(
            TermContext mandate,
            ClusterState cluster,
            StateTracker tracking,
            BrokerQueues lines,
            Cleanup housekeeping) {
        this.mandate = mandate;
        this.cluster = cluster;
        this.tracking = tracking;
        this.lines = lines;
        this.housekeeping = housekeeping;
        this.brokers = new BrokerReader(mandate.zk(), () -> mandate.loop().mark(this::mayHaveChanged));
    }

    /** Recovery: who lives, what is owed by them, and all of them told of each other first. */
    void begin() {
        stale = false;
        cluster.live.putAll(brokers.read());
        lines.brokers(cluster.live.values());
        cluster.live.keySet().forEach(housekeeping::debtsDue);
    }

    /**
     * Recovery: takes up partitions with a replica on a broker that is not there, or that registered after the zxid
     * {@code tended}, and tells everybody of them: who led before may have ended between writing {@code state} and
     * telling.
     */
    void tendWhatWasMissed(long tended) {
        TreeSet<Integer> changed = new TreeSet<>();
        cluster.topics
                .values()
                .forEach(topic -> topic.assigned()
                        .values()
                        .forEach(assigned -> changed.addAll(
                                assigned.minus(cluster.live(assigned)).ids())));
        cluster.live.values().stream()
                .filter(broker -> broker.epoch() > tended)
                .forEach(broker -> changed.add(broker.id()));
        tend(changed).forEach(partition -> cluster.partition(partition).ifPresent(p -> cluster.put(p.untold())));
    }

    void mayHaveChanged() {
        stale = true;
    }

    /** A broker that has registered anew counts as dead in this turn and as registered in the next. */
    void refresh() {
        if (!stale) {
            return;
        }
        stale = false;
        SortedMap<Integer, Broker> now = brokers.read();
        TreeSet<Integer> gone = new TreeSet<>(cluster.live.keySet());
        gone.removeIf(id -> cluster.live.get(id).equals(now.get(id)));
        TreeSet<Integer> come = new TreeSet<>(now.keySet());
        come.removeAll(cluster.live.keySet());
        if (gone.stream().anyMatch(now::containsKey)) {
            mandate.loop().mark(this::mayHaveChanged);
        }
        cluster.live.keySet().removeAll(gone);
        come.forEach(id -> cluster.live.put(id, now.get(id)));
        if (gone.isEmpty() && come.isEmpty()) {
            return;
        }
        lines.brokers(cluster.live.values());
        tracking.brokersChanged();
        gone.addAll(come);
        tend(gone);
        come.forEach(broker -> {
            housekeeping.debtsDue(broker);
            registered(broker);
        });
        cluster.foldDue = true;
    }

    private void registered(int broker) {
        for (TopicPartition partition : cluster.hosted(List.of(broker))) {
            cluster.partition(partition).map(p -> p.registered(broker)).ifPresent(p -> {
                cluster.put(p);
                cluster.dirty.add(partition);
            });
        }
    }

    /** Takes up every partition with a replica on one of these brokers, and looks at it. */
    private List<TopicPartition> tend(Collection<Integer> changed) {
        List<TopicPartition> hosted = changed.isEmpty() ? List.of() : cluster.hosted(changed);
        tracking.tend(hosted.stream()
                .filter(partition -> !cluster.tracked.containsKey(partition))
                .toList());
        cluster.dirty.addAll(hosted);
        hosted.forEach(partition -> cluster.tended.add(partition.topic()));
        return hosted;
    }
}
