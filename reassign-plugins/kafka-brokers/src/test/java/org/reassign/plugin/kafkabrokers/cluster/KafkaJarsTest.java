package org.reassign.plugin.kafkabrokers.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaJarsTest {
    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    private KafkaJars jars(Optional<Path> given) {
        return new KafkaJars(KafkaVersion.V3_9_2, given, folder.resolve("cache"), notes::add);
    }

    @ParameterizedTest
    @ValueSource(strings = {"own", "own/libs"})
    void aFolderOfTheUserOrItsLibsAreTakenAsTheyAre(String name) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Files.createFile(own.resolve("kafka_2.13-3.9.2.jar"));
        assertThat(KafkaJars.in(folder.resolve("own"), KafkaVersion.V3_9_2)).hasValue(own);
        assertThat(KafkaJars.in(folder.resolve("own"), KafkaVersion.V2_8_2)).isEmpty();
        assertThat(jars(Optional.of(own)).get()).isEqualTo(own);
        assertThat(notes).isEmpty();
    }

    @Test
    void whatWasFetchedIsFoundAgain() throws IOException {
        Path cached = Files.createDirectories(folder.resolve("cache/kafka-3.9.2"));
        Files.createFile(cached.resolve("kafka_2.13-3.9.2.jar"));
        assertThat(jars(Optional.empty()).get()).isEqualTo(cached);
        assertThat(notes).isEmpty();
    }

    @Test
    void aCacheThatCannotBeWrittenSaysWhatToDo() throws IOException {
        Files.createFile(folder.resolve("cache"));
        assertThatThrownBy(() -> jars(Optional.empty()).get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("Kafka 3.9.2 could not be fetched", "--set takeover.kafka-home=FOLDER");
    }

    @Test
    void whatAKilledFetchHasLeftIsDeletedByTheNext() throws IOException {
        Path cache = Files.createDirectories(folder.resolve("cache"));
        Files.createFile(
                Files.createDirectories(cache.resolve("fetching-1/jars")).resolve("a.jar"));
        try (FetchLock lock = FetchLock.acquire(cache, notes::add)) {
            lock.deleteRemains();
            assertThat(lock.newFolder()).isEmptyDirectory();
        }
        assertThat(cache.resolve("fetching-1")).doesNotExist();
        assertThat(notes).isEmpty();
    }

    @Test
    void aFetchThatIsUnderWayIsWaitedFor() throws Exception {
        Path cache = Files.createDirectories(folder.resolve("cache"));
        Thread second;
        CountDownLatch waits = new CountDownLatch(1);
        try (FetchLock first = FetchLock.acquire(cache, notes::add)) {
            Path jars = Files.createDirectories(first.newFolder().resolve("jars"));
            Files.createFile(jars.resolve("kafka_2.13-3.9.2.jar"));
            second = new Thread(() -> {
                waits.countDown();
                var unused = jars(Optional.empty()).get();
            });
            second.start();
            waits.await();
            Files.move(jars, cache.resolve("kafka-3.9.2"));
        }
        second.join();
        assertThat(notes).as("it fetches nothing").isEmpty();
    }

    @Test
    void mavensFirstErrorIsTheCause() {
        assertThat(MavenFetch.cause(List.of(
                        "[INFO] Scanning", "[ERROR] Could not resolve the following dependencies:", "[ERROR] other")))
                .isEqualTo("Could not resolve the following dependencies");
        assertThat(MavenFetch.cause(List.of("no curl", ""))).isEqualTo("no curl");
    }
}
