package org.reassign.api.spi;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.Stable;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * What a drop policy decides by, read afresh from ZooKeeper (step D1).
 *
 * <p>Later versions may add components. Build one with {@link #of} and the {@code with} methods, which stay as they are;
 * the canonical constructor does not.
 *
 * @param partition which partition
 * @param original the assigned replicas before the first reassignment of the chain
 * @param before the assigned replicas before this request, without those that have been stopped already
 * @param target what the new request asks for; for a cancel the original
 * @param waiting targets of later requests for this partition that have arrived and wait, in their order; a waiting
 *     cancel counts as the original
 * @param leader the leading broker, −1 for none
 * @param isr the in-sync replicas as written in ZooKeeper
 * @param live the registered brokers among all that are named here
 * @param minInSyncReplicas the topic's min.insync.replicas
 * @param racks broker to rack, of the live brokers that have one ({@code rack} in {@code /brokers/ids/N}); the rack of a
 *     broker that is not registered is not known
 */
@Stable(since = "1.0")
public record DropContext(
        TopicPartition partition,
        Replicas original,
        Replicas before,
        Replicas target,
        List<Replicas> waiting,
        int leader,
        Replicas isr,
        Replicas live,
        int minInSyncReplicas,
        SortedMap<Integer, String> racks) {
    /** The lists and maps are copied; nothing changes them afterwards. */
    public DropContext {
        waiting = List.copyOf(waiting);
        racks = Collections.unmodifiableSortedMap(new TreeMap<>(racks));
    }

    /** A retarget without waiting requests, leader, ISR, live brokers and racks; min.insync.replicas is 1. */
    public static DropContext of(TopicPartition partition, Replicas original, Replicas before, Replicas target) {
        return new DropContext(
                partition,
                original,
                before,
                target,
                List.of(),
                LeaderAndIsr.NO_LEADER,
                Replicas.NONE,
                Replicas.NONE,
                1,
                new TreeMap<>());
    }

    /** The same with these targets of waiting requests. */
    public DropContext withWaiting(List<Replicas> targets) {
        return new DropContext(
                partition, original, before, target, targets, leader, isr, live, minInSyncReplicas, racks);
    }

    /** The same with this leader and these in-sync replicas. */
    public DropContext withState(int newLeader, Replicas inSync) {
        return new DropContext(
                partition, original, before, target, waiting, newLeader, inSync, live, minInSyncReplicas, racks);
    }

    /** The same with these live brokers. */
    public DropContext withLive(Replicas registered) {
        return new DropContext(
                partition, original, before, target, waiting, leader, isr, registered, minInSyncReplicas, racks);
    }

    /** The same with this min.insync.replicas. */
    public DropContext withMinInSyncReplicas(int replicas) {
        return new DropContext(partition, original, before, target, waiting, leader, isr, live, replicas, racks);
    }

    /** The same with these racks, by broker. */
    public DropContext withRacks(SortedMap<Integer, String> byBroker) {
        return new DropContext(
                partition, original, before, target, waiting, leader, isr, live, minInSyncReplicas, byBroker);
    }

    /** The candidates: assigned replicas that the target does not hold, in their order. */
    public Replicas outside() {
        return before.minus(target);
    }

    /** In sync, as policies count it: in the ISR and live. */
    public Replicas inSync() {
        return isr.intersect(live);
    }
}
