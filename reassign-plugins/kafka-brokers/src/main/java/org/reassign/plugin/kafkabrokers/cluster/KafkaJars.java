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
     * @param given the user's folder, which {@link #in} has found
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
     * @throws IllegalStateException where they cannot be fetched; says what to do
     */
    @Override
    public synchronized Path get() {
        return given.orElseGet(this::cached);
    }

    /** The folder with the jars of a version in a user's folder: itself, or {@code libs} in it, as in an unpacked Kafka. */
    public static Optional<Path> in(Path folder, KafkaVersion version) {
        return Stream.of(folder.toAbsolutePath(), folder.toAbsolutePath().resolve("libs"))
                .filter(some -> isComplete(some, version))
                .findFirst();
    }

    private static boolean isComplete(Path folder, KafkaVersion version) {
        return Files.isRegularFile(folder.resolve(version.jar()));
    }

    private Path cached() {
        Path folder = cache.resolve("kafka-" + version.number());
        if (isComplete(folder, version)) {
            return folder;
        }
        try {
            fetch(folder);
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the jars of Kafka " + version.number() + " could not be fetched (" + e.getMessage()
                            + "); connect to the network, or put " + version.jar()
                            + " and what it depends on into a folder and say --set takeover.kafka-home=FOLDER",
                    e);
        }
    }

    /**
     * Into a folder beside it, which becomes the real one when it is complete. One process fetches at a time, so that what
     * it finds of another is what a killed one has left.
     */
    private void fetch(Path folder) throws IOException {
        Files.createDirectories(cache);
        try (FetchLock lock = FetchLock.acquire(cache, notes)) {
            if (isComplete(folder, version)) {
                return;
            }
            lock.deleteRemains();
            Folders.delete(folder);
            notes.accept("fetching the jars of Kafka " + version.number() + " from Maven Central into " + folder + ": "
                    + version.megabytes() + " MB, once");
            try (MavenFetch maven = new MavenFetch(lock.newFolder(), notes)) {
                Path jars = maven.fetch(version);
                if (!isComplete(jars, version)) {
                    throw new IOException("Maven has not brought " + version.jar());
                }
                Files.move(jars, folder);
            }
        }
    }
}
