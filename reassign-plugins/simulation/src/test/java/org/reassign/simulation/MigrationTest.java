package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.plugin.ChoiceException;

/** A controller that keeps its records elsewhere than the one before takes them over, or does not lead. */
class MigrationTest extends OneThatMoves {
    private static final String RECORD = "/admin/reassignments/t/0";

    @Test
    void recordsThatTheOtherLayoutHasNoRoomForStayWhereTheyAre() {
        controller.kill();
        String record = read(RECORD);
        String filler = "\"notes\":\"" + "x".repeat(ZkPort.MAX_BYTES - 400) + "\",";
        zk.commit(List.of(ZkWrite.setData(TOPIC, "{" + filler + read(TOPIC).substring(1), ZkWrite.ANY_VERSION)));

        assertThatThrownBy(() -> start(Combination.DEFAULT.in("consolidated")))
                .isInstanceOf(ChoiceException.class)
                .satisfies(thrown -> Sentences.require(thrown.getMessage(), "'consolidated'"))
                .hasMessageContainingAll("'t'", "'separate'", TOPIC);
        assertThat(read(RECORD)).isEqualTo(record);
    }
}
