package org.reassign.core.ledger;

import java.util.Optional;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** What admission asks of the cluster; answered from what was last read. */
public interface AdmissionView {
    /** Whether there is such a topic. */
    boolean exists(String topic);

    /** Whether the topic is there, but holds nothing that says how it is assigned. */
    boolean unreadable(String topic);

    /** Whether the topic is being deleted. */
    boolean beingDeleted(String topic);

    /** The assigned replicas; empty where the topic has no such partition. */
    Optional<Replicas> assigned(TopicPartition partition);

    /** The record, if the partition is in flight. */
    Optional<ReassignmentRecord> record(TopicPartition partition);

    /** Whether the broker is registered. */
    boolean registered(int broker);
}
