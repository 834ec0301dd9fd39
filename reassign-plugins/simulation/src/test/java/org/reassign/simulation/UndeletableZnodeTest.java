package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.WriteMode;

/**
 * An outsider has made a child below a znode that the controller has to delete. Everything else goes on, the znode is
 * named once in a warning, and no controller repeats what it held.
 */
class UndeletableZnodeTest {
    private static final TopicPartition MOVES = new TopicPartition("orders", 0);
    private static final TopicPartition OTHER = new TopicPartition("orders", 1);
    private static final String REQUESTS = "/admin/reassignment_requests";
    private static final String TARGETS = "/admin/reassignment_targets";
    private static final String LEGACY = "/admin/reassign_partitions";
    private static final String NOTIFICATIONS = "/isr_change_notification";

    private OutsiderCluster cluster;

    private void begin(Combination combination, String channel) {
        cluster = new OutsiderCluster(combination.plugins(channel, "arrival-order"), combination.mode());
        cluster.topic("orders", Map.of(0, Replicas.of(0, 1), 1, Replicas.of(0, 1)));
        cluster.start();
    }

    private static Combination in(WriteMode mode) {
        return new Combination("separate", "per-partition", "prefer-in-sync", mode);
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void aRequest(WriteMode mode) {
        begin(in(mode), "payload");
        cluster.lab.hold(MOVES, 3);
        cluster.pass(1);
        cluster.controller.kill();
        String odd = cluster.request("{\"orders\":{\"0\":[2,3]}}");
        cluster.create(odd + "/child");
        cluster.start();
        cluster.pass(2);
        cluster.lab.releaseAll();
        cluster.pass(3);
        assertThat(cluster.outcomes(MOVES)).containsExactly(Outcome.COMPLETED);

        othersGoOn();
        namedOnce(odd);
        nothingIsRepeated(odd);
        assertThat(cluster.children(REQUESTS)).hasSize(1);
    }

    /** It never was a request. */
    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void anEmptyOneBesideRequests(WriteMode mode) {
        begin(in(mode), "payload");
        String odd = REQUESTS + "/request_0000000099";
        cluster.create(odd);
        cluster.create(odd + "/child");
        cluster.pass(2);
        cluster.request("{\"orders\":{\"0\":[2,3]}}");
        cluster.pass(3);
        assertThat(cluster.outcomes(MOVES)).containsExactly(Outcome.COMPLETED);

        othersGoOn();
        namedOnce(odd);
        nothingIsRepeated(odd);
        assertThat(cluster.children(REQUESTS)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void theLegacyZnode(WriteMode mode) {
        begin(in(mode), "payload");
        cluster.lab.hold(MOVES, 3);
        cluster.pass(1);
        cluster.legacy("orders", 0, Replicas.of(2, 3));
        cluster.create(LEGACY + "/child");
        cluster.lab.releaseAll();
        cluster.pass(5);
        assertThat(cluster.outcomes(MOVES)).containsExactly(Outcome.COMPLETED);

        othersGoOn();
        namedOnce(LEGACY);
        nothingIsRepeated(LEGACY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"notify-names", "notify-scan"})
    void aTarget(String channel) {
        begin(Combination.DEFAULT, channel);
        String parent = TARGETS + "/orders";
        String odd = parent + "/0";
        cluster.create(parent);
        cluster.commit(ZkWrite.create(odd, "{\"version\":1,\"replicas\":[2,3]}"));
        cluster.create(odd + "/child");
        notified(channel, 0);
        assertThat(cluster.outcomes(MOVES)).containsExactly(Outcome.COMPLETED);

        cluster.commit(ZkWrite.create(parent + "/1", "{\"version\":1,\"replicas\":[1,2]}"));
        notified(channel, 1);
        assertThat(cluster.outcomes(OTHER)).containsExactly(Outcome.COMPLETED);
        assertThat(cluster.exists(parent + "/1")).isFalse();
        othersGoOn();
        namedOnce(odd);
        nothingIsRepeated(odd);
        assertThat(cluster.children(REQUESTS)).isEmpty();
    }

    private void notified(String channel, int partition) {
        String names = "\"kind\":\"names\",\"partitions\":{\"orders\":[" + partition + "]}";
        String content = channel.equals("notify-scan") ? "\"kind\":\"scan\"" : names;
        cluster.commit(ZkWrite.createSequential(REQUESTS + "/request_", "{\"version\":1," + content + "}"));
        cluster.pass(3);
    }

    static Stream<Combination> recordZnodes() {
        return Combination.all().stream()
                .filter(one -> one.layout().startsWith("separate")
                        && one.watcher().equals("per-partition")
                        && one.policy().equals("prefer-in-sync"));
    }

    @ParameterizedTest
    @MethodSource("recordZnodes")
    void aRecord(Combination combination) {
        begin(combination, "payload");
        String odd = combination.layout().equals("separate")
                ? "/admin/reassignments/orders/0"
                : "/admin/reassignments/orders-0";
        cluster.lab.hold(MOVES, 3);
        cluster.pass(1);
        cluster.request("{\"orders\":{\"0\":[2,3]}}");
        cluster.create(odd + "/child");
        cluster.lab.releaseAll();
        cluster.pass(5);
        assertThat(cluster.outcomes(MOVES)).containsExactly(Outcome.COMPLETED);

        othersGoOn();
        namedOnce(odd);
        nothingIsRepeated(odd);
    }

    /** The broker is a replica again when another controller reads what was owed before. */
    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void anOwedDelete(WriteMode mode) {
        begin(in(mode), "payload");
        cluster.lab.kill(0);
        cluster.pass(2);
        cluster.request("{\"orders\":{\"0\":[2,3]}}");
        cluster.pass(5);
        String broker = "/admin/reassignment_deletes/0";
        assertThat(cluster.children(broker)).as("what is owed by broker 0").hasSize(1);
        String odd = broker + "/" + cluster.children(broker).get(0);
        cluster.create(odd + "/child");
        cluster.lab.start(0, Optional.empty());
        cluster.pass(5);
        assertThat(cluster.lab.disk(0)).doesNotContainKey(MOVES);

        othersGoOn();
        cluster.request("{\"orders\":{\"0\":[0,3]}}");
        cluster.pass(5);
        namedOnce(odd);
        cluster.restarts();
        assertThat(cluster.assigned(MOVES)).isEqualTo(Replicas.of(0, 3));
        assertThat(cluster.lab.disk(0)).containsEntry(MOVES, 1_000L);
        cluster.settles();
    }

    @ParameterizedTest
    @ValueSource(strings = {"per-partition", "batched", "recursive"})
    void aNotification(String watcher) {
        begin(new Combination("separate", watcher, "prefer-in-sync", WriteMode.BATCHED), "payload");
        String odd = NOTIFICATIONS + "/isr_change_0000000500";
        String text = "{\"version\":1,\"partitions\":[{\"topic\":\"orders\",\"partition\":0}]}";
        cluster.controller.kill();
        cluster.commit(ZkWrite.create(odd, text));
        cluster.create(odd + "/child");
        cluster.start();
        cluster.request("{\"orders\":{\"0\":[2,3]}}");
        cluster.pass(5);
        assertThat(cluster.outcomes(MOVES)).containsExactly(Outcome.COMPLETED);

        othersGoOn();
        namedOnce(odd);
        nothingIsRepeated(odd);
        assertThat(cluster.children(NOTIFICATIONS)).hasSize(1);
    }

    /** The oldest of a hundred must go for another one. */
    @Test
    void aRefusal() {
        begin(Combination.DEFAULT, "payload");
        String root = "/admin/reassignment_refusals";
        cluster.request("{\"unknown\":{\"0\":[1,2]}}");
        String odd = root + "/" + cluster.children(root).get(0);
        cluster.create(odd + "/child");
        for (int i = 0; i < 105; i++) {
            cluster.commit(ZkWrite.createSequential(
                    REQUESTS + "/request_",
                    "{\"version\":1,\"kind\":\"payload\",\"assignments\":{\"unknown\":{\"0\":[1,2]}}}"));
        }
        cluster.pass(5);
        String newest = cluster.request("{\"unknown\":{\"0\":[2,1]}}");

        assertThat(cluster.exists(root + newest.substring(REQUESTS.length()))).isTrue();
        assertThat(cluster.children(root)).hasSizeLessThanOrEqualTo(101);
        othersGoOn();
        namedOnce(odd);
        nothingIsRepeated(odd);
        assertThat(cluster.children(REQUESTS)).isEmpty();
    }

    /** The same partition and another one, by request and by the legacy znode. */
    private void othersGoOn() {
        cluster.answers.clear();
        String request = cluster.request("{\"orders\":{\"0\":[3,4],\"1\":[2,1]}}");
        cluster.pass(5);
        assertThat(cluster.outcomes(MOVES)).containsExactly(Outcome.COMPLETED);
        assertThat(cluster.outcomes(OTHER)).containsExactly(Outcome.COMPLETED);
        assertThat(cluster.exists(request)).isFalse();

        cluster.legacy("orders", 0, Replicas.of(4, 2));
        cluster.pass(5);
        assertThat(cluster.outcomes(MOVES)).containsExactly(Outcome.COMPLETED, Outcome.COMPLETED);
        assertThat(cluster.assigned(MOVES)).isEqualTo(Replicas.of(4, 2));
        assertThat(cluster.assigned(OTHER)).isEqualTo(Replicas.of(2, 1));
    }

    private void namedOnce(String odd) {
        assertThat(cluster.warnings).singleElement().asString().contains(odd);
        Sentences.require(cluster.warnings.get(0), odd);
    }

    private void nothingIsRepeated(String odd) {
        int version = cluster.node("/brokers/topics/orders").stat().version();
        cluster.restarts();
        assertThat(cluster.answers).isEmpty();
        assertThat(cluster.node("/brokers/topics/orders").stat().version()).isEqualTo(version);
        assertThat(cluster.exists(odd + "/child")).isTrue();
        cluster.settles();
    }
}
