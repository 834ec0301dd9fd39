package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.Settings;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkStat;
import org.reassign.core.client.Requester;
import org.reassign.core.lead.CannotLeadException;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.Plugins;
import org.reassign.plugin.kafkabrokers.Takeover;
import org.reassign.plugin.kafkabrokers.cluster.KafkaJars;
import org.reassign.plugin.kafkabrokers.cluster.KafkaLab;
import org.reassign.plugin.kafkabrokers.cluster.KafkaVersion;
import org.reassign.zk.EmbeddedZooKeeper;

/**
 * Two real brokers that are commanded over TLS with a password, beside a listener without either over which they fetch, and
 * one of a protocol that is too new; in {@code -Pbrokers}.
 */
@Isolated
@Timeout(value = 6, unit = TimeUnit.MINUTES)
@EnabledIfSystemProperty(named = "reassign.brokers.rounds", matches = "[1-9][0-9]*")
class SecuredBrokersIT {
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    @TempDir
    private Path folder;

    private final ThreadTimers timers = new ThreadTimers();
    private final EmbeddedZooKeeper server = EmbeddedZooKeeper.start();
    private final ZkPort zk = server.sessions().open("observer");

    private KafkaLab started(int count, Map<String, String> settings) {
        KafkaJars jars = new KafkaJars(
                KafkaVersion.V3_9_2,
                Optional.of(System.getProperty("reassign.kafka.jars", ""))
                        .filter(named -> !named.isEmpty())
                        .map(Path::of),
                Path.of("target", "cache"),
                System.err::println);
        KafkaLab lab = new KafkaLab(
                KafkaVersion.V3_9_2,
                Optional.of(server.address()),
                server.sessions(),
                jars,
                System.err::println,
                settings);
        try {
            var starts = IntStream.range(0, count)
                    .mapToObj(broker -> lab.start(broker, Optional.empty()))
                    .toList();
            starts.forEach(RealBrokers::join);
            return lab;
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    private static Map<String, String> secured(Keystores stores) {
        return Map.of(
                "listeners",
                "PLAINTEXT://127.0.0.1:0,SECURED://127.0.0.1:0",
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,SECURED:SASL_SSL",
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                stores.keys().toString(),
                "ssl.keystore.password",
                Keystores.PASSWORD,
                "sasl.enabled.mechanisms",
                "PLAIN",
                "listener.name.secured.plain.sasl.jaas.config",
                LOGIN + " user_admin=\"right\" user_guest=\"right\";",
                "authorizer.class.name",
                "kafka.security.authorizer.AclAuthorizer",
                "super.users",
                "User:admin;User:ANONYMOUS");
    }

    private Path client(Keystores stores, String user, String password) {
        try {
            return Files.writeString(
                    Files.createTempFile(folder, "client-", ".properties"),
                    String.join(
                            "\n",
                            "security.protocol=SASL_SSL",
                            "ssl.truststore.type=PKCS12",
                            "ssl.truststore.location=" + stores.trusting(),
                            "ssl.truststore.password=" + Keystores.PASSWORD,
                            "sasl.mechanism=PLAIN",
                            "sasl.jaas.config=" + LOGIN + " username=\"" + user + "\" password=\"" + password + "\";"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theyAreCommandedByWhoTrustsThemAndHasThePassword() {
        Keystores brokers = Keystores.make(folder, "brokers");
        Keystores others = Keystores.make(folder, "others");
        try (server;
                zk;
                timers;
                KafkaLab lab = started(2, secured(brokers))) {
            RealBrokers.join(lab.createTopic("orders", new TreeMap<>(Map.of(0, Replicas.of(0))), 100_000, 1));
            assertRefused(client(others, "admin", "right"), "does not authenticate this client: SSL handshake failed");
            assertRefused(
                    client(brokers, "admin", "wrong"),
                    "does not authenticate this client: Authentication failed: Invalid username or password");
            assertRefused(client(brokers, "guest", "right"), "does not permit this user to act as a controller");

            moves(client(brokers, "admin", "right"));
            assertThat(lab.disk(1)).containsKey(ORDERS);
            assertThat(lab.disk(0)).doesNotContainKey(ORDERS);
        }
    }

    @Test
    void aProtocolAbove26IsRefused() throws IOException {
        try (server;
                zk;
                timers;
                KafkaLab lab = started(1, Map.of("inter.broker.protocol.version", "2.7"))) {
            assertThat(lab.disk(0)).isEmpty();
            assertRefused(
                    Files.createFile(folder.resolve("none.properties")),
                    "runs inter-broker protocol 2.7, at which leaders report ISR changes");
        }
    }

    /** One sentence, and nothing has changed in the cluster. */
    private void assertRefused(Path client, String sentence) {
        await().atMost(RealBrokers.soon()).until(() -> read("/controller").isPresent());
        List<Optional<ZkStat>> before = office();
        CompletableFuture<String> stopped = new CompletableFuture<>();
        try (ControllerRun ours = new ControllerRun(client, stopped)) {
            ours.controller.start();
            assertThat(RealBrokers.join(stopped))
                    .startsWith("broker ")
                    .contains(sentence)
                    .doesNotContain("\n");
        }
        assertThat(office()).isEqualTo(before);
        assertThat(read("/reassign")).isEmpty();
    }

    private void moves(Path client) {
        try (ControllerRun ours = new ControllerRun(client, new CompletableFuture<>());
                ZkPort requester = server.sessions().open("requester")) {
            ours.controller.start();
            await().atMost(RealBrokers.soon()).until(() -> ours.controller.leads() || ours.controller.awaitsCause());
            var unused = RealBrokers.join(new Requester(
                            requester, ours.plugins.channels().get(0).plugin())
                    .submit(new ReassignmentRequest(
                            new TreeMap<>(Map.of(ORDERS, Optional.of(Replicas.of(1)))),
                            Optional.of("it"),
                            Optional.empty())));
            await().atMost(RealBrokers.soon())
                    .until(() ->
                            read("/brokers/topics/orders").orElseThrow().text().contains("\"0\":[1]"));
            await().atMost(RealBrokers.soon()).until(ours.controller::idle);
            RealBrokers.join(ours.controller.stop());
        }
    }

    private List<Optional<ZkStat>> office() {
        return List.of(
                read("/controller").map(ZkNode::stat), read("/controller_epoch").map(ZkNode::stat));
    }

    private Optional<ZkNode> read(String path) {
        return RealBrokers.join(zk.getData(path));
    }

    /** A controller with a gateway of its own to brokers that are there. */
    private final class ControllerRun implements AutoCloseable {
        private final BrokerGateway.Gateway gateway;
        private final Plugins plugins;
        private final Controller controller;

        ControllerRun(Path client, CompletableFuture<String> stopped) {
            BrokerGateway takeover =
                    new Takeover(Settings.of(Takeover.class, Map.of("command-config", client.toString())));
            gateway = takeover.open(new BrokerGateway.Context(
                    server.sessions(),
                    timers,
                    new BrokerGateway.Site(Optional.of(server.address()), false, folder, System.err::println)));
            plugins = Choice.DEFAULT.plugins(takeover);
            controller = new Controller(
                    server.sessions(),
                    gateway,
                    plugins,
                    ControllerSettings.of(Choice.DEFAULT.mode()),
                    new Heard(timers, stopped),
                    new ControllerListener() {});
        }

        @Override
        public void close() {
            controller.kill();
            gateway.close();
        }
    }

    /** Hears why a controller has ended by itself: it throws that on the thread of its timers. */
    private record Heard(ThreadTimers timers, CompletableFuture<String> stopped) implements Timers {
        @Override
        public long nowMillis() {
            return timers.nowMillis();
        }

        @Override
        public long elapsedMillis() {
            return timers.elapsedMillis();
        }

        @Override
        public void run(Runnable task) {
            timers.run(() -> heard(task));
        }

        @Override
        public void after(Duration delay, Runnable task) {
            timers.after(delay, () -> heard(task));
        }

        private void heard(Runnable task) {
            try {
                task.run();
            } catch (CannotLeadException e) {
                stopped.complete(e.getMessage());
            }
        }
    }
}
