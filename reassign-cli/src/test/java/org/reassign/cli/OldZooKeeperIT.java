package org.reassign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real servers of older versions, in processes of their own; only with the profile {@code old-servers}. */
@EnabledIfSystemProperty(named = "reassign.oldServers", matches = ".+")
class OldZooKeeperIT {
    @TempDir
    private Path temp;

    private Process start(String name, ProcessBuilder process) throws IOException {
        return process.redirectErrorStream(true)
                .redirectOutput(temp.resolve(name).toFile())
                .start();
    }

    private Process server(String version, int port) throws IOException {
        Path jars = Path.of(System.getProperty("reassign.oldServers"), version);
        return start(
                "server",
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dzookeeper.admin.enableServer=false",
                        "-cp",
                        jars + "/*",
                        "org.apache.zookeeper.server.ZooKeeperServerMain",
                        Integer.toString(port),
                        temp.resolve("data").toString()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The client of a run waits for the server to come up. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3.4.14 | per-partition | 3 | 3.4.14, and reassign needs 3.5 or later; name a newer one
            3.4.14 | recursive     | 3 | 3.4.14, and reassign needs 3.5 or later; name a newer one
            3.5.10 | recursive     | 3 | 3.5.10, and isr-watcher 'recursive' needs 3.6 or later; choose another, such as
            3.5.10 | per-partition | 0 | interrupt: settled after
            3.5.10 | batched       | 0 | interrupt: settled after
            """)
    void aRunIsRefusedWhereTheServerIsTooOldForIt(String version, String watcher, int code, String said)
            throws Exception {
        int port = freePort();
        Process server = server(version, port);
        try {
            Process run = start(
                    "run",
                    Distribution.reassign(
                            "run", "interrupt", "--zookeeper=127.0.0.1:" + port + "/old", "--isr-watcher=" + watcher));
            assertThat(run.waitFor(1, TimeUnit.MINUTES)).as("the run ends").isTrue();
            assertThat(Files.readString(temp.resolve("run"))).contains(said);
            assertThat(run.exitValue()).isEqualTo(code);
        } finally {
            server.destroyForcibly().waitFor();
        }
    }
}
