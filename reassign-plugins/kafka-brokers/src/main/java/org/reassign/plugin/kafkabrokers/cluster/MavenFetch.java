package org.reassign.plugin.kafkabrokers.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lets Maven copy what a broker needs into a temporary folder. Maven comes by its own wrapper script, which fetches it
 * where the user has it not yet, and obeys the user's settings, so that a mirror or a proxy counts. Needs a JDK.
 */
final class MavenFetch implements AutoCloseable {
    private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies";
    private static final long LIMIT_MINUTES = 9;

    private final Path folder;

    /** Works in this folder, which must be empty and is deleted at the end. */
    MavenFetch(Path folder) {
        this.folder = folder;
    }

    /**
     * Fetches the jars of a version.
     *
     * @return their folder, in the temporary one
     * @throws IOException where Maven fails; the message is what it says
     */
    Path fetch(KafkaVersion version) throws IOException {
        extract("pom.xml", folder.resolve("pom.xml"));
        extract("mvnw", folder.resolve("mvnw"));
        extract("maven-wrapper.properties", folder.resolve(".mvn/wrapper/maven-wrapper.properties"));
        Path jars = folder.resolve("jars");
        Path log = folder.resolve("maven.log");
        List<String> command = new ArrayList<>(List.of("sh", "./mvnw", "-q", "-B", "-f", "pom.xml", COPY));
        command.addAll(List.of(
                "-Dkafka=" + version.number(),
                "-Dscala=" + version.scala(),
                "-Dslf4j.binding=" + version.logBinding(),
                "-Dslf4j=" + version.logBindingVersion(),
                "-DoutputDirectory=" + jars));
        ProcessBuilder maven =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        maven.redirectOutput(log.toFile());
        maven.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
        run(maven.start(), log);
        return jars;
    }

    private static void run(Process maven, Path log) throws IOException {
        maven.getOutputStream().close();
        try {
            if (!maven.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("Maven did not end within " + LIMIT_MINUTES + " minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            maven.descendants().forEach(ProcessHandle::destroyForcibly);
            maven.destroyForcibly();
        }
        if (maven.exitValue() != 0) {
            throw new IOException(cause(log));
        }
    }

    /** Maven's first error, or else the last line that was printed. */
    private static String cause(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.stream()
                .filter(line -> line.startsWith("[ERROR]"))
                .map(line -> line.substring("[ERROR]".length()).strip())
                .findFirst()
                .or(() -> lines.stream().reduce((before, last) -> last))
                .orElse("Maven has said nothing");
    }

    private static void extract(String name, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream in = MavenFetch.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the plugin's jar has no " + name);
            }
            Files.copy(in, target);
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
