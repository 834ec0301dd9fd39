package org.reassign.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.MemoryZooKeeper;

/** What a topic sets counts, then the cluster's default, then Kafka's. */
class TopicConfigsTest {
    private final ZkPort zk = new MemoryZooKeeper(Runnable::run, () -> 0).open("test");
    private final TopicConfigs configs = new TopicConfigs(zk);

    @BeforeEach
    void parents() {
        List.of("/config", "/config/topics", "/config/brokers").forEach(path -> write(path, ""));
    }

    @Test
    void whatNothingSetsIsKafkasDefault() {
        read();

        assertThat(configs.minInSync("t")).isEqualTo(1);
        assertThat(configs.unclean("t")).isFalse();
    }

    @Test
    void theClustersDefaultHoldsWhereTheTopicSetsNothing() {
        write("/config/topics/t", config("\"retention.ms\":\"1\""));
        write(
                "/config/brokers/<default>",
                config("\"min.insync.replicas\":\"2\",\"unclean.leader.election.enable\":\"true\""));
        read();

        assertThat(configs.minInSync("t")).isEqualTo(2);
        assertThat(configs.unclean("t")).isTrue();
    }

    @Test
    void theTopicWins() {
        write("/config/topics/t", config("\"min.insync.replicas\":\"3\",\"unclean.leader.election.enable\":\"false\""));
        write(
                "/config/brokers/<default>",
                config("\"min.insync.replicas\":\"2\",\"unclean.leader.election.enable\":\"true\""));
        read();

        assertThat(configs.minInSync("t")).isEqualTo(3);
        assertThat(configs.unclean("t")).isFalse();
    }

    @Test
    void whatCannotBeUnderstoodSetsNothing() {
        write("/config/topics/t", "no JSON");
        write("/config/brokers/<default>", config("\"min.insync.replicas\":\"many\""));
        read();

        assertThat(configs.minInSync("t")).isEqualTo(1);
    }

    private void read() {
        configs.readMinInSync(List.of("t"));
        configs.readUnclean(List.of("t"));
    }

    private void write(String path, String text) {
        zk.commit(List.of(ZkWrite.create(path, text))).toCompletableFuture().join();
    }

    private static String config(String values) {
        return "{\"version\":1,\"config\":{" + values + "}}";
    }
}
