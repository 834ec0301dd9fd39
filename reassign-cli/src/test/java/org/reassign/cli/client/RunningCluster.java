package org.reassign.cli.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.reassign.api.client.ReassignmentClient;
import org.reassign.api.client.ReassignmentListing;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;
import org.reassign.cli.RealTimers;
import org.reassign.core.client.PublishedPlugins;
import org.reassign.core.client.StoredReassignmentClient;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.Plugins;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.plugin.PluginHost;
import org.reassign.core.plugin.PluginKind;
import org.reassign.core.store.WriteMode;
import org.reassign.zk.CuratorSessions;

/** Simulated brokers and a controller in a chroot of their own, and commands that are run against them. */
final class RunningCluster implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final PluginHost host = PluginHost.open(List.of(Path.of(System.getProperty("reassign.home"), "plugins")));
    private final List<RealTimers> closed = new ArrayList<>();
    private final Path folder;
    private final String address;
    private final ZkSessions sessions;
    private final ZkPort zk;
    private final BrokerGateway.LabGateway gateway;
    private final ReassignmentClient client;
    private Controller controller;

    /** Brokers 0 to {@code brokers - 1}; no controller yet. */
    RunningCluster(String server, String chroot, int brokers, Path folder) {
        this.folder = folder;
        address = server + "/" + chroot;
        try (ZkPort root = new CuratorSessions(server).open("test")) {
            var unused = done(root.commit(List.of(ZkWrite.create("/" + chroot, ""))));
        }
        sessions = new CuratorSessions(address);
        zk = sessions.open("test");
        client = StoredReassignmentClient.open(sessions, new PublishedPlugins(host));
        gateway = (BrokerGateway.LabGateway) host.choose(PluginKind.GATEWAY, "simulated", Map.of())
                .plugin()
                .open(new BrokerGateway.Context(sessions, timers()));
        for (int id = 0; id < brokers; id++) {
            done(lab().start(id, Optional.of("rack-" + id % 2)));
        }
    }

    private RealTimers timers() {
        RealTimers timers = new RealTimers("test", failure -> {});
        closed.add(timers);
        return timers;
    }

    Lab lab() {
        return gateway.lab();
    }

    ZkPort zk() {
        return zk;
    }

    String address() {
        return address;
    }

    /** Where it lies, from a slash on. */
    String chroot() {
        return address.substring(address.indexOf('/'));
    }

    /** A topic with these partitions from 0 on. */
    RunningCluster topic(String name, Replicas... assigned) {
        SortedMap<Integer, Replicas> partitions = new TreeMap<>();
        Arrays.stream(assigned).forEach(replicas -> partitions.put(partitions.size(), replicas));
        done(lab().createTopic(name, partitions, 0, 1));
        return this;
    }

    /** A controller leads from now on. */
    RunningCluster lead(String layout, String... channels) {
        return leadWith(layout, "arrival-order", channels);
    }

    /** The same with a conflict policy. */
    RunningCluster leadWith(String layout, String policy, String... channels) {
        List<NamedPlugin<RequestChannel>> open = Arrays.stream(channels)
                .map(name -> host.choose(PluginKind.REQUEST_CHANNEL, name, Map.of()))
                .toList();
        Plugins plugins = new Plugins(
                host.choose(PluginKind.STORAGE_LAYOUT, layout, Map.of()),
                host.names(PluginKind.STORAGE_LAYOUT).stream()
                        .filter(name -> !name.equals(layout))
                        .map(name -> host.choose(PluginKind.STORAGE_LAYOUT, name, Map.of()))
                        .toList(),
                host.choose(PluginKind.ISR_WATCHER, "per-partition", Map.of()),
                host.choose(PluginKind.DROP_POLICY, "prefer-in-sync", Map.of()),
                host.choose(PluginKind.CONFLICT_POLICY, policy, Map.of()),
                open,
                host.choose(PluginKind.GATEWAY, "simulated", Map.of()));
        controller = new Controller(
                sessions,
                gateway,
                plugins,
                ControllerSettings.of(WriteMode.BATCHED),
                timers(),
                new ControllerListener() {});
        controller.start();
        until("it leads", controller::leads);
        return this;
    }

    /** As most do. */
    RunningCluster lead() {
        return lead("separate", "payload", "legacy");
    }

    /** No controller leads from now on. */
    void resign() {
        done(controller.stop());
        controller = null;
    }

    /** What commands work with; it ends with the cluster. */
    OpenClient open() {
        return new OpenClient(client, host, address, sessions, new DiskReader(opened -> Optional.empty(), note -> {}));
    }

    CommandRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--zookeeper=" + address);
        return CommandRun.of(all);
    }

    /** A file with this content. */
    Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that asks for these lists, written as {@code t-0=1,2}. */
    Path plan(String name, String... targets) {
        return file(
                name,
                Arrays.stream(targets)
                        .map(text -> text.split("=", -1))
                        .map(parts -> {
                            TopicPartition partition =
                                    TopicPartition.parse(parts[0]).orElseThrow();
                            return "{\"topic\":\"" + partition.topic() + "\",\"partition\":" + partition.partition()
                                    + ",\"replicas\":[" + parts[1] + "]}";
                        })
                        .reduce((a, b) -> a + "," + b)
                        .map(entries -> "{\"version\":1,\"partitions\":[" + entries + "]}")
                        .orElseThrow());
    }

    /** What is in flight and what waits, as the command lists it. */
    String listed() {
        ReassignmentListing listing = done(client.list());
        return Stream.concat(
                        listing.inFlight().values().stream().map(ReassignmentText::line),
                        listing.waiting().stream().map(ReassignmentText::line))
                .collect(Collectors.joining("\n"));
    }

    /** Looks at what is listed until it is there. */
    void untilListed(String text) {
        until("the list has " + text, () -> listed().contains(text));
    }

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("never: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        if (controller != null) {
            resign();
        }
        client.close();
        gateway.close();
        zk.close();
        closed.forEach(RealTimers::close);
        host.close();
    }
}
