package org.reassign.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.reassign.api.model.Broker;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest.PartitionState;
import org.reassign.api.spi.Lab;
import org.reassign.core.observe.RegistrationJson;

/** What every running broker tells its clients, beside what ZooKeeper holds. */
public final class BrokerMetadata {
    private final StoredState stored;
    private final Lab lab;
    private final Predicate<TopicPartition> isrs;

    public BrokerMetadata(StoredState stored, Lab lab) {
        this(stored, lab, partition -> true);
    }

    /** {@code isrs}: of which partitions the ISR is compared, too. */
    public BrokerMetadata(StoredState stored, Lab lab, Predicate<TopicPartition> isrs) {
        this.stored = stored;
        this.lab = lab;
        this.isrs = isrs;
    }

    /** What a broker knows of a partition, without the version of its znode, which clients do not see. */
    private record Told(int leader, int leaderEpoch, Replicas isr, Replicas replicas, Replicas offline) {
        static Told of(PartitionState told) {
            LeaderAndIsr state = told.state();
            return new Told(state.leader(), state.leaderEpoch(), state.isr(), told.replicas(), told.offline());
        }

        static Told of(LeaderAndIsr state, Replicas replicas, Replicas offline) {
            return new Told(state.leader(), state.leaderEpoch(), state.isr(), replicas, offline);
        }

        Told withoutIsr() {
            return new Told(leader, leaderEpoch, Replicas.NONE, replicas, offline);
        }
    }

    /**
     * A sentence for each difference; none if all brokers know all.
     *
     * @param failed replicas in failed log directories
     * @param excused of which deleted topics a broker may still tell
     */
    public List<String> differences(Map<TopicPartition, Replicas> failed, BiPredicate<Integer, String> excused) {
        SortedMap<Integer, Broker> live = live();
        SortedMap<TopicPartition, Told> partitions = partitions(Replicas.copyOf(live.keySet()), failed);
        List<String> differences = new ArrayList<>();
        live.keySet()
                .forEach(broker -> lab.metadata(broker).ifPresent(cache -> {
                    String who = "broker " + broker;
                    SortedMap<TopicPartition, Told> told = told(cache);
                    told.keySet()
                            .removeIf(partition ->
                                    !partitions.containsKey(partition) && excused.test(broker, partition.topic()));
                    partitions.replaceAll((partition, one) -> isrs.test(partition) ? one : one.withoutIsr());
                    told.replaceAll((partition, one) -> isrs.test(partition) ? one : one.withoutIsr());
                    compare(who, partitions, told, differences);
                    if (!cache.live().equals(List.copyOf(live.values()))) {
                        differences.add(who + " takes for live " + cache.live() + ", registered are " + live.values());
                    }
                }));
        return differences;
    }

    private static void compare(
            String who, Map<TopicPartition, Told> stored, Map<TopicPartition, Told> told, List<String> differences) {
        SortedMap<TopicPartition, Told> all = new TreeMap<>(stored);
        told.forEach(all::putIfAbsent);
        all.keySet().stream()
                .filter(partition ->
                        !Optional.ofNullable(stored.get(partition)).equals(Optional.ofNullable(told.get(partition))))
                .forEach(partition -> differences.add(who + " was told of " + partition + " " + told.get(partition)
                        + ", stored is " + stored.get(partition)));
    }

    private static SortedMap<TopicPartition, Told> told(Lab.Metadata cache) {
        SortedMap<TopicPartition, Told> told = new TreeMap<>();
        cache.partitions().forEach((partition, known) -> told.put(partition, Told.of(known)));
        return told;
    }

    private SortedMap<Integer, Broker> live() {
        SortedMap<Integer, Broker> live = new TreeMap<>();
        stored.live()
                .forEach(id -> stored.node("/brokers/ids/" + id)
                        .ifPresent(node -> live.put(id, RegistrationJson.decode(id, node))));
        return live;
    }

    private SortedMap<TopicPartition, Told> partitions(Replicas live, Map<TopicPartition, Replicas> failed) {
        SortedMap<TopicPartition, Told> partitions = new TreeMap<>();
        stored.topics()
                .forEach(name -> stored.topic(name)
                        .ifPresent(topic -> topic.assigned().forEach((number, replicas) -> {
                            TopicPartition partition = new TopicPartition(name, number);
                            stored.state(partition)
                                    .ifPresent(state -> partitions.put(
                                            partition,
                                            Told.of(
                                                    state,
                                                    replicas,
                                                    replicas.minus(live.minus(
                                                            failed.getOrDefault(partition, Replicas.NONE))))));
                        })));
        return partitions;
    }
}
