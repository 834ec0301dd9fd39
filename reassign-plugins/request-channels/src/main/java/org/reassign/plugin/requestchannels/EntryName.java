package org.reassign.plugin.requestchannels;

import java.util.Optional;
import org.reassign.api.model.TopicPartition;

/** How an entry is named whose topic and partition stand apart. */
final class EntryName {
    private EntryName() {}

    /** {@code topic-N}; what is no partition number is quoted, so that no name means two entries. */
    static String of(String topic, String partition) {
        return topic + "-" + (number(partition).isPresent() ? partition : "'" + partition + "'");
    }

    /** The partition, where the text is a number without leading zeros and the topic is named. */
    static Optional<TopicPartition> partition(String topic, String partition) {
        return topic.isEmpty() ? Optional.empty() : number(partition).map(number -> new TopicPartition(topic, number));
    }

    static Optional<Integer> number(String text) {
        return text.matches("0|[1-9][0-9]*") ? new Json.Num(text).asInt() : Optional.empty();
    }
}
