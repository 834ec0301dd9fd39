package org.reassign.core.ledger;

import java.util.Optional;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** Admission's questions about the cluster, answered from the last reads. */
public interface AdmissionView {
    /** Whether there is such a topic. */
    boolean exists(String topic);

    /** Whether the topic exists, but its znode does not hold a topic's JSON. */
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
