package org.reassign.core.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.reassign.api.model.Replicas;

/** The few things that the codecs of this package share: JSON with fields kept as text. */
final class JsonText {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final JsonFactory FACTORY = MAPPER.getFactory();

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

    /** The object that the text holds; empty where it holds none. */
    static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * The fields of an object that are not named, name to JSON text: as they were written, also what a tree would round
     * or normalise.
     *
     * @param text what {@link #parse} has taken for an object
     */
    static Map<String, String> others(String text, Collection<String> known) {
        Map<String, String> others = new TreeMap<>();
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                int begin = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                parser.finishToken();
                int end = (int) parser.currentLocation().getCharOffset();
                if (!known.contains(name)) {
                    others.put(name, text.substring(begin, end).strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return others;
    }

    /** A list of broker ids; empty where it is none, or one stands in it twice. */
    static Optional<Replicas> replicas(JsonNode array) {
        if (array == null || !array.isArray()) {
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
