package org.reassign.simulation;

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
}
