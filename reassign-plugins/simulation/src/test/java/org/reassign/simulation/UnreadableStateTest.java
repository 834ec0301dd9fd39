package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.WriteMode;

/** A {@code state} that a controller cannot read stops its partition alone, and only until it is mended. */
class UnreadableStateTest extends OnePartitionMoves {
    private static final String STATE = TOPIC + "/partitions/0/state";
    private static final String WARNING = STATE
            + " does not hold a leader and an ISR; t-0 stands still until its leader writes it, or delete and write"
            + " it again";

    @ParameterizedTest
    @ValueSource(strings = {"per-partition", "recursive"})
    void theReassignmentGoesOnWhenItIsMended(String watcher) {
        controller.kill();
        String good = read(STATE);
        write("garbage");
        start(new Combination("separate", watcher, "keep-all", WriteMode.BATCHED));
        pass(1);
        assertThat(warnings).containsExactly(WARNING);

        write(good);
        pass(1);
        String raised = read(STATE);
        write("garbage again");
        pass(1);
        assertThat(warnings).containsExactly(WARNING, WARNING);

        zk.commit(List.of(ZkWrite.delete(STATE, ZkWrite.ANY_VERSION), ZkWrite.create(STATE, raised)));
        lab.releaseAll();
        becomesIdle();
        assertThat(lab.disk(0)).doesNotContainKey(MOVES);
        assertThat(lab.disk(2)).containsKey(MOVES);
    }

    private void write(String text) {
        zk.commit(List.of(ZkWrite.setData(STATE, text, ZkWrite.ANY_VERSION)));
    }
}
