package org.reassign.core.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.reassign.api.client.ControllerStatus;
import org.reassign.api.client.WaitingTarget;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.store.Await;

/** One session of a client; blocks until the answers are there. Used by one thread, but for {@link #close}. */
final class ClientSession implements AutoCloseable {
    private final ZkPort zk;
    private final ReconnectingCalls calls;
    private final ReconnectingReader reader;
    private final ClientPlugins plugins;
    private final Map<String, Requester> requesters = new HashMap<>();

    ClientSession(ZkPort zk, ClientPlugins plugins) {
        this.zk = zk;
        this.calls = new ReconnectingCalls(zk);
        this.reader = new ReconnectingReader(zk, calls);
        this.plugins = plugins;
    }

    /**
     * A part of a request that is stored.
     *
     * @param partitions its partitions
     * @param channel the channel it went through
     * @param request its id
     * @param answer the name under which its outcomes are kept, if they are
     */
    record Stored(
            Set<TopicPartition> partitions,
            NamedPlugin<RequestChannel> channel,
            String request,
            Optional<String> answer) {}

    /** Waits until this session sees what was written before; a new one may be at a server that is behind. */
    void catchUp() {
        try {
            var unused = Await.done(calls.perform(() -> zk.commit(List.of(ZkWrite.check("/", ZkWrite.ANY_VERSION)))));
        } catch (ZkException e) {
            if (e.code() != ZkException.Code.NO_AUTH) {
                throw e;
            } // the check needs a right that no other call of a client needs
        }
    }

    /** Who leads; fails where what the user has chosen contradicts it. */
    ControllerStatus controller() {
        ControllerStatus controller = ControllerReader.read(reader);
        var unused = plugins.layouts(controller);
        var unusedToo = plugins.channels(controller);
        return controller;
    }

    /** Reads in the layout that is in force. */
    StoredCluster cluster() {
        return cluster(controller());
    }

    private StoredCluster cluster(ControllerStatus controller) {
        List<NamedPlugin<StorageLayout>> layouts = plugins.layouts(controller);
        boolean inTopics = layouts.stream()
                .filter(one ->
                        one.equals(layouts.get(0)) || controller.movesFrom().contains(one.name()))
                .anyMatch(one -> one.plugin().placement().recordRoot().isEmpty());
        return new StoredCluster(
                reader, layouts.stream().map(NamedPlugin::plugin).toList(), inTopics);
    }

    /** These topics with all requests of open channels. */
    ClusterSnapshot snapshot(Set<String> topics) {
        return snapshot(topics, Set.of());
    }

    /** These topics with all requests, also of these channels, which may be closed. */
    ClusterSnapshot snapshot(Set<String> topics, Set<String> channels) {
        ControllerStatus controller = controller();
        List<NamedPlugin<RequestChannel>> read = new ArrayList<>(plugins.channels(controller));
        channels.stream()
                .filter(name -> read.stream().noneMatch(open -> open.name().equals(name)))
                .forEach(name -> read.add(plugins.channel(name)));
        return snapshot(controller, StoredEntries.read(reader, read), topics);
    }

    /** All topics that are in flight or named by a request. */
    ClusterSnapshot snapshot() {
        ControllerStatus controller = controller();
        List<WaitingTarget> entries = StoredEntries.read(reader, plugins.channels(controller));
        Set<String> topics = new HashSet<>(cluster(controller).topicsInFlight());
        entries.forEach(entry -> topics.add(entry.partition().topic()));
        return snapshot(controller, entries, topics);
    }

    private ClusterSnapshot snapshot(ControllerStatus controller, List<WaitingTarget> entries, Set<String> topics) {
        StoredCluster cluster = cluster(controller);
        return new ClusterSnapshot(controller, entries, cluster.topics(topics), cluster.live(), cluster.beingDeleted());
    }

    /** The refusals of these requests. */
    SortedMap<String, Refusal> refusals(Iterable<String> requests) {
        SortedMap<String, Refusal> refusals = new TreeMap<>();
        requests.forEach(request -> refusals.putAll(RefusalReader.read(reader, request)));
        return refusals;
    }

    /** Stores a request through the first channel that can carry it, and tells of each part of it. */
    void submit(ReassignmentRequest request, ControllerStatus controller, Consumer<Stored> told) {
        List<NamedPlugin<RequestChannel>> writable = plugins.channels(controller).stream()
                .filter(channel -> channel.plugin().submission().isPresent())
                .toList();
        boolean cancels = request.targets().values().stream().anyMatch(Optional::isEmpty);
        NamedPlugin<RequestChannel> channel = writable.stream()
                .filter(one -> !cancels || one.plugin().mechanism() != Mechanism.LEGACY)
                .findFirst()
                .or(() -> writable.stream().findFirst())
                .orElseThrow(() -> new IllegalArgumentException(
                        "none of the request channels that are open can be written; open another at the controller"));
        RequestRoots.make(zk, calls, channel.plugin());
        Requester requester = requesters.computeIfAbsent(channel.name(), name -> new Requester(zk, channel.plugin()));
        boolean answered = request.answer() && channel.plugin().mechanism() != Mechanism.LEGACY;
        var unused = Await.done(requester.submit(
                request,
                (piece, id) -> told.accept(new Stored(
                        piece.targets().keySet(), channel, id, answered ? piece.submission() : Optional.empty()))));
    }

    /** The answers that are kept to these entries. */
    KeptAnswerReader answers() {
        return new KeptAnswerReader(reader, zk);
    }

    @Override
    public void close() {
        zk.close();
    }
}
