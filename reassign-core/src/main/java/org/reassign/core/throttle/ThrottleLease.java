package org.reassign.core.throttle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * What we have set in one configuration. In ZooKeeper: {@code {"version":1,"set":{"leader.replication.throttled.rate":"5000000"},
 * "before":{},"partitions":[0],"brokers":[0,1,2],"since":1795343978829}}; a key of {@code set} that is not in {@code before} did not
 * exist. {@code partitions} and {@code brokers} are empty for a broker.
 *
 * @param set key to the value that we wrote
 * @param before key to the value that stood there before
 * @param partitions of a topic, those whose replicas are throttled
 * @param brokers of a topic, those whose rates are limited for it
 * @param sinceMillis when it was made, epoch milliseconds
 */
record ThrottleLease(
        SortedMap<String, String> set,
        SortedMap<String, String> before,
        SortedSet<Integer> partitions,
        SortedSet<Integer> brokers,
        long sinceMillis) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Copies what it holds. */
    ThrottleLease {
        set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
        before = Collections.unmodifiableSortedMap(new TreeMap<>(before));
        partitions = Collections.unmodifiableSortedSet(new TreeSet<>(partitions));
        brokers = Collections.unmodifiableSortedSet(new TreeSet<>(brokers));
    }

    /** One that has set nothing yet. */
    static ThrottleLease at(long nowMillis) {
        return new ThrottleLease(new TreeMap<>(), new TreeMap<>(), new TreeSet<>(), new TreeSet<>(), nowMillis);
    }

    String encode() {
        ObjectNode json = MAPPER.createObjectNode().put("version", 1);
        ObjectNode values = json.putObject("set");
        set.forEach(values::put);
        ObjectNode old = json.putObject("before");
        before.forEach(old::put);
        partitions.forEach(json.putArray("partitions")::add);
        brokers.forEach(json.putArray("brokers")::add);
        return json.put("since", sinceMillis).toString();
    }

    /** Empty where the text is no lease. */
    static Optional<ThrottleLease> decode(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            boolean readable = json.path("version").asInt() == 1
                    && json.path("set").isObject()
                    && json.path("before").isObject()
                    && areIds(json.path("partitions"))
                    && areIds(json.path("brokers"));
            return readable
                    ? Optional.of(new ThrottleLease(
                            texts(json.path("set")),
                            texts(json.path("before")),
                            numbers(json.path("partitions")),
                            numbers(json.path("brokers")),
                            json.path("since").asLong()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static boolean areIds(JsonNode array) {
        return array.isArray()
                && StreamSupport.stream(array.spliterator(), false)
                        .allMatch(id -> id.isIntegralNumber() && id.canConvertToInt() && id.intValue() >= 0);
    }

    private static SortedMap<String, String> texts(JsonNode object) {
        SortedMap<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    private static SortedSet<Integer> numbers(JsonNode array) {
        SortedSet<Integer> numbers = new TreeSet<>();
        array.forEach(number -> numbers.add(number.asInt()));
        return numbers;
    }
}
