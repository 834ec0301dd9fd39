package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reassign.api.zk.ZkPort;

/** The distribution's launcher lets ZooKeeper's client take in what others wrote where the limit was raised. */
class RaisedLimitLauncherIT {
    @TempDir
    private Path temp;

    @Test
    void aRunIsNotHinderedByATopicOfThreeMegabytes() throws Exception {
        try (GenerousZooKeeper server = new GenerousZooKeeper(8 << 20)) {
            String note = "x".repeat(3 * ZkPort.MAX_BYTES);
            server.write(
                    "/brokers/topics/huge", "{\"version\":1,\"partitions\":{\"0\":[0]},\"note\":\"" + note + "\"}");
            File out = temp.resolve("out").toFile();
            Process run = new ProcessBuilder(
                            Path.of(System.getProperty("reassign.dist"), "bin", "reassign")
                                    .toString(),
                            "run",
                            "interrupt",
                            "--zookeeper=" + server.address())
                    .redirectErrorStream(true)
                    .redirectOutput(out)
                    .start();

            assertThat(run.waitFor(2, TimeUnit.MINUTES)).as("the command ends").isTrue();
            assertThat(run.exitValue()).as(Files.readString(out.toPath())).isZero();
        }
    }
}
