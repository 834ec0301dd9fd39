package org.reassign.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.TopicPartition;

/** What is owed, chunk by chunk, and which znodes come and go with it. */
class OwedDeletesTest {
    private static final OwedDeletes.Change NOTHING = new OwedDeletes.Change();
    private static final OwedDelete T0 = new OwedDelete(1, new TopicPartition("t", 0), 5);
    private static final OwedDelete T1 = new OwedDelete(1, new TopicPartition("t", 1), 5);

    private final OwedDeletes owed = new OwedDeletes();

    @Test
    void whatIsAddedIsKnownByBrokerAndByPartition() {
        OwedDelete other = new OwedDelete(2, T0.partition(), 6);
        owed.apply(owed.add(List.of(T0, T1, other)));

        assertThat(owed.brokers()).containsExactly(1, 2);
        assertThat(owed.size()).isEqualTo(3);
        assertThat(owed.of(1)).containsExactly(T0, T1);
        assertThat(owed.of(1, T1.partition())).containsExactly(T1);
        assertThat(owed.of(2, T1.partition())).isEmpty();
        assertThat(owed.add(List.of(T1, other)).writes()).isEmpty();
    }

    @Test
    void aChunkGoesWithItsLastDebtAndTheParentWithItsLastChunk() {
        owed.apply(owed.add(List.of(T0, T1)));
        OwedDeletes.Change first = owed.remove(owed.of(1, T0.partition()), NOTHING);
        assertThat(paths(first)).containsExactly("SetData /1/chunk_0000000000");
        owed.apply(first);
        assertThat(owed.size()).isEqualTo(1);
        OwedDeletes.Change last = owed.remove(List.of(T0, T1), NOTHING);
        assertThat(paths(last)).containsExactly("Delete /1/chunk_0000000000", "Delete /1");
        owed.apply(last);

        assertThat(owed.brokers()).isEmpty();
        assertThat(owed.size()).isZero();
        assertThat(paths(owed.add(List.of(T0)))).containsExactly("Create /1", "Create /1/chunk_0000000000");
    }

    @Test
    void theParentStaysForWhatIsAddedInTheSameTurn() {
        owed.apply(owed.add(List.of(T0)));
        OwedDeletes.Change added = owed.add(List.of(T1));
        OwedDeletes.Change removed = owed.remove(List.of(T0), added);
        assertThat(paths(added)).containsExactly("Create /1/chunk_0000000001");
        assertThat(paths(removed)).containsExactly("Delete /1/chunk_0000000000");
        owed.apply(added);
        owed.apply(removed);

        assertThat(owed.of(1)).containsExactly(T1);
    }

    @Test
    void aChunkIsOwnedByThePartitionsWhoseDebtsAreWrittenWithIt() {
        owed.apply(owed.add(List.of(T0)));
        owed.apply(owed.add(List.of(T1, new OwedDelete(1, new TopicPartition("t", 2), 5))));
        OwedDeletes.Change removed = owed.remove(List.of(T0, T1), NOTHING);

        assertThat(removed.writes())
                .extracting(OwedDeletes.ChunkWrite::partitions)
                .map(List::copyOf)
                .containsExactly(List.of(T0.partition()), List.of(T1.partition()));
    }

    @Test
    void aChunkThatWasEmptiedHoldsNothingAndKeepsItsNumberAndItsParent() {
        assertThat(owed.load(OwedDeletes.ROOT + "/1/chunk_0000000004", "")).isTrue();

        assertThat(owed.brokers()).isEmpty();
        OwedDeletes.Change added = owed.add(List.of(T0));
        assertThat(paths(added)).containsExactly("Create /1/chunk_0000000005");
        owed.apply(added);
        assertThat(paths(owed.remove(List.of(T0), NOTHING))).containsExactly("Delete /1/chunk_0000000005");
    }

    @Test
    void manyAreSplitIntoChunks() {
        List<OwedDelete> many = IntStream.range(0, 4_001)
                .mapToObj(p -> new OwedDelete(1, new TopicPartition("t", p), 5))
                .toList();
        OwedDeletes.Change added = owed.add(many);
        assertThat(paths(added)).hasSize(4);
        owed.apply(added);

        assertThat(owed.of(1)).containsExactlyElementsOf(many);
        assertThat(paths(owed.remove(many, NOTHING))).hasSize(4);
    }

    private static List<String> paths(OwedDeletes.Change change) {
        return change.writes().stream()
                .map(OwedDeletes.ChunkWrite::write)
                .map(write ->
                        write.getClass().getSimpleName() + " " + write.path().substring(OwedDeletes.ROOT.length()))
                .toList();
    }
}
