package org.reassign.api.model;

import java.util.Optional;
import org.reassign.api.Stable;

/**
 * One partition of one topic. Written {@code topic-N}; the last dash divides, since topic names may hold dashes.
 *
 * @param topic the topic's name, never empty
 * @param partition its number, at least 0
 */
@Stable(since = "1.0")
public record TopicPartition(String topic, int partition) implements Comparable<TopicPartition> {
    private static final int LONGEST_TOPIC = 249;
    /** So many digits are always an int. */
    private static final int MOST_DIGITS = 9;

    /** Refuses an empty topic and a negative number with {@link IllegalArgumentException}. */
    public TopicPartition {
        if (topic.isEmpty() || partition < 0) {
            throw new IllegalArgumentException("'" + topic + "-" + partition + "' is no partition");
        }
    }

    /** Reads {@code topic-N}; empty where the text has no such form. */
    public static Optional<TopicPartition> parse(String text) {
        int dash = text.lastIndexOf('-');
        if (dash < 1) {
            return Optional.empty();
        }
        String number = text.substring(dash + 1);
        return !number.isEmpty()
                        && number.length() <= MOST_DIGITS
                        && number.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Optional.of(new TopicPartition(text.substring(0, dash), Integer.parseInt(number)))
                : Optional.empty();
    }

    /**
     * Whether a topic can have this name: 1 to 249 letters, digits, dots, underscores and dashes, and neither {@code .}
     * nor {@code ..}, as Kafka has it. So a name that passes is one segment of a path.
     */
    public static boolean isTopicName(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_TOPIC
                && text.chars().allMatch(TopicPartition::isTopicCharacter)
                && !text.equals(".")
                && !text.equals("..");
    }

    private static boolean isTopicCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }

    @Override
    public int compareTo(TopicPartition other) {
        int byTopic = topic.compareTo(other.topic);
        return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
    }

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
