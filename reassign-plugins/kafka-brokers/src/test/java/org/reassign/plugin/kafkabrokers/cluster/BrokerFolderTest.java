package org.reassign.plugin.kafkabrokers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reassign.api.model.TopicPartition;

class BrokerFolderTest {
    @TempDir
    private Path folder;

    @Test
    void replicasAreCountedByTheirSegmentsAndThoseToBeDeletedAreNone() throws IOException {
        write("data/orders-new-0/00000000000000000000.log", "abc");
        write("data/orders-new-0/00000000000000000003.log", "de");
        write("data/orders-new-0/00000000000000000000.index", "not counted");
        write("data/orders-1.8f3c2d1e0a9b4c5d8e7f6a5b4c3d2e1f-delete/00000000000000000000.log", "going");
        write("data/meta.properties", "version=0");
        assertThat(new BrokerFolder(1, folder).replicas())
                .containsExactly(Map.entry(new TopicPartition("orders-new", 0), 5L));
    }

    @Test
    void aBrokerWithoutDataHasNone() {
        assertThat(new BrokerFolder(1, folder).replicas()).isEmpty();
    }

    @Test
    void aDirectoryThatABrokerHasOnlyBegunIsNoReplica() throws IOException {
        Files.createDirectories(folder.resolve("data/orders-1"));
        assertThat(new BrokerFolder(1, folder).replicas()).isEmpty();
    }

    @Test
    void theProtocolIsOneThatAnOutsiderCanCommand() throws IOException {
        new BrokerFolder(7, folder)
                .write(KafkaVersion.V3_9_2, "127.0.0.1:2181/a", Optional.of("r"), Map.of("num.io.threads", "7"));
        assertThat(Files.readAllLines(folder.resolve("server.properties")))
                .contains(
                        "broker.id=7",
                        "broker.rack=r",
                        "num.io.threads=7",
                        "inter.broker.protocol.version=2.6",
                        "zookeeper.connect=127.0.0.1:2181/a");
    }

    @Test
    void theLastErrorOfTheLogIsItsReason() throws IOException {
        write(
                "broker.log",
                "2026-01-01 10:00:00,000 INFO up (a)\n2026-01-01 10:00:01,000 ERROR no space (b)\n\tat x\n");
        assertThat(new BrokerFolder(1, folder).lastError()).isEqualTo("no space (b)");
        assertThat(new BrokerFolder(1, folder.resolve("none")).lastError()).isEqualTo("it has written nothing");
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }
}
