package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.zk.ZkWrite;

/** A topic that was deleted and made again between two looks is another: what was under way with the one before ends. */
class RecreatedTopicTest extends OnePartitionMoves {

    private static final String NEW = "{\"version\":1,\"partitions\":{\"0\":[0,1],\"1\":[0,1]}}";

    static List<Combination> combinations() {
        return Combination.all().stream()
                .filter(one ->
                        one.watcher().equals("per-partition") && one.policy().equals("keep-all"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void whatWasInFlightEndsAndTheNewOneIsLeftAsItIs(Combination combination) {
        controller.kill();
        start(combination);
        pass(3);
        madeAnew();
        pass(3);

        assertThat(answers)
                .extracting(Answer::partition, Answer::outcome)
                .containsExactly(tuple("t-0", Outcome.TOPIC_DELETED));
        newOneStands();
        assertThat(lab.disk(2)).doesNotContainKey(MOVES);
    }

    @Test
    void soItIsWhereNobodyLedMeanwhile() {
        controller.kill();
        madeAnew();
        start(Combination.DEFAULT);
        pass(3);

        newOneStands();
    }

    @Test
    void oneThatCannotBeReadYetIsNotTakenForTheOneBefore() {
        madeAnew("garbage", List.of("/admin/reassignments/t/0"));
        pass(3);
        assertThat(answers)
                .as("its creation tells that it is another")
                .extracting(Answer::partition, Answer::outcome)
                .containsExactly(tuple("t-0", Outcome.TOPIC_DELETED));
        zk.commit(List.of(ZkWrite.setData(TOPIC, NEW, ZkWrite.ANY_VERSION)));
        pass(3);

        assertThat(answers).hasSize(1);
        newOneStands();
    }

    private void newOneStands() {
        becomesIdle();
        assertThat(read(TOPIC)).isEqualTo(NEW);
        assertThat(zk.getChildren("/admin/reassignments")
                        .toCompletableFuture()
                        .join()
                        .orElse(List.of()))
                .isEmpty();
        List.of(0, 1).forEach(broker -> assertThat(lab.disk(broker)).containsKeys(MOVES, RESTS));
    }

    /** In one transaction, so that nobody can see the topic gone. */
    private void madeAnew() {
        madeAnew(NEW, List.of());
    }

    private void madeAnew(String content, List<String> removed) {
        String state = read(TOPIC + "/partitions/1/state");
        List<ZkWrite> writes = deletion();
        removed.forEach(path -> writes.add(ZkWrite.delete(path, ZkWrite.ANY_VERSION)));
        writes.add(ZkWrite.create(TOPIC, content));
        PARTITIONS.forEach(path -> writes.add(ZkWrite.create(TOPIC + path, path.endsWith("state") ? state : "")));
        assertThat(zk.commit(writes)).isCompletedWithValueMatching(results -> results.size() == writes.size());
    }
}
