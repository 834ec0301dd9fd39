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
import org.reassign.api.client.ControllerStatus;
import org.reassign.api.client.WaitingTarget;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Refusal;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.store.Await;

/** One session of a client; blocks until the answers are there. Used by one thread, but for {@link #close}. */
final class ClientSession implements AutoCloseable {
    private final ZkPort zk;
    private final ReconnectingReader reader;
    private final ClientPlugins plugins;
    private final Map<String, Requester> requesters = new HashMap<>();

    ClientSession(ZkPort zk, ClientPlugins plugins) {
        this.zk = zk;
        this.reader = new ReconnectingReader(zk);
        this.plugins = plugins;
    }

    /**
     * What a request became.
     *
     * @param channel the channel it went through
     * @param requests the ids of the requests
     * @param answer the name under which its outcomes are kept, if they are
     */
    record Stored(NamedPlugin<RequestChannel> channel, List<String> requests, Optional<String> answer) {}

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
        return new StoredCluster(reader, plugins.layouts(controller));
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

    /** Stores a request through the first channel that can carry it. */
    Stored submit(ReassignmentRequest request, ControllerStatus controller) {
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
        RequestRoots.make(zk, channel.plugin());
        Requester requester = requesters.computeIfAbsent(channel.name(), name -> new Requester(zk, channel.plugin()));
        Requester.Submitted submitted = Await.done(requester.submitted(request));
        boolean answered = request.answer() && channel.plugin().mechanism() != Mechanism.LEGACY;
        return new Stored(
                channel, submitted.requests(), answered ? Optional.of(submitted.submission()) : Optional.empty());
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
