package org.reassign.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** A JSON document that may become anything: names may stand twice, and a leaf is whatever text one likes. */
sealed interface Document {
    /** An object. */
    record Obj(List<Member> members) implements Document {
        Document get(String name) {
            return members.stream()
                    .filter(member -> member.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .value();
        }
    }

    /** A member; its name is not quoted yet. */
    record Member(String name, Document value) {}

    /** An array. */
    record Arr(List<Document> items) implements Document {}

    /** Anything else, as written. */
    record Raw(String text) implements Document {}

    /** A valid document. */
    static Document of(String json) {
        try {
            return of(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static Document of(JsonNode node) {
        if (node.isObject()) {
            List<Member> members = new ArrayList<>();
            node.properties().forEach(one -> members.add(new Member(one.getKey(), of(one.getValue()))));
            return new Obj(members);
        }
        if (node.isArray()) {
            List<Document> items = new ArrayList<>();
            node.forEach(item -> items.add(of(item)));
            return new Arr(items);
        }
        return new Raw(node.toString());
    }

    /** All that can be changed in place, this one first. */
    default List<Document> containers() {
        List<Document> found = new ArrayList<>();
        collect(this, found);
        return found;
    }

    private static void collect(Document document, List<Document> found) {
        if (document instanceof Obj object) {
            found.add(object);
            object.members().forEach(member -> collect(member.value(), found));
        } else if (document instanceof Arr array) {
            found.add(array);
            array.items().forEach(item -> collect(item, found));
        }
    }

    /** As text. */
    default String text() {
        StringBuilder text = new StringBuilder();
        write(this, text);
        return text.toString();
    }

    private static void write(Document document, StringBuilder text) {
        if (document instanceof Raw raw) {
            text.append(raw.text());
        } else if (document instanceof Arr array) {
            String comma = "[";
            for (Document item : array.items()) {
                text.append(comma);
                write(item, text);
                comma = ",";
            }
            text.append(array.items().isEmpty() ? "[]" : "]");
        } else if (document instanceof Obj object) {
            String comma = "{";
            for (Member member : object.members()) {
                text.append(comma).append('"').append(member.name()).append("\":");
                write(member.value(), text);
                comma = ",";
            }
            text.append(object.members().isEmpty() ? "{}" : "}");
        }
    }
}
