package org.reassign.zk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkPort.SessionEvent;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.BreakableSessions;
import org.reassign.core.memory.MemoryConnections;
import org.reassign.core.memory.MemoryZooKeeper;

/** Connections that are broken by an actor's name; in memory as with a server. */
class BreakableSessionsTest {
    private final BlockingQueue<SessionEvent> events = new LinkedBlockingQueue<>();

    @Test
    void theEmbeddedServerBreaksThem() throws InterruptedException {
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start()) {
            breaks(server.sessions());
        }
    }

    @Test
    void theOneInMemoryBreaksThem() throws InterruptedException {
        breaks(new MemoryConnections(new MemoryZooKeeper(Runnable::run, () -> 0)));
    }

    private void breaks(BreakableSessions sessions) throws InterruptedException {
        ZkPort port = sessions.open("one");
        ZkPort other = sessions.open("other");
        port.onSession(events::add);
        done(port.commit(List.of(ZkWrite.createEphemeral("/mine", ""))));

        sessions.block("one");
        assertThat(next()).isEqualTo(SessionEvent.SUSPENDED);
        assertThatThrownBy(() -> sessions.open("one"))
                .isInstanceOf(ZkException.class)
                .hasMessageContaining("CONNECTION_LOSS");
        assertThatThrownBy(() -> done(port.exists("/mine"))).hasMessageContaining("CONNECTION_LOSS");
        assertThat(done(other.exists("/mine"))).isPresent();

        sessions.pass("one");
        assertThat(next()).isEqualTo(SessionEvent.RECONNECTED);
        assertThat(done(port.exists("/mine"))).isPresent();
        sessions.cut("one");
        assertThat(next()).isEqualTo(SessionEvent.SUSPENDED);
        assertThat(next()).isEqualTo(SessionEvent.RECONNECTED);
        assertThat(done(port.exists("/mine"))).isPresent();
        port.close();
        other.close();
    }

    private SessionEvent next() throws InterruptedException {
        SessionEvent event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).as("an event within 20 s").isNotNull();
        return event;
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
