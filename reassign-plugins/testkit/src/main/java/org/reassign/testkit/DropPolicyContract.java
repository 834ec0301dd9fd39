package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.DropContext;
import org.reassign.api.spi.DropPolicy;

/** What every {@link DropPolicy} has to keep; which replicas it chooses is its own business. */
public interface DropPolicyContract {
    /** How many drawn retargets each test looks at. */
    int DRAWN = 2_000;

    /** The policy, made as the host would make it. */
    DropPolicy policy();

    /** Whether the policy proposes only what is outside the target; others lean on the core to ignore the rest. */
    default boolean proposesOnlyOutside() {
        return true;
    }

    /** Whether the policy ever drops anything. */
    default boolean drops() {
        return true;
    }

    /** Drawn retargets, the same in every run: with dead brokers, no leader, an empty ISR, brokers without a rack. */
    static Stream<DropContext> retargets() {
        return new Random(236).longs(DRAWN).mapToObj(seed -> retarget(new Random(seed)));
    }

    private static DropContext retarget(Random random) {
        Replicas original = some(random, 1);
        Replicas before = some(random, 0).append(original);
        Replicas isr = before.filter(id -> random.nextBoolean());
        Replicas live = IntStream.range(0, 8)
                .filter(id -> random.nextInt(4) > 0)
                .boxed()
                .collect(Collectors.collectingAndThen(Collectors.toList(), Replicas::new));
        int leader = isr.intersect(live).ids().stream().findFirst().orElse(LeaderAndIsr.NO_LEADER);
        List<Replicas> waiting =
                Stream.generate(() -> some(random, 1)).limit(random.nextInt(3)).toList();
        return DropContext.of(new TopicPartition("t", 0), original, before, some(random, 1))
                .withWaiting(waiting)
                .withState(leader, isr)
                .withLive(live)
                .withMinInSyncReplicas(1 + random.nextInt(3))
                .withRacks(racks(live, random));
    }

    /** Racks a to c, and for some brokers none. */
    private static SortedMap<Integer, String> racks(Replicas live, Random random) {
        SortedMap<Integer, String> racks = new TreeMap<>();
        live.filter(id -> random.nextInt(4) > 0)
                .ids()
                .forEach(id -> racks.put(id, "abc".substring(id % 3, id % 3 + 1)));
        return racks;
    }

    private static Replicas some(Random random, int atLeast) {
        List<Integer> ids = new ArrayList<>(IntStream.range(0, 8).boxed().toList());
        Collections.shuffle(ids, random);
        return new Replicas(ids).limit(atLeast + random.nextInt(3));
    }

    @Test
    default void answers_every_retarget_and_never_with_null() {
        assertThat(retargets())
                .allSatisfy(context -> assertThat(policy().droppable(context))
                        .as("dropped at %s", context)
                        .isNotNull());
    }

    @Test
    default void gives_equal_answers_to_equal_questions() {
        DropPolicy policy = policy();
        assertThat(retargets()).allSatisfy(context -> {
            Replicas first = policy.droppable(context);
            assertThat(policy.droppable(context))
                    .as("asked again at %s", context)
                    .isEqualTo(first);
            assertThat(policy().droppable(context))
                    .as("asked again, another instance, at %s", context)
                    .isEqualTo(first);
        });
    }

    @Test
    default void proposes_only_what_is_outside_the_target_if_it_says_so() {
        boolean onlyOutside =
                retargets().allMatch(context -> context.outside().containsAll(policy().droppable(context)));
        assertThat(onlyOutside).as("proposes only what is outside the target").isEqualTo(proposesOnlyOutside());
    }

    @Test
    default void drops_something_at_some_retarget_if_it_says_so() {
        boolean drops = retargets()
                .anyMatch(context -> !context.outside()
                        .intersect(policy().droppable(context))
                        .isEmpty());
        assertThat(drops).as("ever drops anything").isEqualTo(drops());
    }
}
