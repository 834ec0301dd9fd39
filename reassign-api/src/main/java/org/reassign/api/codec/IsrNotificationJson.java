package org.reassign.api.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.reassign.api.Evolving;
import org.reassign.api.model.TopicPartition;

/**
 * The JSON of {@code /isr_change_notification/isr_change_N}, which a broker writes when it has changed ISRs: {@code
 * {"version":1,"partitions":[{"topic":"t","partition":0}]}} (Kafka 0.8.2 to 3.9).
 */
@Evolving(since = "1.0")
public final class IsrNotificationJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private IsrNotificationJson() {}

    /** The partitions that it names; empty where any of it cannot be read. */
    public static Optional<Set<TopicPartition>> partitions(String text) {
        JsonNode listed;
        try {
            listed = JSON.readTree(text).path("partitions");
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (!listed.isArray()) {
            return Optional.empty();
        }
        Set<TopicPartition> partitions = new TreeSet<>();
        for (JsonNode item : listed) {
            JsonNode topic = item.path("topic");
            JsonNode number = item.path("partition");
            boolean isTopic = topic.isTextual() && TopicPartition.isTopicName(topic.textValue());
            boolean isNumber = number.isIntegralNumber() && number.canConvertToInt() && number.intValue() >= 0;
            if (!isTopic || !isNumber) {
                return Optional.empty();
            }
            partitions.add(new TopicPartition(topic.textValue(), number.intValue()));
        }
        return Optional.of(partitions);
    }
}
