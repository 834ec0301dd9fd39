package org.reassign.core.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The worked cases of the protocol as transcripts: a line that begins with {@code >} is an event, the indented lines
 * below it are what is decided. {@code -Dtranscripts.rewrite=true} writes the decisions anew; review the difference.
 */
class TranscriptTest {
    private static final Path FOLDER = Path.of("src/test/resources/transcripts");

    @TestFactory
    List<DynamicTest> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<DynamicTest> tests = files.sorted()
                    .map(file -> dynamicTest(file.getFileName().toString(), file.toUri(), () -> play(file)))
                    .toList();
            assertThat(tests).hasSizeGreaterThanOrEqualTo(16);
            return tests;
        }
    }

    private static void play(Path file) throws IOException {
        List<String> told = Files.readAllLines(file);
        Story story = new Story();
        List<String> played = new ArrayList<>();
        for (String line : told) {
            if (line.startsWith("> ")) {
                played.add(line);
                story.play(line.substring(2)).forEach(effect -> played.add("    " + effect));
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
