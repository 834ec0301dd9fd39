package org.reassign.plugin.kafkabrokers.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lets Maven copy what a broker needs into a temporary folder. Maven comes by its own wrapper script, which fetches it
 * where the user has it not yet, and obeys the user's settings, so that a mirror or a proxy counts. Needs a JDK.
 */
final class MavenFetch implements AutoCloseable {
    private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies";
    private static final int LIMIT_MINUTES = 9;
    private static final int NOTE_SECONDS = 20;
    /** A repository that accepts and says nothing would otherwise be waited for half an hour. */
    private static final int SILENCE_SECONDS = 60;

    private final Path folder;
    private final Consumer<String> notes;

    /**
     * Works in this folder, which must be empty and is deleted at the end.
     *
     * @param notes is told now and then what is waited for
     */
    MavenFetch(Path folder, Consumer<String> notes) {
        this.folder = folder;
        this.notes = notes;
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
        List<String> command = new ArrayList<>(List.of("sh", "./mvnw", "-B", "-f", "pom.xml", COPY));
        command.addAll(List.of(
                "-Dkafka=" + version.number(),
                "-Dscala=" + version.scala(),
                "-Dslf4j.binding=" + version.logBinding(),
                "-Dslf4j=" + version.logBindingVersion(),
                "-DoutputDirectory=" + jars,
                "-Daether.connector.requestTimeout=" + TimeUnit.SECONDS.toMillis(SILENCE_SECONDS)));
        ProcessBuilder maven =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        maven.redirectOutput(log.toFile());
        maven.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
        maven.environment().put("MVNW_VERBOSE", "true"); // says which Maven it fetches
        run(maven.start(), log);
        return jars;
    }

    /** Maven ends with this process, also where that is told to end. */
    private void run(Process maven, Path log) throws IOException {
        Thread hook = new Thread(() -> end(maven), "maven");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            maven.getOutputStream().close();
            awaitEnd(maven, log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IllegalStateException ending) {
            throw new IOException("this process is ending", ending);
        } finally {
            end(maven);
            Hooks.remove(hook);
        }
        if (maven.exitValue() != 0) {
            throw new IOException(cause(Files.readAllLines(log)));
        }
    }

    private static void end(Process maven) {
        List<ProcessHandle> all = maven.descendants().toList();
        maven.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private void awaitEnd(Process maven, Path log) throws IOException, InterruptedException {
        for (int waited = 0; !maven.waitFor(NOTE_SECONDS, TimeUnit.SECONDS); ) {
            waited += NOTE_SECONDS;
            String last = lastLine(Files.readAllLines(log));
            if (waited >= TimeUnit.MINUTES.toSeconds(LIMIT_MINUTES)) {
                throw new IOException("Maven did not end within " + LIMIT_MINUTES + " minutes, last: " + last);
            }
            notes.accept("still fetching after " + waited + " s; Maven: " + last);
        }
    }

    /** Maven's first error, or else the last line that was printed. */
    static String cause(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("[ERROR]"))
                .map(line -> line.substring("[ERROR]".length()).strip().replaceFirst(":$", ""))
                .findFirst()
                .orElseGet(() -> lastLine(lines));
    }

    private static String lastLine(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.isBlank())
                .reduce((before, last) -> last)
                .orElse("it has said nothing yet");
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
        Folders.delete(folder);
    }
}
