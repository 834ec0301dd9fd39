package org.reassign.core.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.reassign.api.model.Replicas;

/** The few things that the codecs of this package share: JSON with fields kept as text. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonFactory FACTORY = MAPPER.getFactory();

    private Json() {}

    /** Writes into a generator; a string writer does not fail. */
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /** An object with this body. */
    static String object(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The object that the text holds; empty where it holds none. */
    static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The fields of an object that are not named, name to JSON text. */
    static Map<String, String> others(JsonNode object, List<String> known) {
        Map<String, String> others = new TreeMap<>();
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                others.put(name, object.get(name).toString());
            }
        });
        return others;
    }

    /** A list of broker ids; empty where it is none, or one stands in it twice. */
    static Optional<Replicas> replicas(JsonNode array) {
        if (array == null || !array.isArray()) {
            return Optional.empty();
        }
        List<Integer> ids = new ArrayList<>();
        for (JsonNode id : array) {
            if (!id.isInt() || id.intValue() < 0 || ids.contains(id.intValue())) {
                return Optional.empty();
            }
            ids.add(id.intValue());
        }
        return Optional.of(new Replicas(ids));
    }

    static void write(JsonGenerator json, Replicas replicas) throws IOException {
        json.writeStartArray();
        for (int id : replicas.ids()) {
            json.writeNumber(id);
        }
        json.writeEndArray();
    }
}
