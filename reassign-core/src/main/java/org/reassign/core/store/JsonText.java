package org.reassign.core.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.reassign.api.model.Replicas;

/** JSON with fields kept as text, shared by the codecs of this package. */
final class JsonText {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final ObjectReader TREES = new ObjectMapper(FACTORY).reader();

    private JsonText() {}

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

    /**
     * The fields of an object.
     *
     * @param known the requested ones that exist
     * @param others the others, name to JSON text, unchanged even where a tree would round or normalise
     */
    record Fields(Map<String, JsonNode> known, Map<String, String> others) {
        /** A field that was asked for; a missing node where it is not there. */
        JsonNode get(String name) {
            return known.getOrDefault(name, MissingNode.getInstance());
        }
    }

    /** The object that the text holds, read once; empty where it holds none. */
    static Optional<Fields> parse(String text, Set<String> names) {
        Map<String, JsonNode> known = new HashMap<>();
        Map<String, String> others = new TreeMap<>();
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (names.contains(name)) {
                    known.put(name, TREES.readTree(parser));
                } else {
                    others.put(name, skipped(parser, text));
                }
            }
            return parser.nextToken() == null ? Optional.of(new Fields(known, others)) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String skipped(JsonParser parser, String text) throws IOException {
        int begin = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        return text.substring(begin, (int) parser.currentLocation().getCharOffset())
                .strip();
    }

    /** A list of broker ids; empty if it is none, or holds an id twice. */
    static Optional<Replicas> replicas(JsonNode array) {
        if (!array.isArray()) {
            return Optional.empty();
        }
        Set<Integer> ids = new LinkedHashSet<>();
        for (JsonNode id : array) {
            if (!id.isInt() || id.intValue() < 0 || !ids.add(id.intValue())) {
                return Optional.empty();
            }
        }
        return Optional.of(Replicas.copyOf(ids));
    }

    static void write(JsonGenerator json, Replicas replicas) throws IOException {
        json.writeStartArray();
        for (int id : replicas.ids()) {
            json.writeNumber(id);
        }
        json.writeEndArray();
    }
}
