package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkException;
import org.reassign.core.store.WriteMode;

/**
 * An ACL that lets the controller read a znode only. A topic that is closed stops its own partitions, a root that is
 * closed stops the controller, with a sentence that names the znode.
 */
class ClosedZnodeTest {
    private static final TopicPartition CLOSED = new TopicPartition("orders", 0);
    private static final TopicPartition OPEN = new TopicPartition("pay", 0);
    private static final String TOPIC = "/brokers/topics/orders";

    static Stream<Combination> combinations() {
        return Combination.all().stream()
                .filter(one ->
                        one.policy().equals("prefer-in-sync") && one.watcher().equals("per-partition"));
    }

    private static OutsiderCluster cluster(Combination combination) {
        OutsiderCluster cluster = new OutsiderCluster(combination);
        cluster.topic("orders", Map.of(0, Replicas.of(0, 1)));
        cluster.topic("pay", Map.of(0, Replicas.of(0, 1)));
        cluster.start();
        return cluster;
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void aTopicIsRefusedAndTheOthersGoOn(Combination combination) {
        OutsiderCluster cluster = cluster(combination);
        cluster.readOnly().add(TOPIC);
        cluster.request("{\"orders\":{\"0\":[2,3]},\"pay\":{\"0\":[2,3]}}");
        cluster.pass(10);

        assertThat(cluster.outcomes(OPEN)).containsExactly(Outcome.COMPLETED);
        assertThat(cluster.assigned(CLOSED)).isEqualTo(Replicas.of(0, 1));
        boolean recordFirst =
                combination.mode() != WriteMode.BATCHED && combination.layout().startsWith("separate");
        if (recordFirst) { // the record is written before the topic, so it waits, with a warning
            assertThat(cluster.outcomes(CLOSED)).isEmpty();
            assertThat(cluster.warnings).anyMatch(warning -> warning.startsWith("NO_AUTH at " + TOPIC));
            cluster.readOnly().remove(TOPIC);
            cluster.pass(10);
            assertThat(cluster.outcomes(CLOSED)).containsExactly(Outcome.COMPLETED);
        } else {
            assertThat(cluster.outcomes(CLOSED)).containsExactly(Outcome.REFUSED);
            Refusal refusal = cluster.answers.stream()
                    .flatMap((Answer answer) -> answer.refusal().stream())
                    .findFirst()
                    .orElseThrow();
            assertThat(refusal.code()).isEqualTo(Refusal.Code.NO_AUTH);
            Sentences.require(refusal.sentence(), TOPIC);
        }
        cluster.settles();
        assertThat(cluster.children("/admin/reassignment_requests")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void aTopicThatIsClosedWhileItMovesWaitsUntilItIsOpen(Combination combination) {
        OutsiderCluster cluster = cluster(combination);
        cluster.lab.hold(CLOSED, 3);
        cluster.pass(1);
        cluster.request("{\"orders\":{\"0\":[2,3]}}");
        cluster.readOnly().add(TOPIC);
        cluster.lab.releaseAll();
        cluster.pass(30);

        assertThat(cluster.warnings).anyMatch(warning -> warning.startsWith("NO_AUTH at " + TOPIC));
        cluster.readOnly().remove(TOPIC);
        cluster.pass(5);
        assertThat(cluster.outcomes(CLOSED)).containsExactly(Outcome.COMPLETED);
        assertThat(cluster.assigned(CLOSED)).isEqualTo(Replicas.of(2, 3));
        cluster.settles();
    }

    @Test
    void aRootStopsTheController() {
        OutsiderCluster cluster = cluster(Combination.DEFAULT);
        cluster.readOnly().add("/admin/reassignments");

        assertThatThrownBy(() -> cluster.request("{\"orders\":{\"0\":[2,3]}}"))
                .isInstanceOf(ZkException.class)
                .satisfies(thrown -> Sentences.require(thrown.getMessage(), "/admin/reassignments/orders"));
        assertThat(cluster.controller.leads()).isFalse();
        assertThat(cluster.exists("/controller")).isFalse();
    }
}
