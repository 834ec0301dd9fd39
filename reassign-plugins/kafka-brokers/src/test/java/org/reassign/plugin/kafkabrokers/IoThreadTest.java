package org.reassign.plugin.kafkabrokers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;

/** However the thread ends, nothing waits for it in vain. */
@Timeout(value = 40, unit = TimeUnit.SECONDS)
class IoThreadTest {
    private static final Optional<Inquiry> COMMANDS = Optional.of(new Inquiry(true));

    private final ScriptedBroker one = new ScriptedBroker(new ScriptedAnswers());

    @AfterEach
    void close() {
        one.close();
    }

    private static TakeoverOptions options(Map<String, String> client) {
        return new TakeoverOptions(
                client, Optional.empty(), Duration.ofMinutes(10), Duration.ofMinutes(10), 10_000_000);
    }

    /** A class that cannot be initialised, as where a jar is missing. */
    static final class Uninitialisable {
        static {
            if (true) {
                throw new IllegalStateException("not on this machine");
            }
        }
    }

    @Test
    void anErrorAtItsStartFailsWhatWasSubmitted() {
        Map<String, String> client =
                Map.of("security.protocol", "SSL", "ssl.engine.factory.class", Uninitialisable.class.getName());
        try (IoThread io = IoThread.start(options(client), new Registrations(warning -> {}), COMMANDS)) {
            assertThatThrownBy(() ->
                            submitted(io, one.broker(1, 5), new Inquiry(false)).join())
                    .hasRootCauseMessage("not on this machine")
                    .hasMessageContaining("the gateway 'takeover' has ended");
        }
    }

    /** What fails when it is to be sent, or when it is answered. */
    private record Failing(boolean atSending) implements Exchange.Content<String> {
        @Override
        public List<AbstractRequest.Builder<?>> requests(Peer peer) {
            if (atSending) {
                throw new NoClassDefFoundError("gone");
            }
            return new Inquiry(false).requests(peer);
        }

        @Override
        public String result(Peer peer, List<AbstractResponse> answers) {
            throw new NoClassDefFoundError("gone");
        }
    }

    @Test
    void anErrorInOneExchangeFailsIt() {
        try (IoThread io = IoThread.start(options(Map.of()), new Registrations(warning -> {}), COMMANDS)) {
            for (boolean atSending : List.of(true, false)) {
                assertThatThrownBy(() -> submitted(io, one.broker(1, 5), new Failing(atSending))
                                .join())
                        .hasMessageContaining("broker 1 at 127.0.0.1:")
                        .hasMessageContaining("gone");
            }
            submitted(io, one.broker(1, 5), new Inquiry(false)).join();
        }
    }

    @Test
    void anErrorOfTheThreadFailsWhatIsInFlight() {
        Registrations failing = new Registrations(warning -> {
            throw new NoClassDefFoundError("gone");
        });
        one.then(new ScriptedBroker.Silence());
        try (IoThread io = IoThread.start(options(Map.of()), failing, COMMANDS)) {
            CompletableFuture<?> unanswered =
                    submitted(io, one.broker(1, 5), new Command(Commands.metadata(0), 10_000, failing));
            one.take();
            CompletableFuture<?> fatal = submitted(io, bad(), new Inquiry(false));
            assertThatThrownBy(unanswered::join).hasMessageContaining("has ended by a defect");
            assertThatThrownBy(fatal::join).hasMessageContaining("gone");
        }
    }

    @Test
    void closingFailsWhatABusyThreadHasNotTaken() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Registrations slow = new Registrations(warning -> {
            busy.countDown();
            await(end);
        });
        IoThread io = IoThread.start(options(Map.of()), slow, COMMANDS);
        var unused = submitted(io, bad(), new Inquiry(false));
        busy.await();
        CompletableFuture<?> waiting = submitted(io, one.broker(1, 5), new Inquiry(false));
        io.close();
        assertThatThrownBy(waiting::join).hasMessageContaining("is closed");
        end.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Broker bad() {
        return new Broker(2, 5, List.of(new Endpoint("PLAINTEXT", "PLAINTEXT", "127.0.0.1", 99_999)), Optional.empty());
    }

    private static <T> CompletableFuture<T> submitted(IoThread io, Broker broker, Exchange.Content<T> content) {
        return io.submit(broker, content).toCompletableFuture();
    }
}
