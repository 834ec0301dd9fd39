package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.store.StateJson;
import org.reassign.core.store.TopicJson;

/** A byte order mark, which some editors write, is passed over in every znode that others write. */
class ByteOrderMarkTest {
    private static final String MARK = "\uFEFF";

    @ParameterizedTest
    @ValueSource(strings = {"payload", "legacy", "notify-names", "notify-scan"})
    void aRequestWithAMarkIsDone(String channel) {
        SmallCluster cluster = new SmallCluster(channel);
        switch (channel) {
            case "payload" -> cluster.request(MARK + "{\"version\":1,\"assignments\":{\"u\":{\"0\":[1,2]}}}");
            case "legacy" ->
                cluster.create(
                        "/admin/reassign_partitions",
                        MARK + "{\"version\":1,\"partitions\":[{\"topic\":\"u\",\"partition\":0,\"replicas\":[1,2]}]}");
            default -> {
                cluster.target("u", 0, MARK + "{\"version\":1,\"replicas\":[1,2]}");
                cluster.request(MARK
                        + (channel.equals("notify-scan")
                                ? "{\"version\":1,\"kind\":\"scan\"}"
                                : "{\"version\":1,\"kind\":\"names\",\"partitions\":{\"u\":[0]}}"));
            }
        }
        cluster.ends();
    }

    @Test
    void aTopicAndAStateWithAMarkAreRead() {
        ZkPort zk = new MemoryZooKeeper(Runnable::run, () -> 0).open("test");
        zk.commit(List.of(ZkWrite.create("/t", MARK + "{\"version\":1,\"partitions\":{\"0\":[1,2]}}")));
        ZkNode node = zk.getData("/t").toCompletableFuture().join().orElseThrow();

        assertThat(node.data()).startsWith(MARK.getBytes(StandardCharsets.UTF_8));
        Optional<TopicSnapshot> topic = TopicJson.decode("t", node);
        assertThat(topic.orElseThrow().assigned()).isEqualTo(Map.of(0, Replicas.of(1, 2)));
        zk.commit(List.of(ZkWrite.create(
                "/s", MARK + "{\"version\":1,\"leader\":1,\"leader_epoch\":0,\"controller_epoch\":0,\"isr\":[1]}")));
        assertThat(StateJson.decode(zk.getData("/s")
                        .toCompletableFuture()
                        .join()
                        .orElseThrow()
                        .text()))
                .isPresent();
    }
}
