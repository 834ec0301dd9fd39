package org.reassign.plugin.simulatedbrokers;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;

/**
 * A broker's session and its ephemeral {@code /brokers/ids/N}. A session that expires is replaced and the broker
 * registers again, with its memory, under a new broker epoch, as Kafka does. Once it has registered it tries that until it
 * is killed, however long ZooKeeper is away.
 */
final class Registration {
    private static final Duration RETRY_DELAY = Duration.ofMillis(100);
    /** Kafka's {@code ZooKeeperClient} waits as long between attempts to open a session. */
    private static final Duration OPEN_DELAY = Duration.ofSeconds(1);
    /** How often the znode may be another one's before the first registration. */
    private static final int ATTEMPTS = 300;

    private static final int KAFKA_PORT = 9092;

    private final String path;
    private final String host;
    private final Optional<String> rack;
    private final ZkSessions sessions;
    private final Timers timers;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private Session session;
    /** What this session writes; by it a registration whose answer was lost is known for its own. */
    private String text = "";

    private long epoch = -1;
    private boolean ended;

    Registration(int broker, Optional<String> rack, ZkSessions sessions, Timers timers) {
        this.path = path(broker);
        this.host = host(broker);
        this.rack = rack;
        this.sessions = sessions;
        this.timers = timers;
    }

    static String path(int broker) {
        return "/brokers/ids/" + broker;
    }

    /** Whether a text in {@code /brokers/ids} was written by a registration of this broker, here or in another process. */
    static boolean wrote(int broker, String text) {
        return BrokerJson.isRegistration(host(broker), KAFKA_PORT, text);
    }

    private static String host(int broker) {
        return "broker-" + broker;
    }

    /**
     * Opens the session and registers.
     *
     * @return completes when the broker is registered for the first time, fails where it ends before or cannot be
     */
    CompletionStage<Void> begin() {
        open();
        return done;
    }

    /** Completes when the broker is registered and its epoch is known. */
    CompletionStage<Void> done() {
        return done;
    }

    Session session() {
        return session;
    }

    /** czxid of the registration. */
    long epoch() {
        return epoch;
    }

    /** Closes the session, whereby the registration goes. */
    void end() {
        ended = true;
        if (session != null) {
            session.close();
        }
        done.completeExceptionally(
                new IllegalStateException(path + ": the broker was killed before it had registered"));
    }

    private void open() {
        try {
            session = new Session(sessions.open("brokers"), timers);
        } catch (ZkException e) {
            unreachable(e);
            return;
        }
        Session opened = session;
        text = BrokerJson.registration(host, KAFKA_PORT, rack, timers.nowMillis());
        opened.onLost(() -> lost(opened));
        register(ATTEMPTS);
    }

    private void unreachable(ZkException failure) {
        if (!done.isDone()) {
            done.completeExceptionally(failure);
            return;
        }
        timers.after(OPEN_DELAY, () -> {
            if (!ended) {
                open();
            }
        });
    }

    private void lost(Session which) {
        if (!ended && which == session) {
            open();
        }
    }

    private void register(int attempts) {
        Session registering = session;
        CompletionStage<Optional<ZkNode>> created = registering
                .commit(List.of(ZkWrite.createEphemeral(path, text)), List.of("/brokers", "/brokers/ids"))
                .thenCompose(results -> registering.getData(path));
        CompletionStage<Optional<ZkNode>> registered = Session.recover(
                created,
                failure -> Session.code(failure) == ZkException.Code.NODE_EXISTS
                        ? registering.getData(path)
                        : CompletableFuture.failedStage(failure));
        registering.then(registered, (node, failure) -> {
            if (ended || registering != session) {
                return;
            }
            if (failure == null) {
                registered(node, attempts);
            } else {
                failed(failure, attempts);
            }
        });
    }

    private void registered(Optional<ZkNode> node, int attempts) {
        if (node.isPresent() && node.get().text().equals(text)) {
            epoch = node.get().stat().czxid();
            done.complete(null);
            return;
        }
        // The znode of a broker killed a moment ago may still be there.
        if (attempts > 0 || done.isDone()) {
            again(attempts - 1);
            return;
        }
        done.completeExceptionally(new IllegalStateException(
                path + " cannot be created: it exists already; stop the broker that is registered there"));
    }

    private void failed(Throwable failure, int attempts) {
        ZkException.Code code = Session.code(failure);
        if (code == ZkException.Code.SESSION_EXPIRED) {
            return;
        }
        if (code == ZkException.Code.CONNECTION_LOSS || done.isDone()) {
            again(attempts);
            return;
        }
        done.completeExceptionally(
                new IllegalStateException(path + " cannot be created: " + failure.getMessage(), failure));
    }

    private void again(int attempts) {
        Session registering = session;
        timers.after(RETRY_DELAY, () -> {
            if (!ended && registering == session) {
                register(attempts);
            }
        });
    }
}
