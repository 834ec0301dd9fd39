package org.reassign.plugin.kafkabrokers.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Kafka's jars: in a folder that the user names, or fetched by Maven at the first use into a cache, where later runs find
 * them. May be asked from several threads; one fetches.
 */
public final class KafkaJars implements Supplier<Path> {
    private final KafkaVersion version;
    private final Optional<Path> given;
    private final Path cache;
    private final Consumer<String> notes;

    /**
     * Nothing is looked for yet.
     *
     * @param given the user's folder, or an unpacked Kafka with a folder {@code libs}
     * @param cache where it is fetched to, if there is no such folder
     * @param notes is told what is fetched
     */
    public KafkaJars(KafkaVersion version, Optional<Path> given, Path cache, Consumer<String> notes) {
        this.version = version;
        this.given = given.map(Path::toAbsolutePath);
        this.cache = cache.toAbsolutePath();
        this.notes = notes;
    }

    /**
     * The folder with the jars, which are fetched first if they are missing; that may take minutes.
     *
     * @throws IllegalStateException where they are not in the user's folder, or cannot be fetched; says what to do
     */
    @Override
    public synchronized Path get() {
        return given.map(this::checked).orElseGet(this::cached);
    }

    private Path checked(Path folder) {
        return Stream.of(folder, folder.resolve("libs"))
                .filter(this::isComplete)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the folder " + folder + " has no " + jar()
                        + "; name one with it and all that it depends on, or another kafka-version"));
    }

    private String jar() {
        return "kafka_" + version.scala() + "-" + version.number() + ".jar";
    }

    private boolean isComplete(Path folder) {
        return Files.isRegularFile(folder.resolve(jar()));
    }

    private Path cached() {
        Path folder = cache.resolve("kafka-" + version.number());
        if (isComplete(folder)) {
            return folder;
        }
        notes.accept("fetching the jars of Kafka " + version.number() + " from Maven Central into " + folder + ": "
                + version.megabytes() + " MB, once");
        try {
            fetch(folder);
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the jars of Kafka " + version.number() + " could not be fetched (" + e.getMessage()
                            + "); connect to the network, or put " + jar()
                            + " and what it depends on into a folder and say --set takeover.kafka-home=FOLDER",
                    e);
        }
    }

    /** Into a folder beside it, which becomes the real one when it is complete: others may fetch at the same time. */
    private void fetch(Path folder) throws IOException {
        Files.createDirectories(cache);
        Path parts = Files.createTempDirectory(cache, "fetching-");
        try (MavenFetch maven = new MavenFetch(parts)) {
            Path jars = maven.fetch(version);
            if (!isComplete(jars)) {
                throw new IOException("Maven has not brought " + jar());
            }
            if (!isComplete(folder)) {
                Files.move(jars, folder);
            }
        }
    }
}
