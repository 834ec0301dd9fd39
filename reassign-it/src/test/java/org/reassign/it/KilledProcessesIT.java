package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.reassign.it.DisturbedMove.Disturbance;

/**
 * Two controllers, three servers of ZooKeeper and the clients are processes of their own. While 500 partitions move, some of
 * which get another target and some of which are cancelled, one of these processes is killed, paused or restarted at a
 * random moment, from the seed {@code -Dreassign.kills.seed}: the leader {@code -Dreassign.kills} times, and each of the others
 * more seldom.
 */
@Execution(ExecutionMode.CONCURRENT)
class KilledProcessesIT {
    private static final String CLUSTER = """
            name: large
            brokers: {count: 5}
            topics:
              t: {count: 1, partitionsPerTopic: 500, replicationFactor: 2, bytesPerPartition: 80KB}
            replication: {bytesPerSecondPerBroker: 5MB, isrNotificationLinger: 20ms}
            """;

    @TempDir
    private Path temp;

    @Test
    void endsAsAskedWhateverIsKilled() throws IOException {
        long seed = Long.getLong("reassign.kills.seed", System.nanoTime());
        System.out.println("KilledProcessesIT: -Dreassign.kills.seed=" + seed);
        Random random = new Random(seed);
        Path cluster = Files.writeString(temp.resolve("cluster.yaml"), CLUSTER);
        try (Ensemble ensemble = Ensemble.start()) {
            Commands commands = new Commands(temp, ensemble.address());
            try (ControllerPair controllers =
                            new ControllerPair(commands, "--cluster=" + cluster, "--session-timeout=4");
                    DisturbedMove move = new DisturbedMove(commands, controllers, ensemble, random)) {
                int round = 0;
                for (Disturbance drawn : Disturbance.drawn(Integer.getInteger("reassign.kills", 1), random)) {
                    move.play(drawn, "round " + round++ + " of seed " + seed + ", " + drawn);
                }
                move.assertChanged();
                assertThat(commands.run("doctor")).contains("Nothing is left over or stuck.");
                controllers.stop();
            }
        }
    }
}
