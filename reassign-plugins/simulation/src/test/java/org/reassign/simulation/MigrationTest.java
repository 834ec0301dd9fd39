package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.lead.MigrationException;

/** A controller that keeps its records elsewhere than the one before takes them over, or does not lead. */
class MigrationTest extends OnePartitionMoves {
    private static final String RECORD = "/admin/reassignments/t/0";

    @Test
    void recordsThatTheOtherLayoutHasNoRoomForStayWhereTheyAre() {
        controller.kill();
        String record = read(RECORD);
        String filler = "\"notes\":\"" + "x".repeat(ZkPort.MAX_BYTES - 400) + "\",";
        zk.commit(List.of(ZkWrite.setData(TOPIC, "{" + filler + read(TOPIC).substring(1), ZkWrite.ANY_VERSION)));

        assertThatThrownBy(() -> start(Combination.DEFAULT.in("consolidated")))
                .isInstanceOf(MigrationException.class)
                .satisfies(thrown -> Sentences.require(thrown.getMessage(), "'consolidated'"))
                .hasMessageContainingAll("'t'", "'separate'", TOPIC);
        assertThat(read(RECORD)).isEqualTo(record);
    }

    @Test
    void recordsOfATopicThatCannotBeReadStayWhereTheyAre() {
        controller.kill();
        String record = read(RECORD);
        String good = read(TOPIC);
        zk.commit(List.of(ZkWrite.setData(TOPIC, "garbage", ZkWrite.ANY_VERSION)));

        assertThatThrownBy(() -> start(Combination.DEFAULT.in("consolidated")))
                .isInstanceOf(MigrationException.class)
                .satisfies(thrown -> Sentences.require(thrown.getMessage(), "'consolidated'"))
                .hasMessageContainingAll("'t'", "'separate'", TOPIC);
        assertThat(read(RECORD)).isEqualTo(record);

        zk.commit(List.of(ZkWrite.setData(TOPIC, good, ZkWrite.ANY_VERSION)));
        start(Combination.DEFAULT.in("consolidated"));
        lab.releaseAll();
        becomesIdle();
        assertThat(read(TOPIC)).contains("\"0\":[1,2]");
        assertThat(zk.exists("/admin/reassignments/t").toCompletableFuture().join())
                .isEmpty();
    }

    @Test
    void recordsOfAPartitionThatTheTopicLacksStayWhereTheyAre() {
        controller.kill();
        String record = read(RECORD);
        zk.commit(List.of(ZkWrite.setData(TOPIC, "{\"version\":1,\"partitions\":{\"1\":[0,1]}}", ZkWrite.ANY_VERSION)));

        assertThatThrownBy(() -> start(Combination.DEFAULT.in("consolidated")))
                .isInstanceOf(MigrationException.class)
                .satisfies(thrown -> Sentences.require(thrown.getMessage(), "'consolidated'"))
                .hasMessageContainingAll("'t'", "'separate'", TOPIC, "partition 0");
        assertThat(read(RECORD)).isEqualTo(record);

        start(Combination.DEFAULT);
        lab.releaseAll();
        becomesIdle();
        assertThat(read(TOPIC)).contains("\"0\":[1,2]");
    }

    /** {@code kip-455} takes the target from AR, which a tool may have overwritten while no controller ran. */
    @Test
    void theTargetOutlivesAssignedReplicasThatSomebodyOverwrote() {
        controller.kill();
        String topic = read(TOPIC);
        zk.commit(List.of(ZkWrite.setData(TOPIC, topic.replace("\"0\":[1,2,0]", "\"0\":[0,1]"), ZkWrite.ANY_VERSION)));
        assertThat(read(TOPIC)).isNotEqualTo(topic);

        start(Combination.DEFAULT.in("kip-455"));
        lab.releaseAll();
        becomesIdle();
        assertThat(read(TOPIC)).contains("\"0\":[1,2]");
    }
}
