package org.reassign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.Rival;
import org.reassign.core.lead.ControllerListener;

/** Kafka's own controller in the place of ours. */
class RivalControllerTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final List<String> told = new ArrayList<>();

    /** It may have been accepted all the same. */
    @Test
    void aRequestWithoutAnAnswerIsNeitherRefusedNorDone() {
        RivalController controller = controller(
                CompletableFuture.failedFuture(new IllegalStateException("Kafka's own controller does not answer")));

        assertThat(told).containsExactly("stopped: Kafka's own controller does not answer");
        assertThat(controller.idle()).isFalse();
    }

    @Test
    void aRequestThatIsRefusedIsDone() {
        RivalController controller = controller(CompletableFuture.completedFuture(
                new TreeMap<>(Map.of(PARTITION, new Refusal(Refusal.Code.CONFLICT, "no")))));

        assertThat(told).containsExactly("refused t-0");
        assertThat(controller.idle()).isTrue();
    }

    private RivalController controller(CompletionStage<SortedMap<TopicPartition, Refusal>> answer) {
        RivalController controller = new RivalController(new Answering(answer), new ControllerListener() {
            @Override
            public void stopped(String why) {
                told.add("stopped: " + why);
            }

            @Override
            public void answered(Answer given) {
                told.add("refused " + given.partition());
            }
        });
        controller.start();
        SortedMap<TopicPartition, Optional<Replicas>> targets =
                new TreeMap<>(Map.of(PARTITION, Optional.of(Replicas.of(1))));
        var unused =
                controller.submit(null, null, new ReassignmentRequest(targets, Optional.empty(), Optional.empty()));
        return controller;
    }

    private record Answering(CompletionStage<SortedMap<TopicPartition, Refusal>> answer) implements Rival {
        @Override
        public String name() {
            return "kafka";
        }

        @Override
        public String requests() {
            return "by hand";
        }

        @Override
        public CompletionStage<Void> ready() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<SortedMap<TopicPartition, Refusal>> submit(
                SortedMap<TopicPartition, Optional<Replicas>> targets) {
            return answer;
        }
    }
}
