package org.reassign.simulation.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.reassign.api.model.TopicPartition;

/** The topics that a request, the legacy znode, a refusal, a notification or a chunk of owed deletes names. */
final class NamedTopics {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private NamedTopics() {}

    /** The topics; empty where the text has none of these forms, since it may name others then. */
    static Optional<Set<String>> of(String text) {
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (json.path("kind").asText().equals("scan")) {
            return Optional.of(Set.of());
        }
        Set<String> topics = new TreeSet<>();
        for (String field : Set.of("assignments", "partitions", "deletes")) {
            json.path(field).fieldNames().forEachRemaining(topics::add);
            json.path(field).forEach(entry -> {
                if (entry.path("topic").isTextual()) {
                    topics.add(entry.get("topic").asText());
                }
            });
        }
        json.path("refusals")
                .fieldNames()
                .forEachRemaining(name -> topics.add(
                        TopicPartition.parse(name).map(TopicPartition::topic).orElse(name)));
        return topics.isEmpty() ? Optional.empty() : Optional.of(topics);
    }
}
