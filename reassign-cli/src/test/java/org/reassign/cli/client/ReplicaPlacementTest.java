package org.reassign.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reassign.api.model.Replicas;

/** What {@code AdminUtils.assignReplicasToBrokers} of Kafka 3.9.2 gave for the same brokers and a fixed start. */
class ReplicaPlacementTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5 | 10 | 3 | 0 | [[0,1,2],[1,2,3],[2,3,4],[3,4,0],[4,0,1],[0,2,3],[1,3,4],[2,4,0],[3,0,1],[4,1,2]]
            3 |  7 | 2 | 1 | [[1,0],[2,1],[0,2],[1,2],[2,0],[0,1],[1,0]]
            6 | 13 | 3 | 2 | [[2,5,0],[3,0,1],[4,1,2],[5,2,3],[0,3,4],[1,4,5],[2,0,1],[3,1,2],[4,2,3],[5,3,4],[0,4,5],[1,5,0],[2,1,3]]
            4 |  4 | 1 | 3 | [[3],[0],[1],[2]]
            1 |  2 | 1 | 0 | [[0],[0]]
            2 |  5 | 2 | 0 | [[0,1],[1,0],[0,1],[1,0],[0,1]]
            """)
    void withoutRacks(int brokers, int partitions, int factor, int start, String expected) {
        List<Integer> ids = IntStream.range(0, brokers).boxed().toList();

        assertThat(text(ReplicaPlacement.on(ids).place(partitions, factor, start, start)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rack1,rack3,rack3,rack2,rack2,rack1 | 7 | 3 | 0 | [[0,3,1],[3,1,5],[1,5,4],[5,4,2],[4,2,0],[2,0,3],[0,4,2]]
            rack1,rack3,rack3,rack2,rack2,rack1 | 9 | 2 | 3 | [[5,1],[4,5],[2,4],[0,2],[3,0],[1,3],[5,3],[4,1],[2,5]]
            rack1,rack3,rack3,rack2,rack2,rack1 | 6 | 4 | 1 | [[3,2,0,1],[1,0,3,5],[5,3,1,4],[4,1,5,2],[2,5,4,0],[0,4,2,3]]
            a,a,a,b,c                           | 7 | 3 | 0 | [[0,3,4],[3,4,1],[4,1,3],[1,3,4],[2,3,4],[0,3,4],[3,0,4]]
            a,a,a,b,c                           | 9 | 2 | 3 | [[1,3],[2,3],[0,4],[3,1],[4,2],[1,3],[2,3],[0,3],[3,4]]
            a,a,a,b,c                           | 6 | 4 | 1 | [[3,0,4,1],[4,3,1,2],[1,4,3,2],[2,3,4,1],[0,3,4,1],[3,2,4,1]]
            b,a                                 | 4 | 2 | 1 | [[0,1],[1,0],[0,1],[1,0]]
            """)
    void withRacks(String racks, int partitions, int factor, int start, String expected) {
        SortedMap<Integer, String> byBroker = new TreeMap<>();
        for (String rack : racks.split(",", -1)) {
            byBroker.put(byBroker.size(), rack);
        }

        assertThat(text(ReplicaPlacement.across(byBroker).place(partitions, factor, start, start)))
                .isEqualTo(expected);
    }

    @Test
    void partitionsKeepTheirNumbers() {
        SortedMap<Integer, Replicas> assigned = new TreeMap<>();
        assigned.put(3, Replicas.of(0));
        assigned.put(7, Replicas.of(0));

        assertThat(ReplicaPlacement.on(List.of(1, 2)).place(assigned, 0, 0)).hasToString("{3=[1], 7=[2]}");
    }

    private static String text(List<Replicas> placed) {
        return placed.toString().replace(" ", "");
    }
}
