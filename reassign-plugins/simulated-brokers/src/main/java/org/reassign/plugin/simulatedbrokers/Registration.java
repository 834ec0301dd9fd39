package org.reassign.plugin.simulatedbrokers;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;

/**
 * A broker's session and its ephemeral {@code /brokers/ids/N}. A session that expires is replaced and the broker
 * registers anew, with its memory, under a new broker epoch, as Kafka does.
 */
final class Registration {
    private static final Duration RETRY_DELAY = Duration.ofMillis(100);
    private static final int ATTEMPTS = 300;
    private static final int KAFKA_PORT = 9092;

    private final String path;
    private final String host;
    private final Optional<String> rack;
    private final ZkSessions sessions;
    private final Timers timers;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private Session session;
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
        opened.onLost(() -> lost(opened));
        register(ATTEMPTS);
    }

    private void unreachable(ZkException failure) {
        if (!done.isDone()) {
            done.completeExceptionally(failure);
            return;
        }
        timers.after(RETRY_DELAY, () -> {
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
        String json = BrokerJson.registration(host, KAFKA_PORT, rack, timers.nowMillis());
        Session registering = session;
        ZkWrite create = ZkWrite.createEphemeral(path, json);
        CompletionStage<Optional<ZkStat>> registered = registering
                .commit(List.of(create), List.of("/brokers", "/brokers/ids"))
                .thenCompose(results -> registering.exists(path));
        registering.then(registered, (stat, failure) -> {
            if (ended || registering != session) {
                return;
            }
            if (failure == null) {
                registered(stat, attempts);
            } else {
                failed(Session.code(failure), failure, attempts);
            }
        });
    }

    private void registered(Optional<ZkStat> stat, int attempts) {
        if (stat.isEmpty()) {
            again(attempts);
            return;
        }
        epoch = stat.get().czxid();
        done.complete(null);
    }

    private void failed(ZkException.Code code, Throwable failure, int attempts) {
        if (code == ZkException.Code.SESSION_EXPIRED) {
            return;
        }
        // The znode of a broker killed a moment ago may still be there.
        if (attempts > 0 && (code == ZkException.Code.NODE_EXISTS || code == ZkException.Code.CONNECTION_LOSS)) {
            again(attempts);
            return;
        }
        done.completeExceptionally(new IllegalStateException(
                path + " cannot be created: " + failure.getMessage() + "; stop whatever is registered there", failure));
    }

    private void again(int attempts) {
        Session registering = session;
        timers.after(RETRY_DELAY, () -> {
            if (!ended && registering == session) {
                register(attempts - 1);
            }
        });
    }
}
