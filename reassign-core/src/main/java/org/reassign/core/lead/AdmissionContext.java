package org.reassign.core.lead;

import java.util.Optional;
import java.util.Set;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.image.ClusterImage;
import org.reassign.core.ledger.AdmissionView;

/**
 * Answers admission's questions about the cluster from the image.
 *
 * @param image the cluster as last observed
 * @param deleted those of the requested topics that are being deleted
 */
record AdmissionContext(ClusterImage image, Set<String> deleted) implements AdmissionView {
    @Override
    public boolean exists(String topic) {
        return image.topics().containsKey(topic);
    }

    @Override
    public boolean unreadable(String topic) {
        return image.unreadable().contains(topic);
    }

    @Override
    public boolean beingDeleted(String topic) {
        return deleted.contains(topic);
    }

    @Override
    public Optional<Replicas> assigned(TopicPartition partition) {
        return image.assigned(partition);
    }

    @Override
    public Optional<ReassignmentRecord> record(TopicPartition partition) {
        return image.record(partition);
    }

    @Override
    public boolean registered(int broker) {
        return image.live().containsKey(broker);
    }
}
