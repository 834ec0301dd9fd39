package org.reassign.core.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.Broker;
import org.reassign.api.model.InFlight;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Incoming;
import org.reassign.api.spi.IsrWatcher.IsrWatch;
import org.reassign.api.spi.Timers;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.decide.Acceptance;
import org.reassign.core.decide.Accepted;
import org.reassign.core.decide.Fold;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.decide.Progress;
import org.reassign.core.store.Await;
import org.reassign.core.store.StateJson;

/** What comes in before a turn decides: brokers, topics, requests, and the {@code state} of the partitions concerned. */
final class Intake {
    private final ZkPort zk;
    private final Plugins plugins;
    private final ControllerSettings settings;
    private final ClusterState cluster;
    private final TopicReading topics;
    private final Requests requests;
    private final Answers answers;
    private final BrokerLines lines;
    private final IsrWatch watch;
    private final Retargeting retargeting;
    private final Performance performance;
    private final Housekeeping housekeeping;
    private final Timers timers;
    private final ControllerListener listener;
    private final Loop loop;
    private final BrokerReading brokers;

    private final Map<TopicPartition, ZkNode> arrived = new HashMap<>();
    private final SortedMap<TopicPartition, Performance.Taken> accepted = new TreeMap<>();
    private boolean brokersStale = true;
    private boolean topicsStale = true;
    private boolean foldDue = true;

    Intake(
            ZkPort zk,
            Plugins plugins,
            ControllerSettings settings,
            ClusterState cluster,
            TopicReading topics,
            Requests requests,
            Answers answers,
            BrokerLines lines,
            IsrWatch watch,
            Retargeting retargeting,
            Performance performance,
            Housekeeping housekeeping,
            Timers timers,
            ControllerListener listener,
            Loop loop) {
        this.zk = zk;
        this.plugins = plugins;
        this.settings = settings;
        this.cluster = cluster;
        this.topics = topics;
        this.requests = requests;
        this.answers = answers;
        this.lines = lines;
        this.watch = watch;
        this.retargeting = retargeting;
        this.performance = performance;
        this.housekeeping = housekeeping;
        this.timers = timers;
        this.listener = listener;
        this.loop = loop;
        this.brokers = new BrokerReading(zk);
    }

    /** Recovery: partitions in flight are taken up, and those that have a replica on a broker that is not there. */
    void begin() {
        refreshTopics();
        housekeeping.emptyParents(topics.emptyParents());
        brokersStale = false;
        cluster.live.putAll(brokers.read(() -> loop.mark(this::brokersMayHaveChanged)));
        lines.brokers(cluster.live.values());
        cluster.live.keySet().forEach(housekeeping::debtsDue);
        List<TopicPartition> inFlight = cluster.inFlight();
        Await.done(watch.add(inFlight));
        loop.drain();
        inFlight.forEach(partition -> take(partition, this::recovered));
        TreeSet<Integer> absent = new TreeSet<>();
        cluster.topics
                .values()
                .forEach(topic -> topic.assigned()
                        .values()
                        .forEach(assigned -> absent.addAll(
                                assigned.minus(cluster.live(assigned)).ids())));
        tend(absent);
    }

    private PartitionState recovered(PartitionState p) {
        return new PartitionState(
                p.partition(),
                p.assigned(),
                p.record(),
                p.state(),
                p.zkVersion(),
                p.record().map(record -> Progress.recovered(record.dropping())).orElse(Progress.IDLE));
    }

    /** Reads whatever may have changed, and admits requests. */
    void take() {
        retargeting.forget();
        if (brokersStale) {
            refreshBrokers();
        }
        if (topicsStale) {
            refreshTopics();
        }
        accepted.clear();
        foldDue |= requests.refresh() || performance.takeFoldDue();
        if (foldDue) {
            foldDue = false;
            admit();
        }
        readStates();
    }

    /** The entries accepted in this turn, by partition. */
    SortedMap<TopicPartition, Performance.Taken> accepted() {
        return accepted;
    }

    void invalidate() {
        brokersStale = true;
        topicsStale = true;
        foldDue = true;
    }

    void brokersMayHaveChanged() {
        brokersStale = true;
    }

    /** A {@code state} was read by the watcher. */
    void observed(TopicPartition partition, Optional<ZkNode> node) {
        if (node.isEmpty()) {
            topicsStale |= cluster.partition(partition).isPresent();
            return;
        }
        Optional<PartitionState> known = cluster.partition(partition);
        Optional<LeaderAndIsr> state = StateJson.decode(node.get().text());
        if (known.isEmpty()) {
            arrived.put(partition, node.get());
        } else if (state.isPresent()) {
            detect(known.get(), state.get(), node.get());
        }
    }

    private void detect(PartitionState p, LeaderAndIsr state, ZkNode node) {
        PartitionState now = p.observed(state, node.stat().version());
        cluster.change(now);
        Replicas live = cluster.liveFor(now);
        if (!p.inSync(live) && now.inSync(live)) {
            listener.detected(
                    p.partition(), Math.max(0, timers.nowMillis() - node.stat().mtimeMillis()));
        }
    }

    /** A broker that has registered anew counts as dead in this turn and as registered in the next. */
    private void refreshBrokers() {
        brokersStale = false;
        SortedMap<Integer, Broker> now = brokers.read(() -> loop.mark(this::brokersMayHaveChanged));
        TreeSet<Integer> gone = new TreeSet<>(cluster.live.keySet());
        gone.removeIf(id -> cluster.live.get(id).equals(now.get(id)));
        TreeSet<Integer> come = new TreeSet<>(now.keySet());
        come.removeAll(cluster.live.keySet());
        if (gone.stream().anyMatch(now::containsKey)) {
            loop.mark(this::brokersMayHaveChanged);
        }
        cluster.live.keySet().removeAll(gone);
        come.forEach(id -> cluster.live.put(id, now.get(id)));
        if (gone.isEmpty() && come.isEmpty()) {
            return;
        }
        lines.brokers(cluster.live.values());
        watch.brokersChanged();
        gone.addAll(come);
        tend(gone);
        come.forEach(this::registered);
        foldDue = true;
    }

    private void registered(int broker) {
        housekeeping.debtsDue(broker);
        for (TopicPartition partition : cluster.hosted(List.of(broker))) {
            cluster.partition(partition).map(p -> p.registered(broker)).ifPresent(p -> {
                cluster.put(p);
                cluster.dirty.add(partition);
            });
        }
    }

    /** Takes up every partition with a replica on one of these brokers, and looks at it. */
    private void tend(Collection<Integer> changed) {
        List<TopicPartition> hosted = changed.isEmpty() ? List.of() : cluster.hosted(changed);
        List<TopicPartition> unknown = hosted.stream()
                .filter(partition -> !cluster.tracked.containsKey(partition))
                .toList();
        readInto(unknown);
        unknown.forEach(partition -> take(partition, p -> p));
        cluster.dirty.addAll(hosted);
    }

    /** Tracks a partition whose {@code state} has arrived. */
    private void take(TopicPartition partition, java.util.function.UnaryOperator<PartitionState> as) {
        Optional<ZkNode> node = Optional.ofNullable(arrived.remove(partition));
        Optional<LeaderAndIsr> state = node.flatMap(found -> StateJson.decode(found.text()));
        if (state.isPresent()) {
            cluster.put(as.apply(new PartitionState(
                    partition,
                    cluster.assigned(partition).orElseThrow(),
                    cluster.record(partition),
                    state.get(),
                    node.get().stat().version(),
                    Progress.IDLE)));
            cluster.dirty.add(partition);
        }
    }

    private void readInto(Collection<TopicPartition> partitions) {
        Map<TopicPartition, CompletionStage<Optional<ZkNode>>> reads = new LinkedHashMap<>();
        partitions.forEach(partition -> reads.put(partition, zk.getData(StateJson.path(partition))));
        reads.forEach((partition, answer) -> Await.done(answer).ifPresent(node -> arrived.put(partition, node)));
    }

    /** Reads {@code state} afresh where a write of it failed. */
    private void readStates() {
        List<TopicPartition> unread = new ArrayList<>(cluster.unread);
        cluster.unread.clear();
        Map<TopicPartition, CompletionStage<Optional<ZkNode>>> reads = new LinkedHashMap<>();
        unread.forEach(partition -> reads.put(partition, zk.getData(StateJson.path(partition))));
        reads.forEach((partition, answer) -> {
            observed(partition, Await.done(answer));
            cluster.dirty.add(partition);
        });
    }

    private void refreshTopics() {
        topicsStale = false;
        List<String> names = Await.done(zk.getChildren(TopicReading.ROOT, event -> loop.mark(() -> topicsStale = true)))
                .orElse(List.of());
        List<String> gone = cluster.topics.keySet().stream()
                .filter(topic -> !names.contains(topic))
                .toList();
        gone.forEach(performance::topicDeleted);
        cluster.topics.putAll(topics.read(names.stream()
                .filter(topic -> !cluster.topics.containsKey(topic))
                .toList()));
    }

    /** A1 to A4, on topics read afresh. */
    private void admit() {
        List<Incoming> stored = requests.stored();
        refreshNamed(stored);
        Fold.Admission admission = Fold.of(
                stored, requests::isSettled, cluster, plugins.conflictPolicy().plugin());
        admission.answers().forEach(answers::answered);
        admission.recorded().forEach(answers::replayed);
        List<TopicPartition> idle = new ArrayList<>();
        List<TopicPartition> running = new ArrayList<>();
        admission
                .accepted()
                .keySet()
                .forEach(partition -> (cluster.record(partition).isPresent() ? running : idle).add(partition));
        Await.done(watch.add(idle));
        loop.drain();
        idle.forEach(partition -> take(partition, p -> p));
        cluster.unread.addAll(running);
        readStates();
        admission.accepted().forEach(this::accept);
    }

    private void accept(TopicPartition partition, Accepted entry) {
        Optional<PartitionState> known = cluster.partition(partition);
        if (known.isEmpty()) {
            foldDue = true;
            timers.after(settings.retryDelay(), () -> loop.mark(() -> foldDue = true));
            return;
        }
        PartitionState p = known.get();
        Optional<InFlight> before = p.record();
        Replicas permitted = before.isPresent() ? retargeting.permitted(p, entry.target()) : Replicas.NONE;
        Acceptance acceptance = Acceptance.of(p, entry.request(), entry.target(), permitted, timers.nowMillis());
        accepted.put(partition, new Performance.Taken(entry, acceptance, before));
        listener.step(
                partition,
                "A4",
                "accepted " + entry.target() + " from " + entry.request().id());
        cluster.dirty.add(partition);
    }

    /** The topics that waiting entries name, where their znodes have changed since they were read. */
    private void refreshNamed(List<Incoming> stored) {
        TreeSet<String> named = new TreeSet<>();
        stored.forEach(request -> request.entries().stream()
                .filter(entry -> !requests.isSettled(request, entry))
                .filter(Incoming.Wanted.class::isInstance)
                .forEach(
                        entry -> named.add(((Incoming.Wanted) entry).partition().topic())));
        Map<String, CompletionStage<Optional<ZkNode>>> reads = new LinkedHashMap<>();
        Map<String, CompletionStage<Optional<org.reassign.api.zk.ZkStat>>> deleted = new LinkedHashMap<>();
        named.forEach(topic -> {
            reads.put(topic, zk.getData(TopicReading.ROOT + "/" + topic));
            deleted.put(topic, zk.exists("/admin/delete_topics/" + topic));
        });
        cluster.beingDeleted.clear();
        deleted.forEach((topic, answer) -> Await.done(answer).ifPresent(s -> cluster.beingDeleted.add(topic)));
        reads.forEach((topic, answer) -> {
            int version = Await.done(answer).map(node -> node.stat().version()).orElse(-1);
            TopicSnapshot known = cluster.topics.get(topic);
            if (known == null ? version >= 0 : known.version() != version) {
                performance.reload(topic);
            }
        });
    }
}
