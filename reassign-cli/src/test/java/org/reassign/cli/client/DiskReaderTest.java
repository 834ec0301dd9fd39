package org.reassign.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Broker;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerDisks;

/** Brokers that do not answer cost a command one short wait and one sentence. */
class DiskReaderTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    private final List<String> notes = new ArrayList<>();
    private final List<Integer> asked = new ArrayList<>();
    private final Map<Integer, CompletableFuture<BrokerDisks.DiskContent>> answers = new HashMap<>();
    private final DiskReader reader = new DiskReader(client -> Optional.of(new Scripted()), notes::add);

    private final class Scripted implements BrokerDisks {
        @Override
        public CompletionStage<DiskContent> replicas(Broker broker, Set<TopicPartition> partitions) {
            return allReplicas(broker);
        }

        @Override
        public CompletionStage<DiskContent> allReplicas(Broker broker) {
            asked.add(broker.id());
            return answers.get(broker.id());
        }

        @Override
        public void close() {
            answers.clear();
        }
    }

    private DiskSnapshot read(int... wanted) {
        Map<Integer, Broker> live = new TreeMap<>();
        Map<Integer, Set<TopicPartition>> questions = new TreeMap<>();
        for (int broker : new int[] {0, 1, 2}) {
            live.put(broker, new Broker(broker, 1, List.of(), Optional.empty()));
        }
        for (int broker : wanted) {
            questions.put(broker, Set.of(ORDERS));
        }
        assertThat(reader.isOpen(null)).isTrue();
        return reader.read(live, questions);
    }

    @Test
    void aBrokerThatFailsIsUnknownIsNamedOnceAndIsLeftAlone() {
        answers.put(0, CompletableFuture.completedFuture(content(12)));
        answers.put(1, CompletableFuture.failedFuture(new IllegalStateException("broker 1 is busy; wait")));
        answers.put(2, CompletableFuture.failedFuture(new IllegalStateException("broker 2 is busy; wait")));

        DiskSnapshot first = read(0, 1, 2);
        DiskSnapshot second = read(0, 1, 2);

        assertThat(first.bytes(0, ORDERS)).hasValue(12);
        assertThat(first.bytes(1, ORDERS)).isEmpty();
        assertThat(second.bytes(0, ORDERS)).hasValue(12);
        assertThat(asked).containsExactly(0, 1, 2, 0);
        assertThat(notes)
                .containsExactly(
                        "what lies on the disks of broker 1 is not known for certain: broker 1 is busy; wait",
                        "what lies on the disks of broker 2 is not known for certain: broker 2 is busy; wait");
    }

    @Test
    void aBrokerThatNeverAnswersIsWaitedForOnce() {
        answers.put(0, new CompletableFuture<>());

        assertThat(read(0).isEmpty()).isTrue();
        assertThat(read(0).isEmpty()).isTrue();

        assertThat(asked).containsExactly(0);
        assertThat(notes)
                .containsExactly(
                        "what lies on the disks of broker 0 is not known for certain: it has not answered within 3000 ms; see what it is busy with");
        assertThat(answers.get(0)).as("what the gateway waits for is its own").isNotDone();
    }

    @Test
    void aBrokerThatIsNotRegisteredIsNotAsked() {
        assertThat(read(7).isEmpty()).isTrue();
        assertThat(asked).isEmpty();
        assertThat(notes).isEmpty();
    }

    private static BrokerDisks.DiskContent content(long bytes) {
        return new BrokerDisks.DiskContent(List.of(new BrokerDisks.DiskReplica(ORDERS, bytes, 0, false)), true);
    }
}
