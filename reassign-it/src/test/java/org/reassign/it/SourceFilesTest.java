package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the source files of the main code of all modules have in common. */
class SourceFilesTest {
    private static final int MOST_LINES = 300;
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path violations;

    @Test
    void enoughFilesAreSeen() {
        assertThat(mainFiles(TOP)).hasSizeGreaterThan(350);
    }

    @Test
    void noFileIsLong() throws IOException {
        assertThat(tooLong(TOP)).isEmpty();
        Path source = write("a/src/main/java/Long.java", "\n".repeat(MOST_LINES + 1));
        write("a/src/main/java/Short.java", "\n".repeat(MOST_LINES));
        assertThat(tooLong(violations)).containsExactly(source);
    }

    @Test
    void noTwoClassesHaveOneName() throws IOException {
        assertThat(ambiguous(TOP)).isEmpty();
        write("a/src/main/java/Name.java", "");
        write("b/src/main/java/Name.java", "");
        write("b/src/test/java/Other.java", "");
        write("b/src/main/java/Other.java", "");
        assertThat(ambiguous(violations)).containsOnlyKeys("Name.java");
    }

    private Path write(String name, String text) throws IOException {
        Path file = violations.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static List<Path> tooLong(Path top) {
        return mainFiles(top).stream().filter(file -> lines(file) > MOST_LINES).toList();
    }

    private static Map<String, List<Path>> ambiguous(Path top) {
        Map<String, List<Path>> byName = mainFiles(top).stream()
                .collect(Collectors.groupingBy(file -> file.getFileName().toString()));
        byName.values().removeIf(files -> files.size() == 1);
        return byName;
    }

    private static List<Path> mainFiles(Path top) {
        try (Stream<Path> files = Files.walk(top)) {
            return files.filter(file -> file.toString().contains("/src/main/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
