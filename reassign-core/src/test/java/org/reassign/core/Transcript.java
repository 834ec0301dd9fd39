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
 * Files of events and what follows from them: a line that begins with {@code >} is an event, the indented lines below it
 * are its effects. {@code -Dtranscripts.rewrite=true} writes the effects again; review the difference.
 */
public final class Transcript {
    private Transcript() {}

    /** A test for each file of a folder, played by a story of its own. */
    public static List<DynamicTest> tests(Path folder, Supplier<Function<String, List<String>>> story)
            throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file ->
                            dynamicTest(file.getFileName().toString(), file.toUri(), () -> play(file, story.get())))
                    .toList();
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
