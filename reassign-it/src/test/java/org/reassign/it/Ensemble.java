package org.reassign.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.reassign.api.zk.ZkSessions;
import org.reassign.zk.CuratorSessions;

/** Three ZooKeeper servers in this process, of which one leads, and which stop and start. */
final class Ensemble implements AutoCloseable {
    private static final int NODES = 3;
    /** Servers of an ensemble give up on each other after ten of these. */
    private static final String TICK_MILLIS = "100";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path folder;
    private final List<Integer> ports;
    private final List<EnsembleNode> nodes = new ArrayList<>();

    private Ensemble(Path folder, List<Integer> ports) {
        this.folder = folder;
        this.ports = ports;
    }

    static Ensemble start() throws IOException {
        System.setProperty("zookeeper.forceSync", "no");
        System.setProperty("zookeeper.admin.enableServer", "false");
        Ensemble ensemble = new Ensemble(Files.createTempDirectory("ensemble"), freePorts());
        for (int id = 0; id < NODES; id++) {
            Path data = Files.createDirectory(ensemble.folder.resolve("" + id));
            Files.writeString(data.resolve("myid"), "" + id);
            ensemble.nodes.add(new EnsembleNode(ensemble.settings(id, data)));
        }
        ensemble.nodes.forEach(EnsembleNode::start);
        ensemble.awaitQuorum();
        return ensemble;
    }

    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 3 * NODES; i++) {
            sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    private Properties settings(int id, Path data) {
        Properties settings = new Properties();
        settings.setProperty("dataDir", data.toString());
        settings.setProperty("clientPortAddress", "127.0.0.1");
        settings.setProperty("clientPort", "" + ports.get(id));
        settings.setProperty("tickTime", TICK_MILLIS);
        settings.setProperty("initLimit", "50");
        settings.setProperty("syncLimit", "10");
        settings.setProperty("maxSessionTimeout", "30000");
        for (int other = 0; other < NODES; other++) {
            settings.setProperty(
                    "server." + other, "127.0.0.1:" + ports.get(NODES + other) + ":" + ports.get(2 * NODES + other));
        }
        return settings;
    }

    String address() {
        return ports.subList(0, NODES).stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    ZkSessions sessions() {
        return new CuratorSessions(address());
    }

    EnsembleNode leader() {
        return nodes.stream().filter(EnsembleNode::leads).findFirst().orElseThrow();
    }

    EnsembleNode aFollower() {
        return nodes.stream().filter(node -> !node.leads()).findFirst().orElseThrow();
    }

    List<EnsembleNode> nodes() {
        return List.copyOf(nodes);
    }

    /** Stops a server; its clients lose their connections. */
    void stop(EnsembleNode node) {
        node.stop();
        awaitQuorum();
    }

    /** Starts it again, and waits until it serves. */
    void start(EnsembleNode node) {
        node.start();
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(node::serves);
        awaitQuorum();
    }

    private void awaitQuorum() {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> nodes.stream().filter(EnsembleNode::serves).count() > NODES / 2
                        && nodes.stream().anyMatch(EnsembleNode::leads));
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(EnsembleNode::stop);
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
