package org.reassign.cli.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.cli.UsageException;

/**
 * The JSON of {@code kafka-reassign-partitions.sh}. Read as its version 3.9 does, but for three things: a byte order mark is
 * passed over, and a field that stands twice and text behind the document are refused, of which Kafka's tool takes the last
 * and nothing.
 */
final class KafkaJson {
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int VERSION = 1;

    private KafkaJson() {}

    /** The list below a field of a file of version 1, which an absent version means, too. */
    static JsonNode list(Path file, String field, String form) {
        JsonNode document = document(file, form);
        JsonNode version = document.path("version");
        if (!version.isMissingNode() && !(version.isInt() && version.intValue() == VERSION)) {
            throw new UsageException(
                    file + " has the version " + version + ", and only 1 is understood; write \"version\":1");
        }
        JsonNode list = document.path(field);
        if (!list.isMissingNode() && !list.isArray()) {
            throw new UsageException(file + " has " + cut(list) + " as '" + field + "'; write a list, as in " + form);
        }
        if (list.isEmpty()) {
            throw new UsageException(file + " names nothing in '" + field + "'; write " + form);
        }
        return list;
    }

    private static JsonNode document(Path file, String form) {
        String text = text(file);
        try {
            JsonNode document = MAPPER.readTree(text);
            if (document.isObject()) {
                return document;
            }
            throw new UsageException(
                    file + (text.isBlank() ? " is empty" : " holds no JSON object") + "; write " + form);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
            throw new UsageException(file + where + ": not JSON (" + firstLine(e) + "); write " + form, e);
        }
    }

    private static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage() == null
                ? "it ends too early"
                : e.getOriginalMessage().lines().findFirst().orElse("").strip();
    }

    private static String text(Path file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file " + file + "; name one that exists", e);
        } catch (CharacterCodingException e) {
            throw new UsageException(file + " is not UTF-8; write it as UTF-8", e);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read (" + e + "); name a file that can", e);
        }
    }

    /** Not more of a value than a sentence can hold. */
    static String cut(JsonNode value) {
        String text = value.isMissingNode() ? "nothing" : value.toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    /** A document that {@code execute} takes, as Kafka's tool writes it. */
    static ObjectNode assignment(Map<TopicPartition, Replicas> assigned) {
        ObjectNode document = MAPPER.createObjectNode().put("version", VERSION);
        ArrayNode partitions = document.putArray("partitions");
        assigned.forEach((partition, replicas) -> {
            ObjectNode entry =
                    partitions.addObject().put("topic", partition.topic()).put("partition", partition.partition());
            ArrayNode ids = entry.putArray("replicas");
            ArrayNode directories = entry.putArray("log_dirs");
            replicas.ids().forEach(id -> {
                ids.add(id);
                directories.add("any");
            });
        });
        return document;
    }
}
