package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;

/**
 * A tool of the operator writes the topic's znode, or deletes a record, while a partition of the topic moves from
 * brokers 0 and 1. The move ends as it was asked, and what the tool added stays.
 */
class RewrittenTopicTest {
    private static final String TOPIC = "/brokers/topics/orders";
    private static final TopicPartition MOVES = new TopicPartition("orders", 0);
    private static final Replicas ORIGINAL = Replicas.of(0, 1);
    private static final Replicas TARGET = Replicas.of(2, 3);
    private static final Replicas OTHER_TARGET = Replicas.of(3, 4);

    private OutsiderCluster cluster;
    private ZkNode early;
    private boolean overwrote;
    private String overwritten = "";

    /** When it is written. */
    enum Moment {
        TARGET_NOT_IN_SYNC,
        BEFORE_S1,
        AFTER_S1,
        RETARGET_WAITS,
        CANCEL_IN_FLIGHT
    }

    static List<Arguments> rewrites() {
        List<Arguments> all = new ArrayList<>();
        combinations()
                .forEach(combination -> Stream.of(Moment.values())
                        .forEach(moment -> Stream.of(TopicRewrite.values())
                                .forEach(rewrite -> all.add(Arguments.of(combination, moment, rewrite)))));
        return all;
    }

    private static Stream<Combination> combinations() {
        return Combination.all().stream()
                .filter(one ->
                        one.watcher().equals("per-partition") && one.policy().equals("prefer-in-sync"));
    }

    @ParameterizedTest
    @MethodSource("rewrites")
    void theMoveEndsAsAsked(Combination combination, Moment moment, TopicRewrite rewrite) {
        begin(combination);
        Replicas target = write(moment, () -> rewrite(rewrite));

        assertThat(cluster.acted()).as("the tool has written").isTrue();
        cluster.settles();
        endsOn(target, moment, rewrite);
        List<String> said = cluster.warnings.stream()
                .filter(warning -> warning.contains("another client"))
                .toList();
        assertThat(said).as(cluster.warnings.toString()).hasSize(overwrote ? 1 : 0);
        assertThat(said)
                .allSatisfy(warning -> assertThat(warning)
                        .as("names the topic and what was overwritten: " + overwritten)
                        .contains("orders")
                        .satisfiesAnyOf(
                                it -> assertThat(it).contains(overwritten),
                                it -> assertThat(it).contains(target.toString())));
    }

    static List<Arguments> deletions() {
        List<Arguments> all = new ArrayList<>();
        combinations()
                .filter(one -> one.layout().startsWith("separate"))
                .forEach(combination -> Stream.of(Moment.AFTER_S1, Moment.CANCEL_IN_FLIGHT)
                        .forEach(moment -> all.add(Arguments.of(combination, moment))));
        return all;
    }

    /** Its end finds that it is gone. */
    @ParameterizedTest
    @MethodSource("deletions")
    void aDeletedRecordIsWrittenAgain(Combination combination, Moment moment) {
        begin(combination);
        String record = combination.layout().equals("separate")
                ? "/admin/reassignments/orders/0"
                : "/admin/reassignments/orders-0";
        Replicas target = write(moment, () -> cluster.commit(ZkWrite.delete(record, ZkWrite.ANY_VERSION)));

        cluster.settles();
        endsOn(target, moment, TopicRewrite.FIELDS_LOST);
    }

    private void begin(Combination combination) {
        cluster = new OutsiderCluster(combination);
        cluster.topic("orders", Map.of(0, ORIGINAL, 1, Replicas.of(1, 2)));
        early = cluster.node(TOPIC);
        cluster.start();
        cluster.lab.hold(MOVES, 3);
        cluster.pass(1);
        cluster.request("{\"orders\":{\"0\":[2,3]}}");
        cluster.stored.refresh();
        assertThat(cluster.stored.assigned(MOVES)).contains(Replicas.of(2, 3, 0, 1));
    }

    private static Replicas target(Moment moment) {
        return switch (moment) {
            case TARGET_NOT_IN_SYNC, BEFORE_S1, AFTER_S1 -> TARGET;
            case RETARGET_WAITS -> OTHER_TARGET;
            case CANCEL_IN_FLIGHT -> ORIGINAL;
        };
    }

    /** Lets the tool act at its moment; returns what the partition must end on. */
    private Replicas write(Moment moment, Runnable tool) {
        switch (moment) {
            case TARGET_NOT_IN_SYNC -> tool.run();
            case BEFORE_S1 -> cluster.before(shrinksTo(TARGET), tool);
            case AFTER_S1 -> cluster.after(shrinksTo(TARGET), tool);
            case RETARGET_WAITS -> {
                cluster.request("{\"orders\":{\"0\":[3,4]}}");
                tool.run();
            }
            case CANCEL_IN_FLIGHT -> {
                cluster.after(shrinksTo(ORIGINAL), tool);
                cluster.request("{\"orders\":{\"0\":null}}");
            }
        }
        cluster.pass(2);
        cluster.lab.releaseAll();
        cluster.pass(5);
        return target(moment);
    }

    private static Predicate<List<ZkWrite>> shrinksTo(Replicas target) {
        return writes -> {
            Optional<LeaderAndIsr> state = OutsiderCluster.state(writes, MOVES);
            return state.filter(now -> target.containsAll(now.isr())).isPresent();
        };
    }

    private void rewrite(TopicRewrite rewrite) {
        Replicas assigned = assigned();
        Optional<ReassignmentRecord> record = cluster.stored.record(MOVES);
        cluster.set(TOPIC, rewrite.of("orders", 0, early, cluster.node(TOPIC)));
        overwritten = assigned.toString();
        overwrote =
                !assigned().equals(assigned) || !cluster.stored.record(MOVES).equals(record);
    }

    private Replicas assigned() {
        cluster.stored.refresh();
        return cluster.stored.assigned(MOVES).orElse(Replicas.NONE);
    }

    private void endsOn(Replicas target, Moment moment, TopicRewrite rewrite) {
        String added = rewrite == TopicRewrite.STALE ? ",\"2\":[1,2]" : "";
        assertThat(cluster.node(TOPIC).text())
                .contains("\"partitions\":{\"0\":" + target + ",\"1\":[1,2]" + added + "}")
                .doesNotContain("reassignment", "[2,3,0,1]");
        if (overwrote) {
            assertThat(cluster.node(TOPIC).text()).contains("\"" + TopicRewrite.FIELD + "\":\"kept\"");
        }
        LeaderAndIsr state = cluster.stored.state(MOVES).orElseThrow();
        assertThat(state.isr().sameBrokers(target)).as(state + " on " + target).isTrue();
        assertThat(target.contains(state.leader())).as(state + " on " + target).isTrue();
        assertThat(cluster.outcomes(MOVES)).last().isEqualTo(Outcome.COMPLETED);
        assertThat(cluster.outcomes(MOVES)).hasSize(moment.compareTo(Moment.RETARGET_WAITS) < 0 ? 1 : 2);
        target.ids().forEach(broker -> assertThat(cluster.lab.disk(broker)).containsKey(MOVES));
        assertThat(cluster.children("/admin/reassignments")).isEmpty();
    }
}
