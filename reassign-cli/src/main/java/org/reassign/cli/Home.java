package org.reassign.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of the distribution, with the bundled plugins and scenarios; the launcher names it. */
public final class Home {
    /** The system property that names it. */
    static final String PROPERTY = "reassign.home";

    private Home() {}

    private static Optional<Path> folder(String name) {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .map(home -> Path.of(home, name))
                .filter(Files::isDirectory);
    }

    /** The bundled plugins' folder. */
    static Optional<Path> plugins() {
        return folder("plugins");
    }

    /** The folder for what plugins fetch once; below the user's temporary files where there is no distribution. */
    public static Path cache() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .map(home -> Path.of(home, "cache"))
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "reassign-cache"));
    }

    /** A scenario by its file, or by the name of a bundled one. */
    public static Path scenario(String name) {
        Path file = Path.of(name);
        if (Files.isRegularFile(file)) {
            return file;
        }
        Optional<Path> bundled = folder("scenarios")
                .map(folder -> folder.resolve(name + ".yaml"))
                .filter(Files::isRegularFile);
        return bundled.orElseThrow(() -> new UsageException("there is no scenario '" + name
                + "'; name a file, or a bundled one: " + String.join(", ", scenarios())));
    }

    /** The names of the bundled scenarios. */
    static List<String> scenarios() {
        return folder("scenarios").map(Home::names).orElse(List.of());
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
