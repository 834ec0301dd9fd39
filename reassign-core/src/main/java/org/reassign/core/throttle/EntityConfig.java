package org.reassign.core.throttle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;

/**
 * The configuration of a topic or broker as read: {@code {"version":1,"config":{"key":"value"}}} in {@code /config/topics/T} or
 * {@code /config/brokers/N} (Kafka 0.9 to 3.9). Fields and keys that are not changed are kept.
 *
 * @param entity which topic or broker
 * @param json the content
 * @param version the version of the znode; empty where there is none
 */
record EntityConfig(ThrottledEntity entity, ObjectNode json, Optional<Integer> version) {
    /** Below it znodes name what brokers must read again. */
    static final String CHANGES = "/config/changes";

    private static final String FIELD = "config";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Empty where the znode holds something else. */
    static Optional<EntityConfig> of(ThrottledEntity entity, Optional<ZkNode> node) {
        if (node.isEmpty()) {
            ObjectNode json = MAPPER.createObjectNode().put("version", 1);
            json.putObject(FIELD);
            return Optional.of(new EntityConfig(entity, json, Optional.empty()));
        }
        try {
            return MAPPER.readTree(node.get().text()) instanceof ObjectNode json
                            && (json.path(FIELD).isObject() || json.path(FIELD).isMissingNode())
                    ? Optional.of(new EntityConfig(
                            entity, json, Optional.of(node.get().stat().version())))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A value, if the key is set. */
    Optional<String> get(String key) {
        JsonNode value = json.path(FIELD).path(key);
        return value.isValueNode() ? Optional.of(value.asText()) : Optional.empty();
    }

    /** The writes that set these keys, and delete those without a value, and tell brokers of it; none where nothing changes. */
    List<ZkWrite> writes(Map<String, Optional<String>> changes) {
        ObjectNode changed = json.deepCopy();
        ObjectNode config = changed.withObjectProperty(FIELD);
        changes.forEach((key, value) -> value.ifPresentOrElse(text -> config.put(key, text), () -> config.remove(key)));
        if (changed.equals(json)) {
            return List.of();
        }
        String text = changed.toString();
        ObjectNode told = MAPPER.createObjectNode().put("version", 2).put("entity_path", entity.key());
        List<ZkWrite> writes = new ArrayList<>();
        writes.add(version.map(read -> ZkWrite.setData(entity.configPath(), text, read))
                .orElseGet(() -> ZkWrite.create(entity.configPath(), text)));
        writes.add(ZkWrite.createSequential(CHANGES + "/config_change_", told.toString()));
        return writes;
    }
}
