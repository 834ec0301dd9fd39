package org.reassign.it;

import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;
import org.reassign.zk.CuratorSessions;

/** Three ZooKeeper servers, processes of their own, of which one leads, and which are killed, paused and started. */
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
        Ensemble ensemble = new Ensemble(Files.createTempDirectory("ensemble"), freePorts());
        for (int id = 0; id < NODES; id++) {
            Path data = Files.createDirectory(ensemble.folder.resolve("" + id));
            Files.writeString(data.resolve("myid"), "" + id);
            Path settings = data.resolve("zoo.cfg");
            try (Writer out = Files.newBufferedWriter(settings)) {
                ensemble.settings(id, data).store(out, null);
            }
            ensemble.nodes.add(new EnsembleNode(settings, ensemble.ports.get(id)));
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
        settings.setProperty("4lw.commands.whitelist", "srvr,mntr");
        for (int other = 0; other < NODES; other++) {
            settings.setProperty(
                    "server." + other, "127.0.0.1:" + ports.get(NODES + other) + ":" + ports.get(2 * NODES + other));
        }
        return settings;
    }

    String address() {
        return ports.subList(0, NODES).stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** Sessions below a chroot of their own, which is made. */
    ZkSessions sessions(String chroot) {
        try (ZkPort zk = new CuratorSessions(address()).open("chroot")) {
            zk.commit(List.of(ZkWrite.create(chroot, ""))).toCompletableFuture().join();
        }
        return new CuratorSessions(address() + chroot);
    }

    EnsembleNode leader() {
        return found(EnsembleNode::leads);
    }

    EnsembleNode aFollower() {
        EnsembleNode leader = leader();
        return found(node -> node != leader && node.serves());
    }

    List<EnsembleNode> nodes() {
        return List.copyOf(nodes);
    }

    private EnsembleNode found(Predicate<EnsembleNode> test) {
        return Awaitility.await()
                .atMost(LIMIT)
                .until(() -> nodes.stream().filter(test).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** Stops a server; its clients lose their connections. */
    void stop(EnsembleNode node) {
        node.stop();
        awaitQuorum();
    }

    /** Starts it again, and waits until it serves. */
    void start(EnsembleNode node) {
        node.start();
        await(node::serves);
        awaitQuorum();
    }

    /** Pauses a follower until the leader has given up on it. */
    void pauseAndResume(EnsembleNode follower) {
        follower.pause();
        await(() -> nodes.stream().anyMatch(node -> node.leads(NODES - 2)));
        follower.resume();
        await(() -> nodes.stream().anyMatch(node -> node.leads(NODES - 1)));
    }

    private void awaitQuorum() {
        await(() -> nodes.stream().filter(EnsembleNode::serves).count() > NODES / 2
                && nodes.stream().anyMatch(EnsembleNode::leads));
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(condition);
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
