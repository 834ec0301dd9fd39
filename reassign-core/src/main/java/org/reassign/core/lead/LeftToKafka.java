package org.reassign.core.lead;

import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.core.image.ClusterImage;

/** What Kafka's own controller completes, in a layout that it reads. */
final class LeftToKafka {
    private LeftToKafka() {}

    /** Whether Kafka takes it for in flight: what neither adds nor removes a replica is done, to Kafka. */
    static boolean isSeen(ReassignmentRecord record, Replicas assigned) {
        return !record.target().sameBrokers(assigned) || !record.original().containsAll(assigned);
    }

    /** Whether it sees all that is in flight. */
    static boolean all(ClusterImage image) {
        return image.inFlight() == 0
                || image.partitions(partition -> partition
                                .record()
                                .filter(record -> !isSeen(record, partition.assigned()))
                                .isPresent())
                        .isEmpty();
    }
}
