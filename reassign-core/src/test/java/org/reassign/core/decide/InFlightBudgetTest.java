package org.reassign.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Placement;

/** How much may be in flight, and how many names of records one znode can have below it. */
class InFlightBudgetTest {
    private static final Replicas NOBODY = Replicas.NONE;

    private static TopicPartition partition(String topic, int number) {
        return new TopicPartition(topic, number);
    }

    private static int taken(InFlightBudget room, String topic) {
        int taken = 0;
        while (taken < 1_000_000 && room.take(partition(topic, taken), NOBODY)) {
            taken++;
        }
        return taken;
    }

    @Test
    void whatIsInFlightCountsForAllAndForWhoReceivesIt() {
        ReassignmentRecord running = new ReassignmentRecord(
                partition("t", 0),
                Replicas.of(2, 3),
                Replicas.of(1, 2),
                NOBODY,
                Mechanism.REQUEST,
                1,
                "request_0",
                Optional.empty(),
                Optional.empty(),
                0);
        InFlightBudget room =
                InFlightBudget.beside(List.of(running), new InFlightLimits(3, 1), new Placement.InTopic());

        assertThat(room.take(partition("t", 1), Replicas.of(3)))
                .as("3 receives already")
                .isFalse();
        assertThat(room.take(partition("t", 1), Replicas.of(2)))
                .as("2 held it before")
                .isTrue();
        assertThat(room.take(partition("t", 2), Replicas.of(4))).isTrue();
        assertThat(room.take(partition("t", 3), Replicas.of(5))).as("a fourth").isFalse();
    }

    @Test
    void flatRecordsOfAllTopicsShareOneParent() {
        InFlightBudget room = InFlightBudget.beside(List.of(), InFlightLimits.NONE, new Placement.Flat("/records"));

        int bytes = IntStream.range(0, taken(room, "orders"))
                .map(number -> 4 + ("orders-" + number).length())
                .sum();
        assertThat(bytes).isBetween(499_980, 500_000);
        assertThat(taken(room, "another-topic-with-a-long-name")).isZero();
    }

    @Test
    void nestedRecordsHaveAParentForEachTopic() {
        InFlightBudget room = InFlightBudget.beside(List.of(), InFlightLimits.NONE, new Placement.Nested("/records"));

        assertThat(taken(room, "orders")).isGreaterThan(50_000).isLessThan(100_000);
        assertThat(taken(room, "another")).isGreaterThan(50_000);
    }

    @Test
    void oneZnodePerTopicIsCountedOnce() {
        InFlightBudget room =
                InFlightBudget.beside(List.of(), InFlightLimits.NONE, new Placement.OnePerTopic("/records"));

        assertThat(taken(room, "orders")).isEqualTo(1_000_000);
        int topics = 0;
        while (topics < 1_000_000 && room.take(partition("topic-" + (10_000 + topics), 0), NOBODY)) {
            topics++;
        }
        assertThat(topics).isEqualTo((500_000 - 10) / 15);
    }

    @Test
    void recordsInTopicsHaveNoNames() {
        assertThat(taken(InFlightBudget.unlimited(), "orders")).isEqualTo(1_000_000);
    }
}
