package org.reassign.api.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.model.KeptAnswer;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** One record as a JSON tree; {@link RecordCodec} describes the fields. */
final class RecordJson {
    static final int VERSION = 1;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private RecordJson() {}

    /** An empty JSON object. */
    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Reads JSON text. */
    static JsonNode parse(String text) throws RecordFormatException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new RecordFormatException("is no JSON (" + RecordFormatException.shown(e.getOriginalMessage()) + ")");
        }
    }

    /** Writes a record; equal records give equal text. */
    static ObjectNode encode(ReassignmentRecord record) {
        ObjectNode json = object().put("version", VERSION);
        json.set("target", encode(record.target()));
        json.set("original", encode(record.original()));
        json.set("dropping", encode(record.dropping()));
        json.put("mechanism", record.mechanism().name().toLowerCase(Locale.ROOT));
        json.put("zxid", record.zxid());
        json.put("request", record.request());
        record.requester().ifPresent(requester -> json.put("requester", requester));
        record.reason().ifPresent(reason -> json.put("reason", reason));
        json.put("since", record.sinceMillis());
        record.answer().ifPresent(name -> json.put("answer", name));
        return json;
    }

    /** Writes broker ids in order. */
    static ArrayNode encode(Replicas replicas) {
        ArrayNode array = JSON.createArrayNode();
        replicas.ids().forEach(array::add);
        return array;
    }

    /** Reads the record of one partition. */
    static ReassignmentRecord decode(TopicPartition partition, JsonNode json) throws RecordFormatException {
        if (!json.isObject()) {
            throw new RecordFormatException("is no JSON object");
        }
        long version = number(json, "version");
        if (version != VERSION) {
            throw new RecordFormatException("has version " + version + ", and only " + VERSION + " is understood");
        }
        Replicas target = replicas(json, "target");
        Replicas dropping = replicas(json, "dropping");
        Replicas original = replicas(json, "original");
        if (target.isEmpty() || original.isEmpty()) {
            throw new RecordFormatException("has an empty " + (target.isEmpty() ? "target" : "original"));
        }
        if (!target.intersect(dropping).isEmpty()) {
            throw new RecordFormatException("drops "
                    + RecordFormatException.shown(target.intersect(dropping) + ", which is in its target " + target));
        }
        String request =
                text(json, "request").orElseThrow(() -> new RecordFormatException("lacks the field 'request'"));
        return ReassignmentRecord.of(partition, target, original)
                .dropping(dropping)
                .withRequest(mechanism(json), request, number(json, "zxid"))
                .withReason(text(json, "requester"), text(json, "reason"))
                .since(number(json, "since"))
                .answeredAs(answer(json));
    }

    private static Optional<String> answer(JsonNode json) throws RecordFormatException {
        Optional<String> name = text(json, "answer");
        if (name.filter(given -> !KeptAnswer.isName(given)).isPresent()) {
            throw new RecordFormatException("has the name '" + RecordFormatException.shown(name.orElseThrow())
                    + "' for its answer, which can be no part of a znode's name");
        }
        return name;
    }

    private static Mechanism mechanism(JsonNode json) throws RecordFormatException {
        String name = text(json, "mechanism").orElse("");
        return switch (name) {
            case "request" -> Mechanism.REQUEST;
            case "legacy" -> Mechanism.LEGACY;
            default ->
                throw new RecordFormatException("has the mechanism '" + RecordFormatException.shown(name)
                        + "', which is neither request nor legacy");
        };
    }

    private static long number(JsonNode json, String field) throws RecordFormatException {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new RecordFormatException("needs a whole number as '" + field + "'");
        }
        return value.longValue();
    }

    private static Optional<String> text(JsonNode json, String field) throws RecordFormatException {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new RecordFormatException("needs text as '" + field + "'");
        }
        return Optional.of(value.textValue());
    }

    /** Reads broker ids in order. */
    static Replicas replicas(JsonNode json, String field) throws RecordFormatException {
        JsonNode value = json.path(field);
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
