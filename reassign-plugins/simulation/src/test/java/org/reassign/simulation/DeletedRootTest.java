package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkWrite;

/** An operator deletes a root while a controller leads: it is made again, with a warning, and all ends as asked. */
class DeletedRootTest {
    private static final TopicPartition MOVES = new TopicPartition("orders", 0);
    private static final TopicPartition OTHER = new TopicPartition("orders", 1);

    static Stream<Arguments> roots() {
        return Combination.all().stream()
                .filter(one -> one.policy().equals("prefer-in-sync"))
                .flatMap(one -> Stream.of(
                                "/admin",
                                "/admin/reassignments",
                                "/admin/reassignment_requests",
                                "/admin/reassignment_deletes",
                                "/admin/reassignment_refusals",
                                "/isr_change_notification")
                        .map(root -> Arguments.of(root, one)));
    }

    @ParameterizedTest
    @MethodSource("roots")
    void isMadeAgain(String root, Combination combination) {
        OutsiderCluster cluster = moving(combination);
        if (!cluster.exists(root)) {
            return; // this layout has no records there
        }
        delete(cluster, root);
        cluster.pass(3);
        cluster.lab.kill(0);
        cluster.lab.releaseAll();
        cluster.pass(20);

        assertThat(cluster.outcomes(MOVES)).as("%s", cluster.warnings).containsExactly(Outcome.COMPLETED);
        assertThat(cluster.assigned(MOVES)).isEqualTo(Replicas.of(2, 3));
        cluster.lab.start(0, Optional.empty());
        cluster.pass(20);
        cluster.request("{\"orders\":{\"1\":[2,3],\"7\":[2,3]}}");
        cluster.settles();
        assertThat(cluster.outcomes(OTHER)).containsExactly(Outcome.COMPLETED);
        assertThat(cluster.exists(root)).isTrue();
        assertThat(cluster.children("/admin/reassignment_refusals")).hasSize(1);
        assertThat(cluster.warnings).anyMatch(warning -> warning.startsWith(root) && warning.contains("was missing"));
    }

    @Test
    void aRefusalThatWasDeletedIsWrittenAgainForTheNextRequestOfThatName() {
        OutsiderCluster cluster = moving(Combination.DEFAULT);
        cluster.legacy("orders", 7, Replicas.of(2, 3));
        String refusal = "/admin/reassignment_refusals/reassign_partitions";
        assertThat(cluster.exists(refusal)).isTrue();
        delete(cluster, refusal);
        cluster.legacy("orders", 8, Replicas.of(2, 3));
        cluster.pass(2);
        assertThat(cluster.node(refusal).text()).contains("orders-8");
    }

    private static OutsiderCluster moving(Combination combination) {
        OutsiderCluster cluster = new OutsiderCluster(combination);
        cluster.topic("orders", Map.of(0, Replicas.of(0, 1), 1, Replicas.of(0, 1)));
        cluster.start();
        cluster.lab.hold(MOVES, 3);
        cluster.pass(1);
        cluster.request("{\"orders\":{\"0\":[2,3]}}");
        return cluster;
    }

    private static void delete(OutsiderCluster cluster, String path) {
        List<String> below = new ArrayList<>(cluster.children(path));
        below.forEach(child -> delete(cluster, path + "/" + child));
        cluster.commit(ZkWrite.delete(path, ZkWrite.ANY_VERSION));
    }
}
