package org.reassign.simulation.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.store.StateJson;
import org.reassign.simulation.TopicRewrite;

/** Whether all is at its end, and whether it is the right one. */
final class FinalState {
    private static final List<String> ROOTS = List.of(
            "/admin/reassignment_requests",
            "/admin/reassignment_targets",
            "/admin/reassignment_deletes",
            "/isr_change_notification");

    /** Fields of topics that are no record. */
    static final Set<String> FOREIGN = Set.of("version", TopicRewrite.FIELD);

    private final Setup setup;
    private final SimulatedWorld world;
    private final ZkPort zk;
    private final SortedMap<String, Deletion> deleted = new TreeMap<>();

    private long healedAtMillis;

    /** A topic was deleted that was readable in this term, of which a later one knows nothing, while these brokers, by their epochs, were there. */
    private record Deletion(int term, Set<Long> brokers) {}

    FinalState(Setup setup, SimulatedWorld world) {
        this.setup = setup;
        this.world = world;
        this.zk = world.zooKeeper().open("ending");
    }

    /** The topic, readable in this term, is to be deleted; what is asked of it is void. */
    void deleted(String topic, int term) {
        Set<Long> brokers = new TreeSet<>();
        world.stored().live().forEach(broker -> brokers.add(epoch(broker)));
        deleted.put(topic, new Deletion(term, brokers));
    }

    /** Whether somebody leads and is idle, nothing of ours is left over, and every replica is in sync. */
    boolean settled() {
        boolean idle = world.processes().stream().anyMatch(process -> process.leads() && process.idle());
        return idle && unsettled().isEmpty();
    }

    /** From now on watches are in time. */
    void healed() {
        healedAtMillis = world.time().nowMillis();
    }

    /** A watch that is later than a read, as no ZooKeeper's is, may miss the last ISR of a partition that was in flight. */
    boolean mustKnowIsr(TopicPartition partition) {
        return setup.watchMillis() == 0
                || world.stored()
                        .node(StateJson.path(partition))
                        .filter(node -> node.stat().mtimeMillis() > healedAtMillis)
                        .isPresent();
    }

    /** What is not at its end, for people. */
    List<String> unsettled() {
        List<String> left = new ArrayList<>();
        ROOTS.forEach(root -> leftovers(root, left));
        world.stored().recordRoots().forEach(root -> leftovers(root, left));
        if (exists(ExpectedAssignment.LEGACY_PATH)) {
            leftover(ExpectedAssignment.LEGACY_PATH, left);
        }
        world.stored().refresh();
        for (String name : topics()) {
            Optional<TopicSnapshot> topic = world.stored().topic(name);
            topic.ifPresent(found -> unsettled(found, left));
        }
        return left;
    }

    private void leftovers(String parent, List<String> left) {
        children(parent).map(child -> parent + "/" + child).forEach(path -> leftover(path, left));
    }

    /** What an outsider has made undeletable stays, and must be empty. */
    private void leftover(String path, List<String> left) {
        OddChildren children = world.outsider().children();
        if (children.isChild(path)) {
            return;
        }
        if (!children.isOdd(path) && !children.isAbove(path)) {
            left.add(path);
            return;
        }
        if (children.isOdd(path) && !world.stored().text(path).orElse("").isEmpty()) {
            left.add(path + " holds " + world.stored().text(path).orElse(""));
        }
        leftovers(path, left);
    }

    private void unsettled(TopicSnapshot topic, List<String> left) {
        if (world.outsider().lost().contains(topic.topic())) {
            return;
        }
        boolean ours = topic.fields().entrySet().stream()
                .anyMatch(field ->
                        !FOREIGN.contains(field.getKey()) && !field.getValue().equals("{}"));
        if (!topic.inFlight().isEmpty() || ours) {
            left.add("topic " + topic.topic() + " has " + topic.inFlight() + topic.fields());
        }
        setup.topics().get(topic.topic()).assigned().keySet().forEach(number -> {
            TopicPartition partition = new TopicPartition(topic.topic(), number);
            Replicas assigned = topic.assigned().getOrDefault(number, Replicas.NONE);
            Optional<LeaderAndIsr> state = world.stored().state(partition);
            boolean whole = state.filter(now -> now.isr().sameBrokers(assigned) && assigned.contains(now.leader()))
                    .isPresent();
            if (!whole) {
                left.add(partition + " on " + assigned + " has " + state);
            }
        });
    }

    private List<String> topics() {
        return setup.topics().keySet().stream()
                .filter(topic -> !deleted.containsKey(topic))
                .toList();
    }

    /** All has settled: it must be the end that was asked for. */
    void check() {
        for (String topic : topics()) {
            setup.topics().get(topic).assigned().keySet().forEach(number -> {
                TopicPartition partition = new TopicPartition(topic, number);
                Replicas assigned = world.stored().assigned(partition).orElse(Replicas.NONE);
                List<Replicas> allowed = world.expected().allowed(partition);
                if (allowed.isEmpty()) {
                    allowed = List.of(setup.topics().get(topic).assigned().get(number));
                }
                if (!allowed.contains(assigned)) {
                    throw new InvariantBroken(
                            "invariant 4", partition + " ends with " + assigned + ", expected is " + allowed);
                }
            });
        }
        world.answers()
                .settled(topic ->
                        deleted.containsKey(topic) || world.outsider().lost().contains(topic));
        outsideWrites();
        world.invariants().settled(this::isForgotten);
        disks();
    }

    /** What an outsider added to a topic is kept. */
    private void outsideWrites() {
        world.outsider()
                .written()
                .forEach((name, partitions) -> world.stored().topic(name).ifPresent(topic -> {
                    boolean kept = topic.fields().containsKey(TopicRewrite.FIELD)
                            && topic.assigned().keySet().equals(partitions);
                    if (!kept) {
                        throw new InvariantBroken(
                                "invariant 6",
                                "topic " + name + " was written by an outsider, with partitions " + partitions
                                        + ", and ends with " + topic.assigned() + topic.fields());
                    }
                }));
    }

    /**
     * Whether a broker may hold, and tell clients of, what was made there of a deleted topic: the term of the controller that told it is over,
     * or the broker as it was registered then is gone without a trace. Kafka's own deletion is the controller's work, is not
     * over before every replica has answered, and starts again with a successor.
     */
    boolean isForgotten(int broker, String topic) {
        return Optional.ofNullable(deleted.get(topic))
                .filter(deletion -> deletion.term() != world.expected().term
                        || !deletion.brokers().contains(epoch(broker)))
                .isPresent();
    }

    private long epoch(int broker) {
        return world.stored()
                .node("/brokers/ids/" + broker)
                .map(node -> node.stat().czxid())
                .orElse(-1L);
    }

    /** Every replica holds all of its partition, and nobody else holds anything. */
    private void disks() {
        SortedMap<String, String> wrong = new TreeMap<>();
        for (int broker = 0; broker < setup.brokers(); broker++) {
            SortedMap<TopicPartition, Long> disk = world.lab().disk(broker);
            for (String topic : topics()) {
                for (int number : setup.topics().get(topic).assigned().keySet()) {
                    TopicPartition partition = new TopicPartition(topic, number);
                    boolean assigned = world.stored()
                            .assigned(partition)
                            .orElse(Replicas.NONE)
                            .contains(broker);
                    long bytes = disk.getOrDefault(partition, -1L);
                    long wanted = assigned ? setup.topics().get(topic).bytes() : -1L;
                    if (bytes != wanted) {
                        wrong.put(partition + "@" + broker, bytes + " bytes instead of " + wanted);
                    }
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw new InvariantBroken("data", "after all has settled brokers hold " + wrong);
        }
    }

    private Stream<String> children(String path) {
        return zk.getChildren(path).toCompletableFuture().join().orElse(List.of()).stream();
    }

    private boolean exists(String path) {
        return zk.exists(path).toCompletableFuture().join().isPresent();
    }
}
