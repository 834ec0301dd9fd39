package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.core.lead.Controller;
import org.reassign.core.store.WriteMode;

/** A topic may have any legal name, under each layout, and records can be moved from each layout to each other. */
class TopicNamesTest {
    static List<Arguments> layouts() {
        List<Arguments> all = new ArrayList<>();
        for (String layout : Combination.layouts()) {
            for (WriteMode mode : WriteMode.values()) {
                all.add(Arguments.of(layout, mode));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void anyNameIsInFlightThroughARestart(String layout, WriteMode mode) {
        CrossingNames cluster = new CrossingNames();
        Combination combination = Combination.DEFAULT.in(layout);
        Controller first = cluster.lead(combination.plugins(), mode);
        cluster.moveAll();
        first.kill();
        Controller second = cluster.lead(combination.plugins(), mode);
        cluster.endsAll(second, combination.plugins().layouts());
    }

    static List<Arguments> migrations() {
        List<Arguments> all = new ArrayList<>();
        for (String from : Combination.layouts()) {
            for (String to : Combination.layouts()) {
                for (WriteMode mode : WriteMode.values()) {
                    if (!from.equals(to)) {
                        all.add(Arguments.of(from, to, mode));
                    }
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("migrations")
    void recordsMoveFromEachLayoutToEachOther(String from, String to, WriteMode mode) {
        CrossingNames cluster = new CrossingNames();
        Controller first = cluster.lead(Combination.DEFAULT.in(from).plugins(), mode);
        cluster.moveAll();
        first.kill();
        Combination combination = Combination.DEFAULT.in(to);
        Controller second = cluster.lead(combination.plugins(), mode);
        cluster.endsAll(second, combination.plugins().layouts());
    }

    static List<Arguments> interrupted() {
        return Sample.of(migrations(), 7, 0); // an odd stride, so that all write modes are played
    }

    /** The controller that moves records ends after any of its commits; either layout takes up what it has left. */
    @ParameterizedTest
    @MethodSource("interrupted")
    void aMoveThatIsInterruptedIsTakenUpInEitherLayout(String from, String to, WriteMode mode) {
        for (String third : List.of(from, to)) {
            int crashes = 0;
            while (isInterrupted(from, to, third, mode, crashes)) {
                crashes++;
            }
            assertThat(crashes).as("commits of a start and its move").isGreaterThan(4);
        }
    }

    /** Whether there was such a commit. */
    private static boolean isInterrupted(String from, String to, String third, WriteMode mode, int commit) {
        CrossingNames cluster = new CrossingNames();
        Controller first = cluster.lead(Combination.DEFAULT.in(from).plugins(), mode);
        cluster.moveAll();
        first.kill();
        CommitsThenDies dying = new CommitsThenDies(cluster.zooKeeper(), commit);
        Controller second = cluster.start(Combination.DEFAULT.in(to).plugins(), mode, dying);
        cluster.await(() -> dying.isDead() || second.leads());
        second.kill();
        Combination combination = Combination.DEFAULT.in(third);
        cluster.endsAll(
                cluster.lead(combination.plugins(), mode), combination.plugins().layouts());
        return dying.isDead();
    }
}
