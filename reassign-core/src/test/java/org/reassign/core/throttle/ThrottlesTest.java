package org.reassign.core.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.store.Await;

/** Throttles over a ZooKeeper in memory, in which topic t and broker 0 have configurations and broker 1 has none. */
class ThrottlesTest {
    private static final String TOPIC = "/config/topics/t";
    private static final String BROKER = "/config/brokers/0";
    private static final String OTHER = "/config/brokers/1";
    private static final String TOPIC_BEFORE =
            "{\"version\":1,\"config\":{\"retention.ms\":\"5\"},\"more\":{\"x\":1.50}}";
    private static final String BROKER_BEFORE =
            "{\"version\":1,\"config\":{\"leader.replication.throttled.rate\":\"7\",\"log.cleaner.threads\":\"2\"}}";
    private static final ThrottledMove MOVE =
            ThrottledMove.to(Replicas.of(1, 2), new TopicPartition("t", 0), Replicas.of(0, 1), Replicas.NONE);

    private final MemoryZooKeeper server = new MemoryZooKeeper(Runnable::run, () -> 5);
    private final ZkPort zk = server.open("operator");
    private int writesLeft = Integer.MAX_VALUE;
    private boolean diesAfter;

    /** The client ends here. */
    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @BeforeEach
    void aCluster() {
        for (String path : List.of("/config", "/config/topics", "/config/brokers", "/config/changes")) {
            write(ZkWrite.create(path, ""));
        }
        write(ZkWrite.create(TOPIC, TOPIC_BEFORE));
        write(ZkWrite.create(BROKER, BROKER_BEFORE));
    }

    private void write(ZkWrite write) {
        var unused = Await.done(zk.commit(List.of(write)));
    }

    private static Set<TopicPartition> nothing(Set<TopicPartition> partitions) {
        return Set.of();
    }

    private static Set<TopicPartition> all(Set<TopicPartition> partitions) {
        return partitions;
    }

    private String text(String path) {
        return Await.done(zk.getData(path)).map(ZkNode::text).orElse("");
    }

    private List<String> changes() {
        return Await.done(zk.getChildren("/config/changes")).orElseThrow().stream()
                .sorted()
                .map(name -> text("/config/changes/" + name))
                .toList();
    }

    private Throttles client(ZkPort port) {
        return new Throttles(
                port,
                writes -> {
                    if (writesLeft-- == 0 && !diesAfter) {
                        throw new Died();
                    }
                    try {
                        var unused = Await.done(port.commit(writes));
                    } catch (ZkException e) {
                        return false;
                    }
                    if (writesLeft == -1) {
                        throw new Died();
                    }
                    return true;
                },
                () -> 5);
    }

    private void requireAsBefore() {
        assertThat(text(TOPIC)).isEqualTo(TOPIC_BEFORE);
        assertThat(text(BROKER)).isEqualTo(BROKER_BEFORE);
        assertThat(text(OTHER)).isIn("", "{\"version\":1,\"config\":{}}");
        assertThat(client(zk).read().isEmpty()).isTrue();
    }

    @Test
    void replicasAndRatesAreSetAsKafkaDoesAndTakenOff() {
        Throttles client = client(zk);

        ThrottleChange set = client.set("a", List.of(MOVE), 1_000);

        assertThat(set.topics()).containsExactly("t");
        assertThat(set.brokers()).containsExactly(0, 1, 2);
        assertThat(text(TOPIC))
                .contains("\"leader.replication.throttled.replicas\":\"0:0,0:1\"")
                .contains("\"follower.replication.throttled.replicas\":\"0:2\"")
                .contains("\"retention.ms\":\"5\"", "\"more\":{\"x\":1.50}");
        assertThat(text(OTHER))
                .isEqualTo("{\"version\":1,\"config\":{\"follower.replication.throttled.rate\":\"1000\","
                        + "\"leader.replication.throttled.rate\":\"1000\"}}");
        assertThat(changes())
                .containsExactly(
                        "{\"version\":2,\"entity_path\":\"topics/t\"}",
                        "{\"version\":2,\"entity_path\":\"brokers/0\"}",
                        "{\"version\":2,\"entity_path\":\"brokers/1\"}",
                        "{\"version\":2,\"entity_path\":\"brokers/2\"}");
        assertThat(client.release(ThrottlesTest::nothing).isEmpty())
                .as("while it is held")
                .isTrue();
        assertThat(client.submitted("a")).isTrue();
        assertThat(client.release(ThrottlesTest::all).isEmpty())
                .as("while it is in flight")
                .isTrue();

        ThrottleChange released = client.release(ThrottlesTest::nothing);

        assertThat(released).isEqualTo(set);
        assertThat(changes()).hasSize(8);
        requireAsBefore();
        assertThat(client.release(ThrottlesTest::nothing).isEmpty()).isTrue();
    }

    @Test
    void aMoveInFlightIsThrottledFromItsOriginalReplicas() {
        ThrottledMove move = ThrottledMove.to(
                Replicas.of(3, 4), new TopicPartition("t", 0), Replicas.of(2, 3, 0, 1), Replicas.of(2, 3));

        assertThat(move.sources()).isEqualTo(Replicas.of(0, 1));
        assertThat(move.destinations()).isEqualTo(Replicas.of(3, 4));
    }

    @Test
    void aClientThatDiesAtAnyWriteLeavesNothingForever() {
        int writes = 0;
        for (boolean after : List.of(false, true)) {
            for (int n = 0; ; n++) {
                diesAfter = after;
                writesLeft = n;
                ZkPort port = server.open("dies");
                boolean died = diesWhileItSets(port);
                server.expire(port);
                writesLeft = Integer.MAX_VALUE;
                client(zk).release(ThrottlesTest::nothing);
                requireAsBefore();
                if (!died) {
                    writes = Math.max(writes, n);
                    break;
                }
            }
        }
        assertThat(writes).as("writes at which it was killed").isGreaterThanOrEqualTo(4);
    }

    private boolean diesWhileItSets(ZkPort port) {
        try {
            Throttles client = client(port);
            client.set("a", List.of(MOVE), 1_000);
            client.submitted("a");
            client.release(ThrottlesTest::nothing);
            return false;
        } catch (Died e) {
            return true;
        }
    }

    @Test
    void aSecondThrottleReplacesTheRateAndWhatStoodBeforeComesBack() {
        Throttles first = client(zk);
        first.set("a", List.of(MOVE), 1_000);
        first.submitted("a");
        ThrottledMove second =
                ThrottledMove.to(Replicas.of(0, 3), new TopicPartition("u", 1), Replicas.of(0, 4), Replicas.NONE);

        first.set("b", List.of(MOVE, second), 2_000);
        first.submitted("b");

        assertThat(text(BROKER)).contains("\"leader.replication.throttled.rate\":\"2000\"");
        assertThat(text("/config/brokers/1")).contains("\"2000\"");
        ThrottleChange partly = first.release(partitions -> Set.of(new TopicPartition("u", 1)));
        assertThat(partly.topics()).containsExactly("t");
        assertThat(partly.brokers()).containsExactly(1, 2);
        assertThat(text(TOPIC)).isEqualTo(TOPIC_BEFORE);
        assertThat(text(BROKER)).contains("\"leader.replication.throttled.rate\":\"2000\"");
        assertThat(first.release(ThrottlesTest::nothing).brokers()).containsExactly(0, 3, 4);
        requireAsBefore();
    }

    @Test
    void whatAnOperatorChangesMeanwhileStays() {
        Throttles client = client(zk);
        client.set("a", List.of(MOVE), 1_000);
        client.submitted("a");
        String theirs = text(BROKER)
                .replace(
                        "\"leader.replication.throttled.rate\":\"1000\"",
                        "\"leader.replication.throttled.rate\":\"44\"");
        write(ZkWrite.setData(BROKER, theirs, ZkWrite.ANY_VERSION));

        ThrottleChange released = client.release(ThrottlesTest::nothing);

        assertThat(released.kept())
                .containsExactly(
                        "/config/brokers/0 has leader.replication.throttled.rate = 44 and not 1000, which was set"
                                + " here; it is left as it is, since somebody else has changed it");
        assertThat(text(BROKER))
                .contains("\"leader.replication.throttled.rate\":\"44\"")
                .doesNotContain("follower.replication");
        assertThat(text(TOPIC)).isEqualTo(TOPIC_BEFORE);
        assertThat(client.read().isEmpty()).isTrue();
    }

    @Test
    void anOperatorsRateThatIsReplacedMeanwhileComesBackInItsPlace() {
        Throttles client = client(zk);
        client.set("a", List.of(MOVE), 1_000);
        String theirs = BROKER_BEFORE.replace("\"7\"", "\"44\"");
        write(ZkWrite.setData(BROKER, theirs, ZkWrite.ANY_VERSION));
        client.set("b", List.of(MOVE), 2_000);
        client.submitted("a");
        client.submitted("b");

        client.release(ThrottlesTest::nothing);

        assertThat(text(BROKER)).isEqualTo(theirs);
    }

    @Test
    void anOperatorsListsOfReplicasAreKept() {
        String theirs = "{\"version\":1,\"config\":{\"follower.replication.throttled.replicas\":\"*\","
                + "\"leader.replication.throttled.replicas\":\"7:1\"}}";
        write(ZkWrite.setData(TOPIC, theirs, ZkWrite.ANY_VERSION));
        Throttles client = client(zk);

        client.set("a", List.of(MOVE), 1_000);

        assertThat(text(TOPIC)).contains("\"0:0,0:1,7:1\"", "\"*\"");
        client.submitted("a");
        client.release(ThrottlesTest::nothing);
        assertThat(text(TOPIC)).isEqualTo(theirs);
    }

    @Test
    void whatIsDecidedBeforeAnotherClientBeginsIsDecidedAgain() {
        Throttles slow = client(zk);
        slow.set("a", List.of(MOVE), 1_000);
        slow.submitted("a");
        List<String> asked = new ArrayList<>();

        ThrottleChange released = slow.release(partitions -> {
            if (asked.isEmpty()) {
                client(server.open("other")).set("b", List.of(MOVE), 1_000);
            }
            asked.add("");
            return Set.of();
        });

        assertThat(released.isEmpty())
                .as("the other client is about to store its request")
                .isTrue();
        assertThat(text(BROKER)).contains("\"1000\"");
    }

    @Test
    void aTopicThatIsDeletedMeanwhileGetsNoConfiguration() {
        Throttles client = client(zk);
        client.set("a", List.of(MOVE), 1_000);
        client.submitted("a");
        write(ZkWrite.delete(TOPIC, ZkWrite.ANY_VERSION));

        assertThat(client.release(ThrottlesTest::nothing).kept()).isEmpty();

        assertThat(text(TOPIC)).isEmpty();
        assertThat(client.read().isEmpty()).isTrue();
    }

    @Test
    void aConfigurationThatIsNotJsonIsNamedAndTheOthersGoOn() {
        Throttles client = client(zk);
        client.set("a", List.of(MOVE), 1_000);
        client.submitted("a");
        write(ZkWrite.setData(BROKER, "not json", ZkWrite.ANY_VERSION));

        ThrottleChange released = client.release(ThrottlesTest::nothing);

        assertThat(released.brokers()).containsExactly(1, 2);
        assertThat(released.kept()).singleElement().asString().startsWith("/config/brokers/0 does not hold");
        assertThatThrownBy(() -> client.set("b", List.of(MOVE), 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("/config/brokers/0 does not hold a configuration as Kafka writes it");
    }

    @Test
    void whatDoesNotFitIntoOneTransactionGoesInSeveral() {
        List<ThrottledMove> moves = new ArrayList<>();
        for (int topic = 0; topic < 600; topic++) {
            for (int partition = 0; partition < 100; partition++) {
                moves.add(ThrottledMove.to(
                        Replicas.of(1000, 1001, 1002),
                        new TopicPartition("t" + topic, partition),
                        Replicas.of(1003, 1004, 1005),
                        Replicas.NONE));
            }
        }
        SortedMap<String, Integer> sizes = new TreeMap<>(Map.of("transactions", 0));
        Throttles client = new Throttles(
                zk,
                writes -> {
                    sizes.merge("transactions", 1, Integer::sum);
                    var unused = Await.done(zk.commit(writes));
                    return true;
                },
                () -> 5);

        client.set("a", moves, 1_000);

        assertThat(sizes.get("transactions")).isGreaterThan(3);
        assertThat(Optional.of(client.read().partitions().size())).contains(60_000);
        client.submitted("a");
        assertThat(client.release(ThrottlesTest::nothing).topics()).hasSize(600);
        assertThat(client.read().isEmpty()).isTrue();
    }
}
