package org.reassign.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;

/** A session that lives on without its connection. */
class BrokenConnectionTest {
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(Runnable::run, () -> 0);
    private final ZkPort port = zooKeeper.open("one");
    private final ZkPort other = zooKeeper.open("other");
    private final List<Object> told = new ArrayList<>();

    private static ZkException.Code failure(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            return ((ZkException) e.getCause()).code();
        }
        throw new AssertionError("did not fail");
    }

    @Test
    void callsFailAndWatchesComeLateAfterTheConnectionIsBack() {
        port.onSession(told::add);
        port.getData("/a", event -> told.add(event.type()));

        zooKeeper.suspend(port);
        other.commit(List.of(ZkWrite.create("/a", "")));

        assertThat(failure(port.commit(List.of(ZkWrite.create("/b", ""))))).isEqualTo(ZkException.Code.CONNECTION_LOSS);
        assertThat(told).hasToString("[SUSPENDED]");
        zooKeeper.reconnect(port);
        assertThat(told).hasToString("[SUSPENDED, RECONNECTED, CREATED]");
        assertThat(port.exists("/b").toCompletableFuture().join()).isEmpty();
    }

    @Test
    void aPortClosedWithoutConnectionLeavesItsEphemeralZnodesUntilThatIsHeard() {
        port.onSession(told::add);
        port.commit(List.of(ZkWrite.createEphemeral("/e", "")));

        zooKeeper.suspend(port);
        port.close();

        assertThat(failure(port.exists("/e"))).isEqualTo(ZkException.Code.SESSION_EXPIRED);
        assertThat(other.exists("/e").toCompletableFuture().join()).isPresent();
        zooKeeper.reconnect(port);
        assertThat(other.exists("/e").toCompletableFuture().join()).isEqualTo(Optional.empty());
        assertThat(told).hasToString("[SUSPENDED]");
    }

    @Test
    void aSessionMayExpireWithoutItsConnection() {
        port.onSession(told::add);
        port.getData("/a", event -> told.add(event.type()));
        port.commit(List.of(ZkWrite.createEphemeral("/e", "")));

        zooKeeper.suspend(port);
        other.commit(List.of(ZkWrite.create("/a", "")));
        zooKeeper.expire(port);

        assertThat(other.exists("/e").toCompletableFuture().join()).isEmpty();
        assertThat(told).hasToString("[SUSPENDED, LOST]");
    }
}
