package org.reassign.plugin.requestchannels;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * JSON as somebody else wrote it: members in their order, also those whose name stands twice, and numbers as they are
 * spelled. What is read and written back loses nothing, known or not.
 */
sealed interface JsonTree {
    /** Shared, since making one takes longer than writing an entry. */
    JsonFactory FACTORY = new JsonFactory();

    /** What some editors begin a text with. */
    String BYTE_ORDER_MARK = "\uFEFF";

    /** An object. */
    record Obj(List<Member> members) implements JsonTree {
        public Obj {
            members = List.copyOf(members);
        }

        /** The values of a name, none, one or, where it stands twice, more. */
        List<JsonTree> all(String name) {
            return members.stream()
                    .filter(member -> member.name().equals(name))
                    .map(Member::value)
                    .toList();
        }

        /** The same with another value of a name, which has one or more. */
        Obj with(String name, JsonTree value) {
            return new Obj(members.stream()
                    .map(member -> member.name().equals(name) ? new Member(name, value) : member)
                    .toList());
        }
    }

    /** One member of an object. */
    record Member(String name, JsonTree value) {}

    /** An array. */
    record Arr(List<JsonTree> items) implements JsonTree {
        public Arr {
            items = List.copyOf(items);
        }
    }

    /** A string. */
    record Text(String value) implements JsonTree {}

    /** A number, as spelled. */
    record Num(String spelled) implements JsonTree {
        private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,10}");

        static Num of(long value) {
            return new Num(Long.toString(value));
        }

        /** The number, where it is whole, spelled without fraction and exponent, and fits. */
        Optional<Integer> asInt() {
            try {
                return INTEGER.matcher(spelled).matches() ? Optional.of(Integer.parseInt(spelled)) : Optional.empty();
            } catch (NumberFormatException tooLarge) {
                return Optional.empty();
            }
        }
    }

    /** {@code true}, {@code false} or {@code null}. */
    enum Word implements JsonTree {
        TRUE,
        FALSE,
        NULL
    }

    /**
     * Reads UTF-8 text that holds one JSON value, with or without a byte order mark.
     *
     * @throws IOException where the bytes are no such text
     */
    static JsonTree parse(byte[] data) throws IOException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(data))
                .toString();
        int begin = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
        try (JsonParser parser = FACTORY.createParser(text.substring(begin))) {
            if (parser.nextToken() == null) {
                throw new IOException("it is empty");
            }
            JsonTree value = read(parser);
            if (parser.nextToken() != null) {
                throw new IOException("something follows after its end");
            }
            return value;
        }
    }

    private static JsonTree read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> new Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(parser.getText());
            case VALUE_TRUE -> Word.TRUE;
            case VALUE_FALSE -> Word.FALSE;
            case VALUE_NULL -> Word.NULL;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IOException("unexpected " + parser.currentToken());
        };
    }

    private static Obj readObject(JsonParser parser) throws IOException {
        List<Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.add(new Member(name, read(parser)));
        }
        return new Obj(members);
    }

    private static Arr readArray(JsonParser parser) throws IOException {
        List<JsonTree> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(read(parser));
        }
        return new Arr(items);
    }

    /** The value as text, without blanks. */
    default String write() {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            // half a surrogate pair has no UTF-8: it stays the escape that it must have been
            generator.setHighestNonEscapedChar(Character.MIN_SURROGATE - 1);
            write(this, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return text.toString();
    }

    /** How many bytes {@link #write()} takes. */
    default int bytes() {
        return write().getBytes(StandardCharsets.UTF_8).length;
    }

    private static void write(JsonTree json, JsonGenerator generator) throws IOException {
        if (json instanceof Obj object) {
            generator.writeStartObject();
            for (Member member : object.members()) {
                generator.writeFieldName(member.name());
                write(member.value(), generator);
            }
            generator.writeEndObject();
        } else if (json instanceof Arr array) {
            generator.writeStartArray();
            for (JsonTree item : array.items()) {
                write(item, generator);
            }
            generator.writeEndArray();
        } else if (json instanceof Text text) {
            generator.writeString(text.value());
        } else if (json instanceof Num number) {
            generator.writeNumber(number.spelled());
        } else if (json instanceof Word word) {
            switch (word) {
                case TRUE -> generator.writeBoolean(true);
                case FALSE -> generator.writeBoolean(false);
                case NULL -> generator.writeNull();
            }
        }
    }
}
