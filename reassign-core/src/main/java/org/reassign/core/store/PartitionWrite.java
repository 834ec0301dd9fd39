package org.reassign.core.store;

import java.util.List;
import java.util.Optional;
import org.reassign.api.model.KeptAnswer;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.RecordChange;

/**
 * The writes of one turn for one partition.
 *
 * @param partition the partition
 * @param change record and AR, if they change
 * @param owed brokers whose deletes become owed before AR is written
 * @param owedEpoch the leader epoch that StopReplica must carry for an owed delete
 * @param state the {@code state} znode, if it changes
 * @param stateVersion the version at which it is overwritten
 * @param checksRecord whether {@code state} is written only while the topic's znode is as it was read, or as this turn
 *     has written it, and the record's znode exists: steps that take replicas away (S1, D3) must not depend on an AR
 *     that another client has changed, nor on a record that it has deleted
 * @param answers the answers that are kept with {@code change}, in one transaction
 */
public record PartitionWrite(
        TopicPartition partition,
        Optional<RecordChange> change,
        Replicas owed,
        int owedEpoch,
        Optional<LeaderAndIsr> state,
        int stateVersion,
        boolean checksRecord,
        List<KeptAnswer> answers) {
    /** Without answers. */
    public PartitionWrite(
            TopicPartition partition,
            Optional<RecordChange> change,
            Replicas owed,
            int owedEpoch,
            Optional<LeaderAndIsr> state,
            int stateVersion,
            boolean checksRecord) {
        this(partition, change, owed, owedEpoch, state, stateVersion, checksRecord, List.of());
    }
}
