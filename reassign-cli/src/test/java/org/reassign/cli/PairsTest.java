package org.reassign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairsTest {
    private static List<List<String>> product() {
        List<List<String>> all = new ArrayList<>();
        for (String scenario : List.of("s1", "s2", "s3")) {
            for (String layout : List.of("separate", "consolidated")) {
                for (String mode : List.of("single", "pipelined", "batched")) {
                    all.add(List.of(scenario, layout, mode));
                }
            }
        }
        return all;
    }

    private static boolean meet(List<String> row, String one, String other) {
        return row.contains(one) && row.contains(other);
    }

    @Test
    void anyTwoValuesMeet() {
        List<List<String>> few = Pairs.covering(product());

        assertThat(product()).containsAll(few);
        product()
                .forEach(row -> row.forEach(one -> row.forEach(other ->
                        assertThat(few).as(one + " and " + other).anyMatch(taken -> meet(taken, one, other)))));
    }

    @Test
    void fewerThanAllAreTaken() {
        assertThat(Pairs.covering(product())).hasSizeBetween(9, 12);
    }

    @Test
    void oneCombinationIsTakenAsItIs() {
        assertThat(Pairs.covering(List.of(List.of("s", "separate")))).containsExactly(List.of("s", "separate"));
    }
}
