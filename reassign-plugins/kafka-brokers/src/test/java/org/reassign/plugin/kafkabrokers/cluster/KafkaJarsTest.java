package org.reassign.plugin.kafkabrokers.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaJarsTest {
    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    private KafkaJars jars(Optional<Path> given) {
        return new KafkaJars(KafkaVersion.V3_9_2, given, folder.resolve("cache"), notes::add);
    }

    @Test
    void aFolderOfTheUserIsTakenAsItIs() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        Files.createFile(own.resolve("kafka_2.13-3.9.2.jar"));
        assertThat(jars(Optional.of(own)).get()).isEqualTo(own);
        assertThat(notes).isEmpty();
    }

    @Test
    void anUnpackedKafkaHasThemInLibs() throws IOException {
        Path libs = Files.createDirectories(folder.resolve("own/libs"));
        Files.createFile(libs.resolve("kafka_2.13-3.9.2.jar"));
        assertThat(jars(Optional.of(folder.resolve("own"))).get()).isEqualTo(libs);
    }

    @Test
    void anotherVersionIsRefusedByName() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        Files.createFile(own.resolve("kafka_2.13-2.8.2.jar"));
        assertThatThrownBy(() -> jars(Optional.of(own)).get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("kafka_2.13-3.9.2.jar", own.toString(), "kafka-version");
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
        assertThat(notes).singleElement().asString().contains("46 MB");
    }
}
