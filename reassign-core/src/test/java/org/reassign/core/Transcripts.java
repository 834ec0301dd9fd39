package org.reassign.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Stories as files: a line that begins with {@code >} is an event, the indented lines below it are its effects. {@code
 * -Dtranscripts.rewrite=true} writes the effects again; review the difference.
 */
public final class Transcripts {
    private static final Path ROOT = Path.of("src/test/resources/transcripts");

    private Transcripts() {}

    /** A test for each file of the folder; {@code story} makes what turns an event into its effects. */
    public static List<DynamicTest> of(String folder, int atLeast, Supplier<Function<String, List<String>>> story)
            throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            List<DynamicTest> tests = files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> dynamicTest(
                            file.getFileName().toString(), file.toUri(), () -> play(file, story.get())))
                    .toList();
            assertThat(tests).hasSizeGreaterThanOrEqualTo(atLeast);
            return tests;
        }
    }

    private static void play(Path file, Function<String, List<String>> story) throws IOException {
        List<String> told = Files.readAllLines(file);
        List<String> played = new ArrayList<>();
        for (String line : told) {
            if (line.startsWith("> ")) {
                played.add(line);
                story.apply(line.substring(2)).forEach(effect -> played.add("    " + effect));
            } else if (!line.startsWith("    ")) {
                played.add(line);
            }
        }
        if (Boolean.getBoolean("transcripts.rewrite")) {
            Files.write(file, played);
        }
        assertThat(String.join("\n", played)).as(file.toString()).isEqualTo(String.join("\n", told));
    }
}
