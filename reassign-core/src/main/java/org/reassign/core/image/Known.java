package org.reassign.core.image;

import java.util.List;
import java.util.Map;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * What a term knew when the connection was lost, for the next one at the same controller epoch.
 *
 * @param image its last image
 * @param untold brokers that have not received or not answered LeaderAndIsr, by partition
 */
public record Known(ClusterImage image, Map<TopicPartition, Replicas> untold) {
    /** The topics that are gone, or were deleted and recreated, by what is known now. */
    public List<String> gone(ClusterImage now) {
        return image.topics().values().stream()
                .filter(topic -> now.topic(topic.name())
                        .filter(same -> same.czxid() == topic.czxid())
                        .isEmpty())
                .map(TopicImage::name)
                .toList();
    }
}
