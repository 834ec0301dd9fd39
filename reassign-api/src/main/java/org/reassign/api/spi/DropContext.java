package org.reassign.api.spi;

import java.util.List;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * What a drop policy decides by, read afresh from ZooKeeper (step D1).
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
 */
public record DropContext(
        TopicPartition partition,
        Replicas original,
        Replicas before,
        Replicas target,
        List<Replicas> waiting,
        int leader,
        Replicas isr,
        Replicas live,
        int minInSyncReplicas) {
    /** The candidates: assigned replicas that the target does not hold, in their order. */
    public Replicas outside() {
        return before.minus(target);
    }

    /** In sync, as policies count it: in the ISR and live. */
    public Replicas inSync() {
        return isr.intersect(live);
    }
}
