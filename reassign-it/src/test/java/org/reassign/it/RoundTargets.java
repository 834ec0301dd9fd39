package org.reassign.it;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** What is asked in one round, drawn at random, and how each partition may end. */
final class RoundTargets {
    private final Random random;
    private final List<Integer> brokers;
    private final SortedMap<TopicPartition, Replicas> before;
    private final SortedMap<TopicPartition, Set<Replicas>> ends = new TreeMap<>();
    private final SortedMap<TopicPartition, Optional<Replicas>> first = new TreeMap<>();

    /**
     * A round that nothing was asked in.
     *
     * @param before the lists as assigned, with nothing in flight
     */
    RoundTargets(Random random, List<Integer> brokers, Map<TopicPartition, Replicas> before) {
        this.random = random;
        this.brokers = brokers;
        this.before = new TreeMap<>(before);
        before.forEach((partition, assigned) -> ends.put(partition, Set.of(assigned)));
    }

    static Replicas draw(Random random, Collection<Integer> brokers) {
        List<Integer> ids = new ArrayList<>(brokers);
        Collections.shuffle(ids, random);
        return new Replicas(ids.subList(0, 1 + random.nextInt(Math.min(3, ids.size()))));
    }

    /** Targets for two of three partitions. */
    SortedMap<TopicPartition, Optional<Replicas>> ask() {
        before.forEach((partition, assigned) -> {
            if (random.nextInt(3) > 0) {
                Replicas target = draw(random, brokers);
                first.put(partition, Optional.of(target));
                ends.put(partition, Set.of(target));
            }
        });
        return first;
    }

    /**
     * Another target for some of them, and a cancel for others. A cancel of what has ended meanwhile is refused.
     *
     * @param without a broker that is not there
     */
    SortedMap<TopicPartition, Optional<Replicas>> changeMinds(Optional<Integer> without) {
        SortedMap<TopicPartition, Optional<Replicas>> second = new TreeMap<>();
        List<Integer> live =
                brokers.stream().filter(id -> !without.equals(Optional.of(id))).toList();
        for (TopicPartition partition : first.keySet()) {
            int mind = random.nextInt(3);
            if (mind == 0) {
                Replicas target = draw(random, live);
                second.put(partition, Optional.of(target));
                ends.put(partition, Set.of(target));
            } else if (mind == 1) {
                second.put(partition, Optional.empty());
                Set<Replicas> either = new HashSet<>(ends.get(partition));
                either.add(before.get(partition));
                ends.put(partition, either);
            }
        }
        return second;
    }

    /**
     * The lists that each partition may have in the end.
     *
     * @param refused of which partitions a target may have been refused: they may keep what they had
     */
    Map<TopicPartition, Set<Replicas>> ends(Predicate<TopicPartition> refused) {
        Map<TopicPartition, Set<Replicas>> possible = new TreeMap<>(ends);
        first.keySet().stream().filter(refused).forEach(partition -> {
            Set<Replicas> any = new HashSet<>(ends.get(partition));
            any.add(before.get(partition));
            any.add(first.get(partition).orElseThrow());
            possible.put(partition, any);
        });
        return possible;
    }
}
