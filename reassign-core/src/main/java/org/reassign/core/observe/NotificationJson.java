package org.reassign.core.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.reassign.api.model.TopicPartition;

/**
 * The JSON of {@code /isr_change_notification/isr_change_N}: {@code
 * {"version":1,"partitions":[{"topic":"t","partition":0}]}}, and of {@code
 * /log_dir_event_notification/log_dir_event_N}: {@code {"version":1,"broker":3,"event":1}}.
 */
public final class NotificationJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private NotificationJson() {}

    /** The partitions that it names; empty where any of it cannot be understood. */
    public static Optional<Set<TopicPartition>> decode(String text) {
        JsonNode listed;
        try {
            listed = MAPPER.readTree(text).path("partitions");
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (!listed.isArray()) {
            return Optional.empty();
        }
        Set<TopicPartition> partitions = new TreeSet<>();
        for (JsonNode item : listed) {
            String topic = item.path("topic").asText();
            int number = item.path("partition").asInt(-1);
            if (!TopicPartition.isTopicName(topic) || number < 0) {
                return Optional.empty();
            }
            partitions.add(new TopicPartition(topic, number));
        }
        return Optional.of(partitions);
    }

    /** The broker that has lost a log directory; empty where it cannot be understood. */
    public static OptionalInt broker(String text) {
        try {
            JsonNode broker = MAPPER.readTree(text).path("broker");
            return broker.canConvertToInt() && broker.isInt() ? OptionalInt.of(broker.intValue()) : OptionalInt.empty();
        } catch (JsonProcessingException e) {
            return OptionalInt.empty();
        }
    }
}
