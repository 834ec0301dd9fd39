package org.reassign.plugin.requestchannels;

import java.util.Optional;
import java.util.regex.Pattern;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.model.TopicPartition;

/** How an entry is named whose topic and partition stand apart. */
final class EntryName {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]*");

    private EntryName() {}

    /** {@code topic-N}; what is no partition number is quoted, so that no name means two entries. */
    static String of(String topic, String partition) {
        return Shown.whole(topic)
                + "-"
                + (number(partition).isPresent() ? partition : "'" + Shown.whole(partition) + "'");
    }

    /** The partition, where the text is a number without leading zeros and a topic can have the name. */
    static Optional<TopicPartition> partition(String topic, String partition) {
        return TopicPartition.isTopicName(topic)
                ? number(partition).map(number -> new TopicPartition(topic, number))
                : Optional.empty();
    }

    static Optional<Integer> number(String text) {
        return NUMBER.matcher(text).matches() ? new JsonTree.Num(text).asInt() : Optional.empty();
    }

    /**
     * Faults a name that no topic can have, which must not become part of a path.
     *
     * @param where the subject of the sentence, the path and what is named there
     */
    static void requireTopicName(String where, String topic) throws Fault {
        if (!TopicPartition.isTopicName(topic)) {
            throw new Fault(
                    Code.UNKNOWN_TOPIC,
                    where + " names the topic '" + Shown.cut(topic)
                            + "', and no topic can have that name; name one that /brokers/topics holds");
        }
    }
}
