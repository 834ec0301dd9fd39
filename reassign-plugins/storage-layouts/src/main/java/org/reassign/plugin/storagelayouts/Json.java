package org.reassign.plugin.storagelayouts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;
import org.reassign.api.codec.RecordFormatException;
import org.reassign.api.model.Replicas;

/** JSON of Kafka's own fields. */
final class Json {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /** An empty JSON object. */
    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** The object that a text of our own holds. */
    static ObjectNode object(String text) {
        try {
            return JSON.readValue(text, ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Reads JSON text. */
    static JsonNode parse(String text) throws RecordFormatException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new RecordFormatException("is no JSON (" + RecordFormatException.shown(e.getOriginalMessage()) + ")");
        }
    }

    /** Writes broker ids in order. */
    static ArrayNode encode(Replicas replicas) {
        ArrayNode array = JSON.createArrayNode();
        replicas.ids().forEach(array::add);
        return array;
    }

    /** Reads broker ids in order. */
    static Replicas replicas(String field, JsonNode value) throws RecordFormatException {
        if (!value.isArray()) {
            throw new RecordFormatException("needs a list of broker ids as '" + field + "'");
        }
        Set<Integer> ids = new LinkedHashSet<>();
        for (JsonNode id : value) {
            if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 0 || !ids.add(id.intValue())) {
                throw new RecordFormatException("needs distinct broker ids as '" + RecordFormatException.shown(field)
                        + "', not " + RecordFormatException.shown(value.toString()));
            }
        }
        return Replicas.copyOf(ids);
    }
}
