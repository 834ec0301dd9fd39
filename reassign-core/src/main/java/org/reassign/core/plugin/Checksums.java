package org.reassign.core.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The jars that may be loaded, by their SHA-256.
 *
 * @param file where they are listed
 * @param allowed SHA-256, in hexadecimal digits and lower case
 */
public record Checksums(Path file, Set<String> allowed) {
    private static final String DIGEST = "[0-9a-fA-F]{64}";

    /**
     * Reads what {@code sha256sum} prints: lines that begin with a SHA-256; the names behind are for people. Empty lines
     * and those that begin with {@code #} are passed over.
     *
     * @throws ChoiceException where the file cannot be read, or a line is something else
     */
    public static Checksums read(Path file) {
        return new Checksums(
                file,
                lines(file).stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(line -> digest(file, line))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new ChoiceException(
                    "checksums " + file + " cannot be read; name a file that holds what sha256sum prints", e);
        }
    }

    private static String digest(Path file, String line) {
        String first = line.strip().split("\\s", 2)[0];
        if (!first.matches(DIGEST)) {
            throw new ChoiceException("checksums " + file + " hold a line that does not begin with a SHA-256, '" + line
                    + "'; write the file by sha256sum");
        }
        return first.toLowerCase(Locale.ROOT);
    }

    PluginJar checked(PluginJar jar) {
        return allowed.contains(jar.sha256())
                ? jar
                : jar.broken("has the SHA-256 " + jar.sha256() + ", which " + file
                        + " does not list; find out where the jar comes from, and list it if you trust it");
    }
}
