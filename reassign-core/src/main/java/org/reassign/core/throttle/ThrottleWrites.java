package org.reassign.core.throttle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.reassign.api.model.Replicas;
import org.reassign.api.zk.ZkWrite;

/**
 * The writes of one configuration and its lease, which belong into one transaction. Decides, and writes nothing.
 *
 * @param entity which configuration
 * @param writes none where all is as it should be
 * @param kept what was left as it is, since it is not as we have written it
 */
record ThrottleWrites(ThrottledEntity entity, List<ZkWrite> writes, List<String> kept) {
    private static final String LEADERS = "leader.replication.throttled.replicas";
    private static final String FOLLOWERS = "follower.replication.throttled.replicas";
    private static final List<String> RATES =
            List.of("leader.replication.throttled.rate", "follower.replication.throttled.rate");
    /** In a list of replicas: all of them. */
    private static final String ALL = "*";
    /** In a list of replicas: none, as an empty list. */
    private static final String NONE = "none";

    /** Limits a broker to a rate, over what stands there. */
    static ThrottleWrites limit(
            EntityConfig config, Optional<ThrottleTree.Stored> lease, long bytesPerSecond, long nowMillis) {
        SortedMap<String, String> wanted = new TreeMap<>();
        RATES.forEach(key -> wanted.put(key, Long.toString(bytesPerSecond)));
        return set(config, lease, wanted, List.of(), nowMillis);
    }

    /** Throttles the replicas of moves of one topic, beside those that are throttled already. */
    static ThrottleWrites throttle(
            EntityConfig config, Optional<ThrottleTree.Stored> lease, List<ThrottledMove> moves, long nowMillis) {
        SortedMap<String, String> wanted = new TreeMap<>();
        wanted.put(LEADERS, joined(config.get(LEADERS), moves.stream().flatMap(m -> named(m, m.sources()))));
        wanted.put(FOLLOWERS, joined(config.get(FOLLOWERS), moves.stream().flatMap(m -> named(m, m.destinations()))));
        wanted.values().removeIf(String::isEmpty);
        return set(config, lease, wanted, moves, nowMillis);
    }

    private static Stream<String> named(ThrottledMove move, Replicas replicas) {
        return replicas.ids().stream().map(broker -> move.partition().partition() + ":" + broker);
    }

    /** In the order in which Kafka's tool writes them, that of text. */
    private static String joined(Optional<String> present, Stream<String> more) {
        if (present.filter(ALL::equals).isPresent()) {
            return ALL;
        }
        SortedSet<String> all = new TreeSet<>();
        present.filter(text -> !text.equals(NONE)).stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .forEach(all::add);
        more.forEach(all::add);
        return String.join(",", all);
    }

    private static ThrottleWrites set(
            EntityConfig config,
            Optional<ThrottleTree.Stored> stored,
            SortedMap<String, String> wanted,
            List<ThrottledMove> moves,
            long nowMillis) {
        ThrottleLease lease = stored.map(ThrottleTree.Stored::lease).orElseGet(() -> ThrottleLease.at(nowMillis));
        SortedMap<String, String> set = new TreeMap<>(lease.set());
        SortedMap<String, String> before = new TreeMap<>(lease.before());
        Map<String, Optional<String>> changes = new TreeMap<>();
        wanted.forEach((key, value) -> {
            Optional<String> present = config.get(key);
            if (!present.equals(Optional.ofNullable(lease.set().get(key)))) {
                before.remove(key);
                present.ifPresent(text -> before.put(key, text));
            }
            set.put(key, value);
            changes.put(key, Optional.of(value));
        });
        SortedSet<Integer> partitions = new TreeSet<>(lease.partitions());
        SortedSet<Integer> brokers = new TreeSet<>(lease.brokers());
        moves.forEach(move -> {
            partitions.add(move.partition().partition());
            brokers.addAll(move.brokers().ids());
        });
        ThrottleLease now = new ThrottleLease(set, before, partitions, brokers, lease.sinceMillis());
        List<ZkWrite> writes = new ArrayList<>(config.writes(changes));
        if (stored.isEmpty() || !now.equals(lease)) {
            String path = config.entity().leasePath();
            writes.add(stored.map(old -> ZkWrite.setData(path, now.encode(), old.version()))
                    .orElseGet(() -> ZkWrite.create(path, now.encode())));
        }
        return new ThrottleWrites(config.entity(), writes, List.of());
    }

    /** Restores what stood there before, where it is as we have written it, and ends the lease. */
    static ThrottleWrites end(EntityConfig config, ThrottleTree.Stored stored) {
        ThrottleLease lease = stored.lease();
        Map<String, Optional<String>> changes = new TreeMap<>();
        List<String> kept = new ArrayList<>();
        lease.set().forEach((key, value) -> {
            Optional<String> before = Optional.ofNullable(lease.before().get(key));
            Optional<String> present = config.get(key);
            if (present.filter(value::equals).isPresent()) {
                changes.put(key, before);
            } else if (config.version().isPresent() && !present.equals(before)) {
                kept.add(config.entity().configPath() + " has " + key + " = " + present.orElse("nothing") + " and not "
                        + value + ", which was set here; it is left as it is, since somebody else has changed it");
            }
        });
        List<ZkWrite> writes = new ArrayList<>(config.writes(changes));
        writes.add(ZkWrite.delete(config.entity().leasePath(), stored.version()));
        return new ThrottleWrites(config.entity(), writes, kept);
    }
}
