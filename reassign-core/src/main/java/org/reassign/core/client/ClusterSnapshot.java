package org.reassign.core.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.reassign.api.client.ControllerStatus;
import org.reassign.api.client.WaitingTarget;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.ledger.AdmissionView;
import org.reassign.core.store.TopicRead;

/**
 * Some topics and all stored requests, each as it was when it was read: the requests before the topics.
 *
 * @param controller who leads
 * @param entries the entries of stored requests, in the order of their zxids
 * @param topics the topics that were asked for, by name
 * @param live the registered brokers
 * @param deleted the topics that are being deleted
 */
record ClusterSnapshot(
        ControllerStatus controller,
        List<WaitingTarget> entries,
        SortedMap<String, TopicRead> topics,
        Set<Integer> live,
        Set<String> deleted)
        implements AdmissionView {
    @Override
    public boolean exists(String topic) {
        return topic(topic).flatMap(TopicRead::czxid).isPresent();
    }

    @Override
    public boolean unreadable(String topic) {
        return topic(topic).filter(TopicRead::isUnreadable).isPresent();
    }

    @Override
    public boolean beingDeleted(String topic) {
        return deleted.contains(topic);
    }

    @Override
    public Optional<Replicas> assigned(TopicPartition partition) {
        return topic(partition.topic())
                .flatMap(TopicRead::snapshot)
                .map(topic -> topic.assigned().get(partition.partition()));
    }

    @Override
    public Optional<ReassignmentRecord> record(TopicPartition partition) {
        return topic(partition.topic()).map(topic -> topic.records().get(partition.partition()));
    }

    @Override
    public boolean registered(int broker) {
        return live.contains(broker);
    }

    /** Entries for the partition that are not in flight: its record follows another request, or there is none. */
    List<WaitingTarget> waiting(TopicPartition partition) {
        return entries.stream()
                .filter(entry -> entry.partition().equals(partition) && isWaiting(entry))
                .toList();
    }

    /** Whether the entry is not in flight. */
    boolean isWaiting(WaitingTarget entry) {
        return record(entry.partition())
                .filter(record -> record.request().equals(entry.request()))
                .isEmpty();
    }

    private Optional<TopicRead> topic(String name) {
        return Optional.ofNullable(topics.get(name));
    }
}
