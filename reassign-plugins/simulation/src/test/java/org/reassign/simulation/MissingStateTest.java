package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkWrite;

/**
 * A topic whose znodes stand only in part. What is asked of a partition without {@code state} waits, visibly, and is
 * refused after a minute; other entries of the same request go on.
 */
class MissingStateTest {
    private static final TopicPartition HALF = new TopicPartition("half", 0);
    private static final TopicPartition WHOLE = new TopicPartition("orders", 0);
    private static final String BOTH = "{\"half\":{\"0\":[1,2]},\"orders\":{\"0\":[2,3]}}";

    static Stream<Combination> combinations() {
        return Combination.all().stream()
                .filter(one -> one.policy().equals("prefer-in-sync")
                        && (one.watcher().equals("per-partition") || one.mode() == Combination.DEFAULT.mode()));
    }

    private static OutsiderCluster cluster(Combination combination) {
        OutsiderCluster cluster = new OutsiderCluster(combination);
        cluster.topic("orders", Map.of(0, Replicas.of(0, 1)));
        cluster.commit(ZkWrite.create("/brokers/topics/half", "{\"version\":1,\"partitions\":{\"0\":[0,1]}}"));
        cluster.start();
        return cluster;
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void itsEntryWaitsWithAWarningAndIsRefused(Combination combination) {
        OutsiderCluster cluster = cluster(combination);
        cluster.request(BOTH);
        cluster.pass(30);

        assertThat(cluster.outcomes(WHOLE)).containsExactly(Outcome.COMPLETED);
        assertThat(cluster.outcomes(HALF)).isEmpty();
        assertThat(cluster.warnings).singleElement().asString().contains("half-0");
        cluster.pass(60);
        assertThat(cluster.outcomes(HALF)).containsExactly(Outcome.REFUSED);
        Answer refused = cluster.answers.get(cluster.answers.size() - 1);
        Sentences.require(refused.refusal().orElseThrow().sentence(), "half-0");
        cluster.settles();
        assertThat(cluster.children("/admin/reassignment_requests")).isEmpty();
        assertThat(cluster.assigned(HALF)).isEqualTo(Replicas.of(0, 1));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void aLegacyEntryIsRefusedAlike(Combination combination) {
        OutsiderCluster cluster = cluster(combination);
        cluster.legacy("half", 0, Replicas.of(1, 2));
        cluster.pass(90);

        assertThat(cluster.warnings).singleElement().asString().contains("half-0");
        assertThat(cluster.outcomes(HALF)).containsExactly(Outcome.REFUSED);
        assertThat(cluster.exists("/admin/reassign_partitions")).isFalse();
        cluster.settles();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void itGoesOnOnceTheStateStands(Combination combination) {
        OutsiderCluster cluster = cluster(combination);
        cluster.request(BOTH);
        cluster.pass(10);
        String state = "{\"version\":1,\"leader\":0,\"leader_epoch\":0,\"controller_epoch\":0,\"isr\":[0,1]}";
        List.of("", "/0").forEach(path -> cluster.create("/brokers/topics/half/partitions" + path));
        cluster.commit(ZkWrite.create("/brokers/topics/half/partitions/0/state", state));
        cluster.pass(10);

        assertThat(cluster.assigned(HALF).ids()).startsWith(1, 2);
        assertThat(cluster.outcomes(HALF)).doesNotContain(Outcome.REFUSED);
        assertThat(cluster.stored.state(HALF).orElseThrow().leaderEpoch()).isPositive();
    }
}
