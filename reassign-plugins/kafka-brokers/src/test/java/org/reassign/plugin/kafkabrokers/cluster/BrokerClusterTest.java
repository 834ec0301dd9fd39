package org.reassign.plugin.kafkabrokers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Without Kafka's jars: the JVMs of brokers start, and do not get far. */
class BrokerClusterTest {
    /** As where the user interrupts a run: what is being ended is ended to the end. */
    @Test
    void anInterruptedThreadLeavesNeitherProcessNorFolder() {
        BrokerCluster cluster = new BrokerCluster(KafkaVersion.V3_9_2, Optional.of("127.0.0.1:1"), Map.of());
        List<BrokerProcess> processes = Stream.of(0, 1)
                .map(broker -> cluster.start(broker, Optional.empty(), Path.of("none")))
                .toList();
        Thread.currentThread().interrupt();
        try {
            processes.get(0).kill();
            assertThat(processes.get(0).isAlive()).as("alive after kill").isFalse();
            cluster.close();
        } finally {
            assertThat(Thread.interrupted()).as("the thread stays interrupted").isTrue();
        }

        assertThat(processes).noneMatch(BrokerProcess::isAlive);
        assertThat(cluster.folder()).doesNotExist();
    }
}
