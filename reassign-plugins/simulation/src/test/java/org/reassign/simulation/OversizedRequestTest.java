package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Answer;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;

/** A request that was made as large as a znode can be, and that would be larger without what is done of it. */
class OversizedRequestTest extends OnePartitionMoves {
    private static final String LEGACY = "/admin/reassign_partitions";
    /** Three bytes, and six as an escape. */
    private static final String GROWS = "\uf8ff";

    @Test
    void itStaysAndTheControllerGoesOn() {
        String entries = entry("t", 1) + "," + entry("t", 7);
        String note = GROWS.repeat(ZkPort.MAX_BYTES / 3 - 200);
        zk.commit(List.of(
                ZkWrite.create(LEGACY, "{\"version\":1,\"partitions\":[" + entries + "],\"note\":\"" + note + "\"}")));
        pass(10);
        lab.releaseAll();
        pass(10);

        assertThat(controller.leads()).isTrue();
        assertThat(warnings)
                .filteredOn(warning -> warning.contains(LEGACY))
                .singleElement()
                .satisfies(warning -> {
                    Sentences.require(warning, LEGACY);
                    assertThat(warning)
                            .startsWith("finished entries cannot be removed from " + LEGACY)
                            .endsWith("needed");
                });
        assertThat(read(TOPIC)).contains("\"0\":[1,2],\"1\":[1,2]");
        assertThat(answers)
                .extracting(Answer::partition)
                .contains("t-0", "t-1", "t-7")
                .hasSize(3);
    }

    private static String entry(String topic, int partition) {
        return "{\"topic\":\"" + topic + "\",\"partition\":" + partition + ",\"replicas\":[1,2]}";
    }
}
