package org.reassign.zk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkPort.SessionEvent;
import org.reassign.api.zk.ZkWrite;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class EmbeddedZooKeeperTest {
    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void sessions_and_data_outlive_a_restart_and_an_owner_expires() throws InterruptedException {
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start();
                ZkPort owner = server.sessions().open("owner")) {
            String address = server.address();
            LinkedBlockingQueue<SessionEvent> events = new LinkedBlockingQueue<>();
            owner.onSession(events::add);
            var unused = join(owner.commit(
                    List.of(ZkWrite.create("/lasting", "kept"), ZkWrite.createEphemeral("/ephemeral", ""))));

            server.restart();

            assertThat(server.address()).isEqualTo(address);
            assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo(SessionEvent.SUSPENDED);
            assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo(SessionEvent.RECONNECTED);
            assertThat(join(owner.getData("/lasting")).orElseThrow().text()).isEqualTo("kept");
            assertThat(join(owner.exists("/ephemeral"))).isPresent();
            assertThatThrownBy(() -> server.expireOwner("/lasting"))
                    .hasMessageContaining("/lasting is not an ephemeral");

            server.expireOwner("/ephemeral");

            assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo(SessionEvent.SUSPENDED);
            assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo(SessionEvent.LOST);
        }
    }
}
