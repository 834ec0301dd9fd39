package org.reassign.zk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reassign.api.zk.ZkPort;

/** What a server cannot do is found at the start, and without a change. */
class ServerAbilityTest {
    @TempDir
    Path folder;

    private List<Boolean> abilities(Integer... unknown) throws Exception {
        OldServer server = new OldServer(folder, Set.of(unknown));
        NIOServerCnxnFactory connections = new NIOServerCnxnFactory();
        connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0, -1, false);
        connections.startup(server, true);
        String address = "127.0.0.1:" + connections.getLocalPort();
        try (ZkPort zk = new CuratorSessions(address).open("observer");
                ZkPort another = new CuratorSessions(address).open("observer")) {
            int before = server.getZKDatabase().getDataTree().getNodeCount();
            List<Boolean> found =
                    List.of(ServerAbility.CREATE_WITH_STAT.isOf(zk), ServerAbility.RECURSIVE_WATCH.isOf(another));
            assertThat(server.getZKDatabase().getDataTree().getNodeCount()).isEqualTo(before);
            assertThat(ServerAbility.version(address))
                    .hasValueSatisfying(version -> assertThat(version).matches("3\\.[0-9]+\\.[0-9]+"));
            return found;
        } finally {
            connections.shutdown();
            server.shutdown(true);
        }
    }

    @Test
    void ofTodaysServerAll() throws Exception {
        assertThat(abilities()).containsExactly(true, true);
    }

    @Test
    void recursiveWatchesAreMissingBefore36() throws Exception {
        assertThat(abilities(OpCode.addWatch)).containsExactly(true, false);
    }

    @Test
    void creationsThatAnswerWithTheirMetadataAreMissingBefore35() throws Exception {
        assertThat(abilities(OpCode.addWatch, OpCode.create2)).containsExactly(false, false);
    }

    @Test
    void theVersionIsUnknownWhereNobodyAnswers() {
        assertThat(ServerAbility.version("127.0.0.1:1")).isEmpty();
    }
}
