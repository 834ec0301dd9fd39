package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.reassign.api.model.Endpoint;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.StorageLayout;
import org.reassign.core.store.OwedDeletes;
import org.reassign.core.store.TopicRead;
import org.reassign.core.store.TopicReader;

/** What must hold of real brokers and their ZooKeeper once every reassignment has ended. */
record SettledCluster(RealCluster brokers) {
    private static final List<String> EMPTY_ROOTS = List.of(
            "/admin/reassignment_requests", "/admin/reassignment_targets", "/admin/reassignments", OwedDeletes.ROOT);

    /**
     * Waits until everything holds of every partition.
     *
     * @param expected the lists that are right for a partition; none where it is whatever ZooKeeper says
     */
    void await(Map<TopicPartition, Set<Replicas>> expected) {
        await(() -> expected);
    }

    /** As {@link #await(Map)}, with what is expected by then. */
    void await(Supplier<Map<TopicPartition, Set<Replicas>>> expected) {
        RealBrokers.eventually(
                "a settled cluster",
                () -> assertThat(differences(expected.get())).isEmpty());
    }

    private List<String> differences(Map<TopicPartition, Set<Replicas>> expected) {
        List<String> found = new ArrayList<>();
        List<String> topics = brokers.topics();
        SortedMap<TopicPartition, Replicas> assigned = new TreeMap<>();
        List<StorageLayout> layouts = List.copyOf(Choice.LAYOUTS.values());
        for (TopicRead topic : new TopicReader(brokers.zk, layouts).read(topics)) {
            topic.records()
                    .forEach((partition, record) -> found.add(topic.topic() + "-" + partition + " has " + record));
            topic.snapshot()
                    .orElseThrow()
                    .assigned()
                    .forEach((partition, replicas) ->
                            assigned.put(new TopicPartition(topic.topic(), partition), replicas));
        }
        expected.forEach((partition, lists) -> {
            if (!lists.contains(assigned.get(partition))) {
                found.add(partition + " is on " + assigned.get(partition) + " instead of " + lists);
            }
        });
        SortedMap<TopicPartition, BrokerMetadata> stored = stored(assigned, found);
        brokers.ids.forEach(id -> brokers.endpoint(id)
                .ifPresentOrElse(
                        at -> compare(id, at, stored, found), () -> found.add("broker " + id + " is not registered")));
        EMPTY_ROOTS.forEach(root -> leftIn(root).forEach(child -> found.add(child + " is left over")));
        return found;
    }

    private SortedMap<TopicPartition, BrokerMetadata> stored(
            SortedMap<TopicPartition, Replicas> assigned, List<String> found) {
        SortedMap<TopicPartition, BrokerMetadata> stored = new TreeMap<>();
        assigned.forEach((partition, replicas) -> {
            LeaderAndIsr state = brokers.state(partition);
            stored.put(partition, BrokerMetadata.of(replicas, state));
            if (!replicas.contains(state.leader()) || !sorted(replicas).equals(sorted(state.isr()))) {
                found.add(partition + " is on " + replicas + " and has state " + state);
            }
        });
        return stored;
    }

    private static List<Integer> sorted(Replicas replicas) {
        return replicas.ids().stream().sorted().toList();
    }

    private void compare(int id, Endpoint at, SortedMap<TopicPartition, BrokerMetadata> stored, List<String> found) {
        Set<TopicPartition> disk = brokers.disk(id);
        SortedMap<TopicPartition, BrokerMetadata> known = ask(at, stored, found);
        stored.forEach((partition, said) -> {
            if (!said.equals(known.get(partition))) {
                found.add(
                        "broker " + id + " says of " + partition + " " + known.get(partition) + ", ZooKeeper " + said);
            }
            if (said.replicas().contains(id) != disk.contains(partition)) {
                found.add(
                        partition + " is " + (disk.contains(partition) ? "" : "not ") + "on the disk of broker " + id);
            }
        });
        disk.stream()
                .filter(partition -> !stored.containsKey(partition))
                .forEach(partition -> found.add("broker " + id + " has a stray directory of " + partition));
    }

    private SortedMap<TopicPartition, BrokerMetadata> ask(
            Endpoint at, SortedMap<TopicPartition, BrokerMetadata> stored, List<String> found) {
        try {
            return BrokerMetadata.ask(
                    at,
                    stored.keySet().stream()
                            .map(TopicPartition::topic)
                            .distinct()
                            .toList());
        } catch (UncheckedIOException e) {
            found.add(e.getMessage());
            return new TreeMap<>();
        }
    }

    private Stream<String> leftIn(String root) {
        return RealBrokers.join(brokers.zk.getChildren(root)).orElse(List.of()).stream()
                .map(child -> root + "/" + child);
    }
}
