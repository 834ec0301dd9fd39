package org.reassign.plugin.isrwatchers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.reassign.api.model.TopicPartition;

/**
 * What a broker writes under {@code /isr_change_notification} when it has changed ISRs, at most every 1 to 7.5 s: {@code
 * isr_change_N} with {@code {"version":1,"partitions":[{"topic":"t","partition":0}]}} (Kafka since 0.8.2).
 */
final class IsrNotification {
    static final String ROOT = "/isr_change_notification";

    /** In the order in which they were written; names without a number come last. */
    static final Comparator<String> ORDER =
            Comparator.comparing(IsrNotification::number).thenComparing(Comparator.naturalOrder());

    private static final BigInteger NO_NUMBER = BigInteger.TWO.pow(Long.SIZE);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private IsrNotification() {}

    private static BigInteger number(String name) {
        String digits = name.substring(name.lastIndexOf('_') + 1);
        return digits.matches("[0-9]{1,18}") ? new BigInteger(digits) : NO_NUMBER;
    }

    /** The partitions that it names; empty where any of it cannot be read. */
    static Optional<Set<TopicPartition>> partitions(String text) {
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
