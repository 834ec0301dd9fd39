package org.reassign.plugin.kafkabrokers.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkSessions;

class KafkaLabTest {
    private static final ZkSessions NONE = actor -> {
        throw new AssertionError(actor);
    };

    @Test
    void aZooKeeperInMemoryIsTheUsersMistake() {
        try (KafkaLab lab = new KafkaLab(
                KafkaVersion.V3_9_2, Optional.empty(), NONE, () -> Path.of("none"), note -> {}, Map.of())) {
            assertThatThrownBy(() -> lab.prepare().toCompletableFuture().join())
                    .hasCauseInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("choose --zookeeper embedded");
        }
    }
}
