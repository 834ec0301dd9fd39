package org.reassign.core.throttle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.packet.PacketSize;
import org.reassign.core.store.Await;

/**
 * Sets throttles and takes them off. A configuration and its lease are written in one transaction, so at no moment is there a
 * throttle of ours without a lease. Blocks; used by one thread. Kafka's order: topics before brokers.
 */
public final class Throttles {
    /** How often somebody else may come first before we give up. */
    private static final int ATTEMPTS = 20;

    private final ZkReader zk;
    private final Commit commit;
    private final LongSupplier nowMillis;

    /** Writes, all or none. */
    public interface Commit {
        /**
         * Performs one transaction.
         *
         * @return false where it must be decided again by what is stored now: a znode was written, made or deleted meanwhile, or
         *     the answer is lost
         */
        boolean perform(List<ZkWrite> writes);
    }

    /** Over a session's reads and writes. */
    public Throttles(ZkReader zk, Commit commit, LongSupplier nowMillis) {
        this.zk = zk;
        this.commit = commit;
        this.nowMillis = nowMillis;
    }

    /**
     * Throttles these moves and limits their brokers. Until {@link #submitted}, or the end of the session, no one takes throttles
     * off: in the meantime the caller stores its request.
     *
     * @param holder a name that no other call has
     * @param bytesPerSecond the rate of each broker, as leader and as follower
     * @throws IllegalStateException where a configuration is not as Kafka writes it, with a sentence that says which
     */
    public ThrottleChange set(String holder, Collection<ThrottledMove> moves, long bytesPerSecond) {
        ThrottleRoots.make(zk, commit);
        hold(ThrottleTree.HOLDERS + "/" + holder);
        SortedMap<String, List<ThrottledMove>> byTopic = new TreeMap<>();
        SortedSet<Integer> brokers = new TreeSet<>();
        moves.forEach(move -> {
            byTopic.computeIfAbsent(move.partition().topic(), topic -> new ArrayList<>())
                    .add(move);
            brokers.addAll(move.brokers().ids());
        });
        List<ThrottledEntity> entities =
                byTopic.keySet().stream().map(ThrottledEntity::topic).collect(Collectors.toCollection(ArrayList::new));
        brokers.stream().map(ThrottledEntity::broker).forEach(entities::add);
        return until(tree -> configs(entities).stream()
                .map(config -> {
                    Optional<ThrottleTree.Stored> lease =
                            Optional.ofNullable(tree.leases().get(config.entity()));
                    List<ThrottledMove> ofTopic = byTopic.get(config.entity().name());
                    return config.entity().kind() == ThrottledEntity.Kind.TOPICS
                            ? ThrottleWrites.throttle(config, lease, ofTopic, nowMillis.getAsLong())
                            : ThrottleWrites.limit(config, lease, bytesPerSecond, nowMillis.getAsLong());
                })
                .toList());
    }

    /** The ephemeral znode, with a write of the root: what another client has decided before is decided again. */
    private void hold(String path) {
        List<ZkWrite> writes =
                List.of(ZkWrite.setData(ThrottleTree.ROOT, "", ZkWrite.ANY_VERSION), ZkWrite.createEphemeral(path, ""));
        for (int i = 0; i < ATTEMPTS; i++) {
            if (commit.perform(writes) || Await.done(zk.exists(path)).isPresent()) {
                return;
            }
        }
        throw new IllegalStateException(
                path + " cannot be made; check the connection and ACLs below " + ThrottleTree.ROOT);
    }

    /**
     * The request is stored, or given up.
     *
     * @return false where the session was lost in between, so that throttles may have been taken off: set them again
     */
    public boolean submitted(String holder) {
        String path = ThrottleTree.HOLDERS + "/" + holder;
        return commit.perform(List.of(ZkWrite.delete(path, ZkWrite.ANY_VERSION)))
                || Await.done(zk.exists(path)).isPresent();
    }

    /** What is throttled now. */
    public ThrottleTree read() {
        return ThrottleTree.read(zk);
    }

    /**
     * Takes off what nothing needs: of each topic, once none of its throttled partitions is in flight or requested, and of each
     * broker, once no throttled topic needs it. Nothing while a client is about to store its request.
     *
     * @param busy which of these partitions are in flight or requested, read when it is called
     */
    public ThrottleChange release(UnaryOperator<Set<TopicPartition>> busy) {
        return until(tree -> tree.isEmpty() ? List.of() : ends(tree, busy.apply(tree.partitions())));
    }

    /**
     * The same by what was read before, tried once.
     *
     * @param busy which of the partitions are in flight or requested, as of some time after {@code tree} was read
     * @return empty where it must be read again
     */
    public Optional<ThrottleChange> release(ThrottleTree tree, Set<TopicPartition> busy) {
        Written written = write(tree, ends(tree, busy));
        return written.isAll() ? Optional.of(written.change()) : Optional.empty();
    }

    private List<ThrottleWrites> ends(ThrottleTree tree, Set<TopicPartition> busy) {
        if (tree.isHeld()) {
            return List.of();
        }
        SortedMap<ThrottledEntity, ThrottleTree.Stored> unneeded = tree.unneeded(busy);
        return read(unneeded.keySet()).entrySet().stream()
                .map(one -> one.getValue()
                        .map(config -> ThrottleWrites.end(config, unneeded.get(one.getKey())))
                        .orElseGet(() -> new ThrottleWrites(one.getKey(), List.of(), List.of(odd(one.getKey())))))
                .toList();
    }

    /** Decides and writes, and again where somebody else comes first. */
    private ThrottleChange until(Function<ThrottleTree, List<ThrottleWrites>> decision) {
        SortedSet<String> topics = new TreeSet<>();
        SortedSet<Integer> brokers = new TreeSet<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            ThrottleTree tree = read();
            Written written = write(tree, decision.apply(tree));
            topics.addAll(written.change().topics());
            brokers.addAll(written.change().brokers());
            if (written.isAll()) {
                return new ThrottleChange(topics, brokers, written.change().kept());
            }
        }
        throw new IllegalStateException(ThrottleTree.ROOT + " has been changed by others at each of " + ATTEMPTS
                + " attempts to change throttles; try again");
    }

    /** What was written of it. */
    private record Written(ThrottleChange change, boolean isAll) {}

    /** As many in one transaction as fit. */
    private Written write(ThrottleTree tree, List<ThrottleWrites> all) {
        List<ThrottleWrites> left =
                all.stream().filter(one -> !one.writes().isEmpty()).collect(Collectors.toList());
        List<ThrottleWrites> done = new ArrayList<>(all);
        done.removeAll(left);
        int version = tree.version().orElse(0);
        while (!left.isEmpty()) {
            List<ZkWrite> writes = new ArrayList<>(List.of(ZkWrite.setData(ThrottleTree.ROOT, "", version)));
            List<ThrottleWrites> sent = new ArrayList<>();
            left.stream().takeWhile(one -> fits(writes, one)).forEach(one -> {
                writes.addAll(one.writes());
                sent.add(one);
            });
            if (sent.isEmpty()) {
                throw new IllegalStateException(
                        "the throttle of " + left.get(0).entity().key()
                                + " does not fit into a ZooKeeper transaction; move fewer of its partitions at a time");
            }
            if (!commit.perform(writes)) {
                return new Written(change(done), false);
            }
            done.addAll(sent);
            left.removeAll(sent);
            version++;
        }
        return new Written(change(done), true);
    }

    private static boolean fits(List<ZkWrite> writes, ThrottleWrites more) {
        List<ZkWrite> all = new ArrayList<>(writes);
        all.addAll(more.writes());
        all.add(ZkWrite.check(ThrottleTree.ROOT, 0)); // as much as the fence of a controller
        return PacketSize.fits(all, PacketSize.LONGEST_CHROOT);
    }

    private static ThrottleChange change(List<ThrottleWrites> done) {
        SortedSet<String> topics = new TreeSet<>();
        SortedSet<Integer> brokers = new TreeSet<>();
        List<String> kept = new ArrayList<>();
        done.forEach(one -> {
            kept.addAll(one.kept());
            if (one.writes().isEmpty()) {
                return;
            }
            if (one.entity().kind() == ThrottledEntity.Kind.TOPICS) {
                topics.add(one.entity().name());
            } else {
                brokers.add(Integer.parseInt(one.entity().name()));
            }
        });
        return new ThrottleChange(topics, brokers, kept);
    }

    private List<EntityConfig> configs(Collection<ThrottledEntity> entities) {
        return read(entities).entrySet().stream()
                .map(one -> one.getValue().orElseThrow(() -> new IllegalStateException(odd(one.getKey()))))
                .toList();
    }

    /** The configurations, in order; empty for one that is not as Kafka writes it. */
    private SortedMap<ThrottledEntity, Optional<EntityConfig>> read(Collection<ThrottledEntity> entities) {
        SortedMap<ThrottledEntity, CompletionStage<Optional<ZkNode>>> answers = new TreeMap<>();
        entities.forEach(entity -> answers.put(entity, zk.getData(entity.configPath())));
        SortedMap<ThrottledEntity, Optional<EntityConfig>> configs = new TreeMap<>();
        answers.forEach((entity, answer) -> configs.put(entity, EntityConfig.of(entity, Await.done(answer))));
        return configs;
    }

    private static String odd(ThrottledEntity entity) {
        return entity.configPath()
                + " does not hold a configuration as Kafka writes it, so throttles there are neither set"
                + " nor taken off; write it again";
    }
}
