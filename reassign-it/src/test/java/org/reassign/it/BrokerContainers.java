package org.reassign.it;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ContainerNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.reassign.plugin.kafkabrokers.cluster.BrokerDefaults;
import org.reassign.plugin.kafkabrokers.cluster.HoldingReporter;
import org.reassign.plugin.kafkabrokers.cluster.ReplicaHolds;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * A ZooKeeper and brokers in containers on a network of their own, by the container engine of this machine. The image of
 * ZooKeeper starts a server at port 2181 by itself; that of Kafka has {@code java} on its path and the jars in {@code
 * /opt/kafka/libs}, as the official ones do. No shell is needed. Brokers reach each other by their names in the network,
 * and this process reaches them by a second listener, at a port of the loopback address that stays theirs.
 */
final class BrokerContainers implements AutoCloseable {
    private static final String SERVER = "zookeeper";
    private static final String FOLDER = "/opt/reassign/";
    private static final String LOG4J = """
            log4j.rootLogger=WARN, out
            log4j.appender.out=org.apache.log4j.ConsoleAppender
            log4j.appender.out.layout=org.apache.log4j.PatternLayout
            log4j.appender.out.layout.ConversionPattern=%d %p %m (%c)%n
            """;

    private final Network network = Network.newNetwork();
    private final int zooKeeperPort = freePort();
    private final GenericContainer<?> zooKeeper;
    private final SortedMap<Integer, Broker> brokers = new TreeMap<>();

    /** Looks for a container engine, which takes seconds where there is none. */
    static boolean engineAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /** Starts the ZooKeeper, and returns before it serves. */
    BrokerContainers() {
        zooKeeper = container("reassign.zookeeper.image", SERVER, zooKeeperPort + ":2181");
        start(zooKeeper);
    }

    private GenericContainer<?> container(String imageProperty, String name, String ports) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(System.getProperty(imageProperty)))
                .withNetwork(network)
                .withNetworkAliases(name)
                .waitingFor(new Unawaited());
        container.setPortBindings(List.of(loopback() + ":" + ports));
        return container;
    }

    private void start(GenericContainer<?> container) {
        try {
            container.start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Where the ZooKeeper serves, or will do so soon. */
    String zooKeeper() {
        return loopback() + ":" + zooKeeperPort;
    }

    /** Starts a broker, and returns before it is registered. */
    void start(int id) {
        int port = freePort();
        GenericContainer<?> container = container("reassign.kafka.image", name(id), port + ":9092")
                .withCopyToContainer(Transferable.of(settings(id, port)), FOLDER + "server.properties")
                .withCopyToContainer(Transferable.of(LOG4J), FOLDER + "log4j.properties")
                .withCopyToContainer(reporter(), FOLDER + pathOf(HoldingReporter.class))
                .withCreateContainerCmdModifier(command -> command.withEntrypoint(
                        "java",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlog4j.configuration=file:" + FOLDER + "log4j.properties",
                        "-cp",
                        "/opt/kafka/libs/*:" + FOLDER,
                        "kafka.Kafka",
                        FOLDER + "server.properties"));
        brokers.put(id, new Broker(container));
        start(container);
    }

    private static String name(int id) {
        return "broker-" + id;
    }

    private static String settings(int id, int port) {
        Map<String, String> settings = new TreeMap<>(BrokerDefaults.SETTINGS);
        settings.put("broker.id", Integer.toString(id));
        settings.put("zookeeper.connect", SERVER + ":2181");
        settings.put("log.dirs", "/tmp/kafka-data");
        settings.put("inter.broker.protocol.version", "2.6");
        settings.put("listeners", "INSIDE://0.0.0.0:9093,PLAINTEXT://0.0.0.0:9092");
        settings.put("advertised.listeners", "INSIDE://" + name(id) + ":9093,PLAINTEXT://" + loopback() + ":" + port);
        settings.put("listener.security.protocol.map", "INSIDE:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        settings.put("inter.broker.listener.name", "INSIDE");
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static String pathOf(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private static Transferable reporter() {
        String path = pathOf(HoldingReporter.class);
        try (InputStream found = HoldingReporter.class.getClassLoader().getResourceAsStream(path)) {
            return Transferable.of(found.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }

    /** What a hold needs to know of a broker that was started. */
    ReplicaHolds.Holder holder(int id) {
        return brokers.get(id);
    }

    /** Takes a broker off the network: it lives on, and reaches no other until {@link #reconnect}. */
    void disconnect(int id) {
        engine().disconnectFromNetworkCmd()
                .withNetworkId(network.getId())
                .withContainerId(brokers.get(id).container.getContainerId())
                .exec();
    }

    /** Brings it back, by the same name and at the same port, perhaps with another address. */
    void reconnect(int id) {
        engine().connectToNetworkCmd()
                .withNetworkId(network.getId())
                .withContainerId(brokers.get(id).container.getContainerId())
                .withContainerNetwork(new ContainerNetwork().withAliases(name(id)))
                .exec();
    }

    private static DockerClient engine() {
        return DockerClientFactory.instance().client();
    }

    private static String loopback() {
        return InetAddress.getLoopbackAddress().getHostAddress();
    }

    /** One that the engine has not chosen: it would choose another when the container is connected again. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("there is no free port", e);
        }
    }

    /** Ends and removes all containers and their network. */
    @Override
    public void close() {
        Stream.concat(brokers.values().stream().map(broker -> broker.container), Stream.of(zooKeeper))
                .forEach(GenericContainer::stop);
        network.close();
    }

    /** What was started is looked at in ZooKeeper. */
    private static final class Unawaited extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {
            // nothing to wait for
        }
    }

    private static final class Broker implements ReplicaHolds.Holder {
        private static final String APPLIED = "applied ";

        private final GenericContainer<?> container;
        private final Map<String, CompletableFuture<Void>> applied = new ConcurrentHashMap<>();
        private volatile String last = "it has written nothing";

        Broker(GenericContainer<?> container) {
            this.container = container.withLogConsumer(this::heard);
        }

        private void heard(OutputFrame frame) {
            frame.getUtf8String().lines().filter(line -> !line.isBlank()).forEach(line -> {
                if (line.startsWith(APPLIED)) {
                    applied(line.substring(APPLIED.length())).complete(null);
                } else {
                    last = line;
                }
            });
        }

        @Override
        public CompletableFuture<Void> applied(String number) {
            return applied.computeIfAbsent(number, any -> new CompletableFuture<>());
        }

        @Override
        public String lastError() {
            return last;
        }
    }
}
