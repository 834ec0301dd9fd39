package org.reassign.plugin.kafkabrokers.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;

/**
 * The configurations of topics and brokers: {@code /config/topics/T} and {@code /config/brokers/N} hold {@code
 * {"version":1,"config":{"key":"value"}}}, and brokers read again what a znode below {@code /config/changes} names by
 * {@code {"version":2,"entity_path":"topics/T"}}, in the order of these znodes (Kafka 0.10.1 to 3.9). Calls block.
 */
public final class ConfigZnodes {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final LabZnodes znodes;

    /** Configurations in the ZooKeeper of a session, which stays the caller's to close. */
    public ConfigZnodes(LabZnodes znodes) {
        this.znodes = znodes;
    }

    /** Writes the configuration of something that no broker has read yet. */
    void create(String entity, String key, String value) {
        znodes.put("/config/" + entity, with(empty(), key, value).toString());
    }

    /** Changes one value, an empty one by taking it away, and tells the brokers to read it. */
    void change(String entity, String key, String value) {
        String path = "/config/" + entity;
        ObjectNode read = znodes.read(path).map(ConfigZnodes::parsed).orElseGet(ConfigZnodes::empty);
        znodes.put(path, with(read, key, value).toString());
        tell(entity);
    }

    private void tell(String entity) {
        ObjectNode change = MAPPER.createObjectNode().put("version", 2).put("entity_path", entity);
        znodes.write(ZkWrite.createSequential("/config/changes/config_change_", change.toString()));
    }

    private static ObjectNode with(ObjectNode text, String key, String value) {
        ObjectNode config = text.withObject("/config");
        if (value.isEmpty()) {
            config.remove(key);
        } else {
            config.put(key, value);
        }
        return text;
    }

    private static ObjectNode empty() {
        ObjectNode text = MAPPER.createObjectNode().put("version", 1);
        text.putObject("config");
        return text;
    }

    private static ObjectNode parsed(ZkNode node) {
        try {
            JsonNode read = MAPPER.readTree(node.text());
            return read instanceof ObjectNode object ? object : empty();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a configuration in ZooKeeper is not JSON: " + node.text(), e);
        }
    }
}
