package org.reassign.simulation.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.TopicJson;
import org.reassign.core.store.TopicReader;
import org.reassign.simulation.TopicRewrite;

/**
 * Somebody who writes to topic znodes and to znodes of ours beside the controllers.
 *
 * <p>What a topic's znode lost is known to the controller that led then. If another one is elected before that one has
 * written the topic again, no controller knows it: the topic counts as lost, and only an operator can repair it.
 */
final class Outsider {
    private final SimulatedWorld world;
    private final ZkPort zk;
    private final int brokers;
    /** Whether a controller may find records in another layout than its own. */
    private final boolean layoutsChange;

    private final OutsideStates states;
    private final OddChildren children;
    private final Map<String, OutsideLoss> overwritten = new HashMap<>();

    private final SortedSet<String> lost = new TreeSet<>();
    /** Topics that were written to the partitions that must stand in the end. */
    private final SortedMap<String, Set<Integer>> written = new TreeMap<>();

    Outsider(SimulatedWorld world, DrawnRun run) {
        this.world = world;
        this.brokers = run.setup().brokers();
        this.layoutsChange = !run.setup().laterLayouts().isEmpty();
        this.zk = world.observed("outsider", world.zooKeeper().open("outsider"));
        this.states = new OutsideStates(world, run, zk);
        this.children = new OddChildren(world, zk);
    }

    OutsideStates states() {
        return states;
    }

    /** Reads the topic now, and writes it later. */
    void rewrite(ScheduledEvent.RewrittenTopic deed) {
        Optional<TopicSnapshot> read = world.stored().topic(deed.topic());
        if (read.isPresent() && world.stored().isReadable(deed.topic())) {
            ZkNode early = world.stored().node(path(deed.topic())).orElseThrow();
            Optional<FaultyPort> leader = world.elected();
            world.time().after(Duration.ofMillis(deed.millis()), () -> {
                if (!mayRestoreForeignRecord(deed, leader)) {
                    rewrite(deed, read.get(), early);
                }
            });
        }
    }

    /** What was read before an election may hold a record of a layout that only the next election looks for again. */
    private boolean mayRestoreForeignRecord(ScheduledEvent.RewrittenTopic deed, Optional<FaultyPort> leader) {
        return layoutsChange && deed.how() == TopicRewrite.STALE && !leader.equals(world.elected());
    }

    private void rewrite(ScheduledEvent.RewrittenTopic deed, TopicSnapshot early, ZkNode node) {
        String topic = deed.topic();
        Optional<TopicSnapshot> now = world.stored().topic(topic);
        boolean fits = now.filter(
                        t -> !written.containsKey(topic) && world.stored().isReadable(topic))
                .filter(t -> !world.zooKeeper().readOnly().contains(path(topic)))
                .filter(t -> othersRest(early, t))
                .filter(t -> deed.how() != TopicRewrite.PARTITION_MISSING
                        || !states.wrote(new TopicPartition(topic, t.inFlight().firstKey())))
                .isPresent();
        if (!fits) {
            return;
        }
        world.happens(deed, "an outsider");
        int moving = now.get().inFlight().firstKey();
        String content = deed.how()
                .of(topic, moving, node, world.stored().node(path(topic)).orElseThrow());
        Set<Integer> partitions = new TreeSet<>(now.get().assigned().keySet());
        if (deed.how() == TopicRewrite.STALE) {
            partitions.add(partitions.size());
        }
        written.put(topic, partitions);
        zk.commit(List.of(ZkWrite.setData(path(topic), content, ZkWrite.ANY_VERSION)));
        loses(now.get());
    }

    /** Something may have been lost of what was stored before. */
    private void loses(TopicSnapshot before) {
        OutsideLoss loss = OutsideLoss.of(
                world.elected(), before, world.stored().topic(before.topic()).orElseThrow());
        if (!loss.isNone()) {
            overwritten.merge(before.topic(), loss, (earlier, now) -> now.and(earlier));
            world.expected().spoiled(before.topic());
        }
    }

    /**
     * Deletes a root, and the records below it, while a controller leads that knows them.
     *
     * @param unread tells the topics that it may not have read
     */
    void delete(ScheduledEvent.Deed deed, String root, Predicate<String> unread) {
        List<ZkWrite> deletions = new ArrayList<>();
        Set<String> topics = new TreeSet<>();
        below(root, path -> {
            topics.addAll(world.stored().recordedAt(path));
            deletions.add(0, ZkWrite.delete(path, ZkWrite.ANY_VERSION));
        });
        if (deletions.isEmpty()
                || topics.stream().anyMatch(unread)
                || world.processes().stream().noneMatch(ControllerProcess::leads)) {
            return;
        }
        world.happens(deed, "an outsider");
        List<TopicSnapshot> before = topics.stream()
                .flatMap(topic -> world.stored().topic(topic).stream())
                .toList();
        before.forEach(world.expected()::losesRecords);
        before.forEach(topic -> topic.inFlight().values().forEach(world.answers()::forgets));
        zk.commit(deletions);
        before.forEach(this::loses);
    }

    private void below(String path, Consumer<String> each) {
        if (world.stored().node(path).isPresent()) {
            each.accept(path);
            zk.getChildren(path).toCompletableFuture().join().orElse(List.of()).stream()
                    .sorted()
                    .forEach(child -> below(path + "/" + child, each));
        }
    }

    /** Closes a topic until it is opened again, or all heals. */
    void close(ScheduledEvent.ClosedTopic deed) {
        Set<String> readOnly = world.zooKeeper().readOnly();
        world.happens(deed, "an operator");
        readOnly.add(path(deed.topic()));
        world.time().after(Duration.ofMillis(deed.millis()), () -> readOnly.remove(path(deed.topic())));
    }

    boolean isClosed(String topic) {
        return world.zooKeeper().readOnly().contains(path(topic));
    }

    /** Something is in flight, and what is not was so already when the tool read it: nothing that is done is undone. */
    private static boolean othersRest(TopicSnapshot early, TopicSnapshot now) {
        return !now.inFlight().isEmpty()
                && now.assigned().entrySet().stream()
                        .filter(entry -> !now.inFlight().containsKey(entry.getKey()))
                        .allMatch(entry -> !early.inFlight().containsKey(entry.getKey())
                                && entry.getValue().equals(early.assigned().get(entry.getKey())));
    }

    /** A controller was elected, which knows only what is stored. */
    void elected() {
        overwritten.keySet().stream().filter(lost::add).forEach(this::countsAsStored);
        overwritten.clear();
    }

    private void countsAsStored(String topic) {
        world.invariants().forgets(topic);
        world.answers().forgets(topic);
        world.stored().topic(topic).ifPresent(world.expected()::lost);
    }

    /** A controller has written: a topic that it writes, or whose record, it has read before. */
    void committed(FaultyPort by, List<ZkWrite> writes) {
        for (ZkWrite write : writes) {
            if (write instanceof ZkWrite.SetData && write.path().startsWith(TopicReader.ROOT + "/")) {
                repairs(by, write.path().substring(TopicReader.ROOT.length() + 1));
            } else if (!(write instanceof ZkWrite.Check || write instanceof ZkWrite.Delete)) {
                world.stored().recordedAt(write.path()).forEach(topic -> repairs(by, topic));
            }
        }
    }

    private void repairs(FaultyPort by, String topic) {
        Optional.ofNullable(overwritten.get(topic))
                .filter(loss -> loss.knownTo().equals(Optional.of(by)))
                .flatMap(loss -> world.stored().topic(topic).map(loss::after))
                .ifPresent(loss -> overwritten.put(topic, loss));
        overwritten.values().removeIf(OutsideLoss::isNone);
    }

    /** A topic can be read again. */
    void readableAgain(String topic) {
        if (lost.contains(topic)) {
            countsAsStored(topic);
        }
    }

    /** The children that it creates below znodes of ours. */
    OddChildren children() {
        return children;
    }

    /** Topics that only an operator can repair. */
    Set<String> lost() {
        return lost;
    }

    /** Written topics to the partitions that must stand in the end. */
    SortedMap<String, Set<Integer>> written() {
        return written;
    }

    /** Nothing more is done; an operator repairs what he can without a reassignment. */
    void heal() {
        children.end();
        world.zooKeeper().readOnly().clear();
        putBack();
        states.heal();
    }

    /** Whether a topic that counts as lost has records that can be read. */
    boolean lostInFlight() {
        return lost.stream()
                .flatMap(topic -> world.stored().topic(topic).stream())
                .anyMatch(topic -> !topic.inFlight().isEmpty());
    }

    /** Partitions that were left out, and that no controller knows, stand again. */
    void putBack() {
        lost.removeIf(topic -> world.stored().topic(topic).isEmpty());
        lost.forEach(this::putBack);
    }

    private void putBack(String topic) {
        TopicSnapshot now = world.stored().topic(topic).orElseThrow();
        SortedMap<Integer, Replicas> assigned = new TreeMap<>(now.assigned());
        for (int number : written.getOrDefault(topic, Set.of())) {
            TopicPartition partition = new TopicPartition(topic, number);
            world.stored()
                    .state(partition)
                    .ifPresent(state -> assigned.putIfAbsent(number, state.isr().append(holders(partition))));
        }
        SortedMap<String, String> fields = new TreeMap<>(now.fields());
        if (now.inFlight().isEmpty()) {
            fields.keySet().retainAll(FinalState.FOREIGN); // a record that cannot be read is given up
        }
        if (!assigned.equals(now.assigned()) || !fields.equals(now.fields())) {
            world.says("an operator puts partitions of " + topic + " back: " + assigned);
            String content = TopicJson.encode(assigned, fields);
            zk.commit(List.of(ZkWrite.setData(path(topic), content, ZkWrite.ANY_VERSION)));
            countsAsStored(topic);
        }
        if (!assigned.equals(now.assigned())) {
            states.depose(); // who leads need not have noticed that partitions stand again
        }
    }

    /** Brokers that have data of it, and may come into its ISR. */
    private Replicas holders(TopicPartition partition) {
        return new Replicas(IntStream.range(0, brokers)
                .filter(broker -> world.lab().disk(broker).containsKey(partition))
                .boxed()
                .toList());
    }

    private static String path(String topic) {
        return TopicReader.ROOT + "/" + topic;
    }
}
