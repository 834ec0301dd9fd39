package org.reassign.plugin.kafkabrokers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NodeApiVersions;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.memory.MemoryPool;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ChannelBuilder;
import org.apache.kafka.common.network.Selectable;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * Kafka's own network layer, with one connection per broker id, one request in flight on each, and ApiVersions asked on
 * each new one. It has no time-outs and reconnects nothing by itself: {@link BrokerLink} does. Used by one thread;
 * {@link #wakeup} by any.
 */
final class KafkaNetwork implements AutoCloseable {
    /** Far above every answer to our requests, and an end for what is no Kafka broker. */
    private static final int MAX_ANSWER = 100_000_000;

    /** Own deadlines apply, so the client's are out of reach. */
    private static final int NEVER = Integer.MAX_VALUE;

    /** A connection that has ended, with the reason where authentication failed. */
    record Lost(int broker, Optional<AuthenticationException> reason) {}

    private final Time time = Time.SYSTEM;
    private final Metrics metrics = new Metrics(time);
    private final ApiVersions versions = new ApiVersions();
    private final List<Lost> lost = new ArrayList<>();
    private final NetworkClient client;

    /** Logs in where SASL needs it, which may block. Throws KafkaException where the properties are of no use. */
    KafkaNetwork(Map<String, String> properties) {
        LogContext log = new LogContext("[gateway takeover] ");
        AdminClientConfig config = new ClientConfig(properties);
        ChannelBuilder channels = ClientUtils.createChannelBuilder(config, time, log);
        Selector selector = new Selector(
                MAX_ANSWER,
                Selector.NO_IDLE_TIMEOUT_MS,
                Selector.NO_FAILED_AUTHENTICATION_DELAY,
                metrics,
                time,
                "takeover",
                Map.of(),
                false,
                false,
                channels,
                MemoryPool.NONE,
                log);
        this.client = new NetworkClient(
                selector,
                new Disconnects(),
                config.getString(AdminClientConfig.CLIENT_ID_CONFIG),
                1,
                0,
                0,
                Selectable.USE_DEFAULT_BUFFER_SIZE,
                Selectable.USE_DEFAULT_BUFFER_SIZE,
                NEVER,
                NEVER,
                NEVER,
                time,
                true,
                versions,
                log,
                MetadataRecoveryStrategy.NONE);
    }

    /** Says nothing about properties in the log: it would list them all. */
    private static final class ClientConfig extends AdminClientConfig {
        ClientConfig(Map<String, String> properties) {
            super(withName(properties), false);
        }

        private static Map<String, String> withName(Map<String, String> properties) {
            Map<String, String> named = new HashMap<>(properties);
            named.putIfAbsent(AdminClientConfig.CLIENT_ID_CONFIG, "reassign-controller");
            return named;
        }
    }

    /** The client calls it for each connection that ends by itself, whatever state it was in. */
    private final class Disconnects extends ManualMetadataUpdater {
        @Override
        public void handleServerDisconnect(long now, String node, Optional<AuthenticationException> reason) {
            lost.add(new Lost(Integer.parseInt(node), reason));
        }
    }

    /** Milliseconds of a clock that does not jump. */
    static long now() {
        return Time.SYSTEM.hiResClockMs();
    }

    /** Begins to connect, if it has not begun yet; whether requests can be sent. */
    boolean ready(Node broker) {
        return client.ready(broker, time.milliseconds());
    }

    /** What the broker has answered to ApiVersions; known once the connection is ready. */
    NodeApiVersions versions(Node broker) {
        return versions.get(broker.idString());
    }

    /** For how long a connected broker wants no request, because this client exceeds a quota; only some requests tell (KIP-219). */
    long throttledMillis(Node broker) {
        return client.throttleDelayMs(broker, time.milliseconds());
    }

    void send(Node broker, AbstractRequest.Builder<?> request) {
        long now = time.milliseconds();
        client.send(client.newClientRequest(broker.idString(), request, now, true, NEVER, null), now);
    }

    /** Reads and writes what there is, waiting for it at most so long; the answers that have come. */
    List<ClientResponse> poll(long millis) {
        return client.poll(millis, time.milliseconds());
    }

    /** The connections that have ended since the last call. */
    List<Lost> takeLost() {
        List<Lost> taken = List.copyOf(lost);
        lost.clear();
        return taken;
    }

    /** Closes the connection and forgets it, so that a new one may begin at once. */
    void forget(Node broker) {
        client.close(broker.idString());
    }

    void wakeup() {
        client.wakeup();
    }

    @Override
    public void close() {
        client.close();
        metrics.close();
    }
}
