package org.reassign.simulation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.reassign.simulation.Document.Arr;
import org.reassign.simulation.Document.Member;
import org.reassign.simulation.Document.Obj;
import org.reassign.simulation.Document.Raw;

/** Makes valid documents bad: in their grammar, and in their bytes. */
final class Mutation {
    /** Values that are JSON, and wrong nearly everywhere. */
    static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-1",
            "1",
            "2",
            "7",
            "1.0",
            "1.5",
            "1e2",
            "1e400",
            "-1e400",
            "1e-400",
            "1e99999999999",
            "2147483647",
            "2147483648",
            "-2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999999",
            "0.1234567890123456789012345678901234567890",
            "\"\"",
            "\" \"",
            "\"a\"",
            "\"1\"",
            "\"any\"",
            "\"/data/1\"",
            "\"scan\"",
            "\"names\"",
            "\"request\"",
            "\"\\u0000\"",
            "\"\\n\"",
            "\"\\u2028\"",
            "\"\\ud800\"",
            "\"\\udc00x\"",
            "\"größe\"",
            "\"\u202e\"",
            "\"/\"",
            "\"..\"",
            "\"a/b\"",
            "\"../../controller\"",
            "\"*\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "[0]",
            "[0,0]",
            "[-1]",
            "[1,2]",
            "[1,\"1\"]",
            "[2147483648]",
            "[1.0]",
            "[9,8,7]",
            "{\"0\":[1]}",
            "{\"0\":null,\"0\":[1]}",
            "{\"a\":{\"a\":{\"a\":[{}]}}}");

    /** What is no JSON. */
    private static final List<String> NONSENSE = List.of(
            "NaN",
            "Infinity",
            "-Infinity",
            "00",
            "01",
            "+1",
            ".5",
            "1.",
            "0x10",
            "'a'",
            "nul",
            "undefined",
            "{a:1}",
            "[1,]",
            "{,}",
            "[",
            "{",
            "\"",
            "]",
            "}",
            "\"\\x\"",
            "\"\\u12\"",
            "/* */1",
            "1 1",
            "\u0000",
            "\t",
            "\ufeff",
            "{\"\\ud800\":1}",
            "");

    private static final List<String> NAMES = List.of(
            "",
            " ",
            ".",
            "..",
            "a/b",
            "../..",
            "/",
            "*",
            "-1",
            "00",
            "1.0",
            "2147483648",
            "99999999999",
            "0",
            "1",
            "7",
            "version",
            "partitions",
            "topic",
            "größe",
            "a b",
            "\\n",
            "\\u0000",
            "\\u2028",
            "\\\"",
            "orders",
            "orders-0",
            "unknown",
            "'");

    /** Heavy enough to be drawn seldom. */
    private static final List<String> HEAVY = List.of(
            "[".repeat(10_000),
            "[".repeat(10_000) + "]".repeat(10_000),
            "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
            "[".repeat(900) + "]".repeat(900),
            "9".repeat(1_200),
            "-" + "9".repeat(900),
            "1." + "0".repeat(900),
            "\"" + "x".repeat(60_000) + "\"",
            "[" + "1,".repeat(20_000) + "1]",
            ascending(20_000));

    private Mutation() {}

    private static String ascending(int count) {
        StringBuilder text = new StringBuilder("[0");
        for (int i = 1; i < count; i++) {
            text.append(',').append(i);
        }
        return text.append(']').toString();
    }

    /** A bad document, made from a valid one. */
    static byte[] bytes(Draw draw, String valid) {
        Document document = Document.of(valid);
        int changes = draw.below(4);
        for (int i = 0; i < changes; i++) {
            change(draw, document, true);
        }
        return bytesOf(draw, changes == 0 || draw.oneIn(3), document.text());
    }

    /** The text in UTF-8, or what is left of it. */
    static byte[] bytesOf(Draw draw, boolean damaged, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] given = damaged ? damaged(draw, bytes) : bytes;
        draw.shows(new String(given, StandardCharsets.ISO_8859_1));
        return given;
    }

    /** Changes something somewhere in it. */
    static void change(Draw draw, Document document, boolean alsoNonsense) {
        List<Document> containers = document.containers();
        if (containers.isEmpty()) {
            return;
        }
        Document at = draw.of(containers);
        if (at instanceof Arr array) {
            changeItems(draw, array.items(), alsoNonsense);
        } else if (at instanceof Obj object) {
            changeMembers(draw, object.members(), alsoNonsense);
        }
    }

    private static void changeItems(Draw draw, List<Document> items, boolean alsoNonsense) {
        int at = items.isEmpty() ? 0 : draw.below(items.size());
        switch (items.isEmpty() ? 0 : draw.below(4)) {
            case 0 -> items.add(value(draw, alsoNonsense));
            case 1 -> items.remove(at);
            case 2 -> items.add(items.get(at));
            default -> items.set(at, value(draw, alsoNonsense));
        }
    }

    private static void changeMembers(Draw draw, List<Member> members, boolean alsoNonsense) {
        int at = members.isEmpty() ? 0 : draw.below(members.size());
        switch (members.isEmpty() ? 0 : draw.below(6)) {
            case 0 -> members.add(new Member(name(draw), value(draw, alsoNonsense)));
            case 1 -> members.remove(at);
            case 2 -> members.add(members.get(at));
            case 3 -> members.set(at, new Member(name(draw), members.get(at).value()));
            default -> members.set(at, new Member(members.get(at).name(), value(draw, alsoNonsense)));
        }
    }

    private static String name(Draw draw) {
        return draw.oneIn(100) ? "x".repeat(300 + draw.below(10) * 5_000) : draw.of(NAMES);
    }

    /** A bad value. */
    static Document value(Draw draw, boolean alsoNonsense) {
        if (alsoNonsense && draw.oneIn(300)) {
            return new Raw(draw.of(HEAVY));
        }
        return new Raw(draw.of(alsoNonsense && draw.oneIn(5) ? NONSENSE : VALUES));
    }

    private static byte[] damaged(Draw draw, byte[] bytes) {
        int at = draw.below(bytes.length + 1);
        return switch (draw.below(8)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> joined(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, bytes);
            case 2 -> joined(bytes, bytes);
            case 3 -> joined(bytes, new byte[] {0});
            case 4 -> new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
            case 5 -> random(draw);
            default -> scattered(draw, bytes);
        };
    }

    private static byte[] scattered(Draw draw, byte[] bytes) {
        byte[] copy = bytes.clone();
        for (int i = draw.below(5); i >= 0 && copy.length > 0; i--) {
            copy[draw.below(copy.length)] = (byte) draw.below(256);
        }
        return copy;
    }

    private static byte[] random(Draw draw) {
        byte[] bytes = new byte[draw.below(60)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) draw.below(256);
        }
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
