package org.reassign.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Mechanism;

class AnswerLogTest {
    private final AnswerLog log = new AnswerLog();

    private void add(String request, String partition) {
        log.add(new Answer(request, Mechanism.REQUEST, partition, Answer.Outcome.COMPLETED, Optional.empty()));
    }

    @Test
    void findsTheFirstAnswerOfAnEntryFromAPositionOn() {
        add("request_1", "t-0");
        add("request_1", "t-1");
        add("request_2", "t-0");
        add("request_2", "t-0");

        assertThat(log.first(List.of("request_1", "request_2"), "t-0", 0, i -> true))
                .hasValue(0);
        assertThat(log.first(List.of("request_1", "request_2"), "t-0", 1, i -> true))
                .hasValue(2);
        assertThat(log.first(List.of("request_2"), "t-0", 0, i -> i != 2)).hasValue(3);
        assertThat(log.first(List.of("request_1"), "t-0", 1, i -> true)).isEmpty();
        assertThat(log.first(List.of("request_3"), "t-0", 0, i -> true)).isEmpty();
    }

    @Test
    void anAnswerToAWholeRequestIsThatOfEachOfItsEntries() {
        add("request_1", "request_1");
        add("request_1", "t-0");

        assertThat(log.first(List.of("request_1"), "t-0", 0, i -> i != 0)).hasValue(0);
        assertThat(log.first(List.of("request_1"), "t-1", 0, i -> false)).hasValue(0);
    }

    @Test
    void looksAtNoOtherPartitionsAnswers() {
        IntStream.range(0, 1_000).forEach(i -> add("request_1", "t-" + i));
        AtomicInteger looks = new AtomicInteger();
        IntStream.range(0, 1_000)
                .forEach(i -> assertThat(
                                log.first(List.of("request_1"), "t-" + i, 0, position -> looks.incrementAndGet() > 0))
                        .hasValue(i));
        assertThat(looks).hasValue(1_000);
    }
}
