package org.reassign.core.throttle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;
import org.reassign.core.store.Await;

/**
 * The leases as read: {@code /reassign/throttles/topics/T} and {@code /reassign/throttles/brokers/N}. Every change of them, and of
 * the configurations by them, is in a transaction that also writes {@code /reassign/throttles} at the version read before. An
 * ephemeral znode below {@code /reassign/throttles/holders} says that a client has set throttles and is about to store its request.
 *
 * @param version the version of the root, read before all else; empty where nothing was ever throttled
 * @param isHeld whether some client is between setting throttles and storing its request
 * @param leases the leases
 * @param unreadable paths of znodes among them that hold something else
 */
public record ThrottleTree(
        Optional<Integer> version,
        boolean isHeld,
        SortedMap<ThrottledEntity, Stored> leases,
        SortedSet<String> unreadable) {
    /** Its version orders all changes. */
    public static final String ROOT = "/reassign/throttles";
    /** Parent of the ephemeral znodes. */
    public static final String HOLDERS = ROOT + "/holders";

    private static final ThrottleTree NONE =
            new ThrottleTree(Optional.empty(), false, Collections.emptySortedMap(), Collections.emptySortedSet());

    /**
     * A lease as read.
     *
     * @param lease its content
     * @param version the version of its znode
     * @param mzxid when it was written last
     */
    record Stored(ThrottleLease lease, int version, long mzxid) {}

    /** Reads all; blocks. The order matters: the root, then the holders, then the leases. */
    public static ThrottleTree read(ZkReader zk) {
        Optional<Integer> version = Await.done(zk.exists(ROOT)).map(stat -> stat.version());
        if (version.isEmpty()) {
            return NONE;
        }
        boolean isHeld = !children(zk, HOLDERS).isEmpty();
        List<ThrottledEntity> entities = new ArrayList<>();
        for (ThrottledEntity.Kind kind : ThrottledEntity.Kind.values()) {
            children(zk, ROOT + "/" + kind.label()).forEach(name -> entities.add(new ThrottledEntity(kind, name)));
        }
        List<CompletionStage<Optional<ZkNode>>> answers =
                entities.stream().map(entity -> zk.getData(entity.leasePath())).toList();
        SortedMap<ThrottledEntity, Stored> leases = new TreeMap<>();
        SortedSet<String> unreadable = new TreeSet<>();
        for (int i = 0; i < answers.size(); i++) {
            ThrottledEntity entity = entities.get(i);
            Await.done(answers.get(i))
                    .ifPresent(node -> ThrottleLease.decode(node.text())
                            .filter(lease -> entity.isPossible())
                            .ifPresentOrElse(
                                    lease -> leases.put(
                                            entity,
                                            new Stored(
                                                    lease,
                                                    node.stat().version(),
                                                    node.stat().mzxid())),
                                    () -> unreadable.add(entity.leasePath())));
        }
        return new ThrottleTree(version, isHeld, leases, unreadable);
    }

    /** The zxids of all leases' last writes. */
    public Set<Long> zxids() {
        return zxids(leases);
    }

    /** The same of those that nothing needs, while these partitions are in flight or requested; none while one is held. */
    public Set<Long> unneededZxids(Set<TopicPartition> busy) {
        return isHeld ? Set.of() : zxids(unneeded(busy));
    }

    private static Set<Long> zxids(SortedMap<ThrottledEntity, Stored> leases) {
        return leases.values().stream().map(Stored::mzxid).collect(Collectors.toSet());
    }

    private static List<String> children(ZkReader zk, String path) {
        return Await.done(zk.getChildren(path)).orElse(List.of());
    }

    /** Whether there is no lease that can be read. */
    public boolean isEmpty() {
        return leases.isEmpty();
    }

    /** The partitions that are throttled. */
    public Set<TopicPartition> partitions() {
        Set<TopicPartition> partitions = new TreeSet<>();
        leases.forEach((entity, stored) -> stored.lease()
                .partitions()
                .forEach(number -> partitions.add(new TopicPartition(entity.name(), number))));
        return partitions;
    }

    /** The znodes of the leases that nothing needs, while these partitions are in flight or requested. */
    public List<String> unneededPaths(Set<TopicPartition> busy) {
        return unneeded(busy).keySet().stream().map(ThrottledEntity::leasePath).toList();
    }

    /** The leases that nothing needs, while these partitions are in flight or requested. */
    SortedMap<ThrottledEntity, Stored> unneeded(Set<TopicPartition> busy) {
        SortedMap<ThrottledEntity, Stored> unneeded = new TreeMap<>(leases);
        Set<Integer> brokers = new TreeSet<>();
        leases.forEach((entity, stored) -> {
            boolean needed = stored.lease().partitions().stream()
                    .anyMatch(number -> busy.contains(new TopicPartition(entity.name(), number)));
            if (needed) {
                brokers.addAll(stored.lease().brokers());
                unneeded.remove(entity);
            }
        });
        brokers.forEach(broker -> unneeded.remove(ThrottledEntity.broker(broker)));
        return unneeded;
    }
}
