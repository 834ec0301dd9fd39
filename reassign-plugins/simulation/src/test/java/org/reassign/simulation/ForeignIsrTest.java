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
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.store.StateJson;

/**
 * An outsider writes a {@code state} whose ISR or leader is no replica, before or during a move from brokers 0 and 1 to
 * 2 and 3. What the controller writes has neither, and the move ends as it was asked.
 */
class ForeignIsrTest {
    private static final TopicPartition MOVES = new TopicPartition("orders", 0);
    private static final Replicas TARGET = Replicas.of(2, 3);
    /** A broker that lives and is no replica. */
    private static final int OTHER = 4;

    private static final int NOBODY = 9;

    /** What the outsider makes of {@code state}. */
    enum Foreign {
        LIVE_BROKER_IN_ISR,
        UNKNOWN_BROKER_IN_ISR,
        LEADER_AND_ISR,
        LEADER_ONLY;

        LeaderAndIsr of(LeaderAndIsr now) {
            return switch (this) {
                case LIVE_BROKER_IN_ISR -> with(now, now.leader(), now.isr().append(Replicas.of(OTHER)));
                case UNKNOWN_BROKER_IN_ISR -> with(now, now.leader(), now.isr().append(Replicas.of(NOBODY)));
                case LEADER_AND_ISR -> with(now, OTHER, now.isr().append(Replicas.of(OTHER)));
                case LEADER_ONLY -> with(now, OTHER, now.isr());
            };
        }

        private static LeaderAndIsr with(LeaderAndIsr now, int leader, Replicas isr) {
            return new LeaderAndIsr(leader, now.leaderEpoch(), now.controllerEpoch(), isr, now.unknown());
        }
    }

    /** When. */
    enum Moment {
        BEFORE_THE_REQUEST,
        TARGET_NOT_IN_SYNC,
        BEFORE_S1
    }

    static List<Arguments> writes() {
        List<Arguments> all = new ArrayList<>();
        Combination.all().stream()
                .filter(one -> one.policy().equals("prefer-in-sync")
                        && !(one.watcher().equals("recursive") && one.layout().equals("kip-455")))
                .forEach(combination -> Stream.of(Moment.values())
                        .forEach(moment -> Stream.of(Foreign.values())
                                .forEach(foreign -> all.add(Arguments.of(combination, moment, foreign)))));
        return Sample.of(all, 5, 0);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void theMoveEndsAsAsked(Combination combination, Moment moment, Foreign foreign) {
        OutsiderCluster cluster = new OutsiderCluster(combination);
        cluster.topic("orders", Map.of(0, Replicas.of(0, 1)));
        cluster.start();
        cluster.lab.hold(MOVES, 3);
        cluster.pass(1);
        Runnable outsider = () -> write(cluster, foreign);
        switch (moment) {
            case BEFORE_THE_REQUEST -> {
                outsider.run();
                cluster.request("{\"orders\":{\"0\":[2,3]}}");
            }
            case TARGET_NOT_IN_SYNC -> {
                cluster.request("{\"orders\":{\"0\":[2,3]}}");
                outsider.run();
            }
            case BEFORE_S1 -> {
                cluster.before(
                        writes -> OutsiderCluster.state(writes, MOVES)
                                .filter(now -> TARGET.containsAll(now.isr()))
                                .isPresent(),
                        outsider);
                cluster.request("{\"orders\":{\"0\":[2,3]}}");
            }
        }
        cluster.pass(2);
        if (combination.watcher().equals("batched")) {
            // no broker notifies of what an outsider writes; every state in flight is read when a broker dies
            cluster.lab.kill(OTHER);
            cluster.pass(1);
            cluster.lab.start(OTHER, Optional.empty());
        }

        cluster.settles();
        assertThat(cluster.acted()).as("the outsider has written").isTrue();
        LeaderAndIsr state = cluster.stored.state(MOVES).orElseThrow();
        assertThat(cluster.assigned(MOVES)).isEqualTo(TARGET);
        assertThat(state.isr().sameBrokers(TARGET)).as(state.toString()).isTrue();
        assertThat(TARGET.contains(state.leader())).as(state.toString()).isTrue();
        assertThat(cluster.outcomes(MOVES)).containsExactly(Outcome.COMPLETED);
    }

    private static void write(OutsiderCluster cluster, Foreign foreign) {
        LeaderAndIsr now = cluster.stored.state(MOVES).orElseThrow();
        cluster.set(StateJson.path(MOVES), StateJson.encode(foreign.of(now)));
    }

    static Stream<Combination> layouts() {
        return Combination.all().stream()
                .filter(one -> one.policy().equals("prefer-in-sync")
                        && one.watcher().equals("per-partition")
                        && one.mode() == Combination.DEFAULT.mode());
    }

    /** Broker 4 alone holds the data, and an outsider has taken it out of the assigned replicas. */
    @ParameterizedTest
    @MethodSource("layouts")
    void dataThatAreInSyncOnNoReplicaStay(Combination combination) {
        OutsiderCluster cluster = new OutsiderCluster(combination);
        cluster.topic("orders", Map.of(0, Replicas.of(OTHER)));
        cluster.start();
        cluster.set("/brokers/topics/orders", "{\"version\":1,\"partitions\":{\"0\":[0]}}");
        cluster.request("{\"orders\":{\"0\":[2,3]}}");
        cluster.pass(30);
        dataAreInSync(cluster);

        cluster.request("{\"orders\":{\"0\":[3,1]}}");
        cluster.pass(30);
        dataAreInSync(cluster);
        cluster.restarts();
        dataAreInSync(cluster);
    }

    /** The same in flight: the replica that is taken out was the only one in sync. */
    @Test
    void dataThatAreInSyncOnNoReplicaStayInAMove() {
        OutsiderCluster cluster = new OutsiderCluster(Combination.DEFAULT);
        cluster.topic("orders", Map.of(0, Replicas.of(OTHER)));
        cluster.start();
        cluster.lab.hold(MOVES, 2);
        cluster.lab.hold(MOVES, 3);
        cluster.pass(1);
        cluster.request("{\"orders\":{\"0\":[2,3]}}");
        cluster.set("/brokers/topics/orders", "{\"version\":1,\"partitions\":{\"0\":[2,3]}}");
        cluster.request("{\"orders\":{\"0\":[3,1]}}");
        dataAreInSync(cluster);

        cluster.lab.releaseAll();
        cluster.pass(5);
        cluster.settles();
        assertThat(cluster.assigned(MOVES)).isEqualTo(Replicas.of(3, 1));
        dataAreInSync(cluster);
    }

    private static void dataAreInSync(OutsiderCluster cluster) {
        LeaderAndIsr state = cluster.stored.state(MOVES).orElseThrow();
        assertThat(state.isr().ids())
                .as(state.toString())
                .isNotEmpty()
                .allSatisfy(broker -> assertThat(cluster.lab.disk(broker)).containsEntry(MOVES, 1_000L));
    }
}
