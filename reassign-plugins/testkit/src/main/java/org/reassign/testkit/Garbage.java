package org.reassign.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Bytes that no channel can take for a request; none of them is empty, which is nothing. */
final class Garbage {
    private static final List<String> TEXTS = List.of(
            " ",
            "nonsense",
            "{",
            "{\"version\":1",
            "[]",
            "null",
            "7",
            "\"text\"",
            "{}",
            "{\"version\":2}",
            "{\"version\":\"1\"}",
            "{\"version\":1.0}",
            "{\"version\":null}",
            "{\"version\":99999999999999999999}",
            "{\"version\":1,\"version\":1}",
            "{\"version\":1} {}",
            "{\"version\":1,\"kind\":\"carrier-pigeon\"}",
            "[".repeat(100_000));

    private Garbage() {}

    static List<byte[]> all() {
        Random random = new Random(455);
        Stream<byte[]> drawn = Stream.generate(() -> {
                    byte[] bytes = new byte[1 + random.nextInt(40)];
                    random.nextBytes(bytes);
                    // A byte that UTF-8 never holds: so none of these is a text by chance.
                    bytes[0] = (byte) 0xFF;
                    return bytes;
                })
                .limit(50);
        return Stream.concat(TEXTS.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)), drawn)
                .toList();
    }
}
