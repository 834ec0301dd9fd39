package org.reassign.simulation.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.reassign.api.model.Replicas;

/** Draws from a seed: equal seeds give equal draws. */
final class SeededRandom {
    private final SplittableRandom random;

    SeededRandom(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A number from {@code least} to {@code most}, both included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** So many of the brokers, in any order. */
    Replicas replicas(List<Integer> brokers, int count) {
        List<Integer> left = new ArrayList<>(brokers);
        List<Integer> taken = new ArrayList<>();
        while (taken.size() < count && !left.isEmpty()) {
            taken.add(left.remove(random.nextInt(left.size())));
        }
        return new Replicas(taken);
    }
}
