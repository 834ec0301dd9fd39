package org.reassign.zk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;

/** A znode whose ACL does not allow writing is told by a code of its own, with the write of a transaction that met it. */
class ClosedZnodeTest {
    @Test
    void aWriteThatTheAclDoesNotAllow() throws Exception {
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start()) {
            ZooKeeper operator = new ZooKeeper(server.address(), 10_000, event -> {});
            ZkPort port = server.sessions().open("controller");
            operator.create("/open", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            operator.create("/closed", new byte[0], Ids.READ_ACL_UNSAFE, CreateMode.PERSISTENT);
            ZkWrite allowed = ZkWrite.setData("/open", "x", ZkWrite.ANY_VERSION);

            ZkException set = failure(port.commit(List.of(allowed, ZkWrite.setData("/closed", "x", 0))));
            assertThat(set.code()).isEqualTo(Code.NO_AUTH);
            assertThat(set.index()).isEqualTo(1);
            assertThat(set).hasMessageStartingWith("NO_AUTH at /closed: ");
            assertThat(failure(port.commit(List.of(ZkWrite.create("/closed/child", ""))))
                            .code())
                    .isEqualTo(Code.NO_AUTH);
            assertThat(port.getData("/closed").toCompletableFuture().join()).isPresent();
            port.close();
            operator.close();
        }
    }

    private static ZkException failure(CompletionStage<?> stage) {
        Throwable thrown = catchThrowable(() -> stage.toCompletableFuture().join());
        assertThat(thrown).isInstanceOf(CompletionException.class);
        return (ZkException) thrown.getCause();
    }
}
