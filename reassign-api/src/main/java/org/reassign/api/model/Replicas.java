package org.reassign.api.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.reassign.api.Stable;

/**
 * An ordered list of distinct broker ids: an assignment, a target, an ISR. The first one is the preferred leader.
 *
 * @param ids the broker ids in order, without duplicates
 */
@Stable(since = "1.0")
public record Replicas(List<Integer> ids) {
    /** Up to so many are compared with each other: that is faster than a set of them. */
    private static final int FEW = 16;

    /** No broker at all. */
    public static final Replicas NONE = new Replicas(List.of());

    /** Refuses duplicates with {@link IllegalArgumentException}. */
    public Replicas {
        ids = List.copyOf(ids);
        if (hasDuplicates(ids)) {
            throw new IllegalArgumentException("duplicate brokers in " + ids);
        }
    }

    private static boolean hasDuplicates(List<Integer> ids) {
        if (ids.size() > FEW) {
            return new HashSet<>(ids).size() != ids.size();
        }
        for (int i = 1; i < ids.size(); i++) {
            if (ids.subList(0, i).contains(ids.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** The list of these brokers, in this order. */
    public static Replicas of(Integer... ids) {
        return new Replicas(Arrays.asList(ids));
    }

    /** The list of these brokers, in the collection's order, each once. */
    public static Replicas copyOf(Collection<Integer> ids) {
        return new Replicas(List.copyOf(new LinkedHashSet<>(ids)));
    }

    /** This list and then the brokers of {@code rest} that it lacks: {@code target.append(assigned)} is the grown AR. */
    public Replicas append(Replicas rest) {
        List<Integer> all = new ArrayList<>(ids);
        for (Integer id : rest.ids) {
            if (!ids.contains(id)) {
                all.add(id);
            }
        }
        return all.size() == ids.size() ? this : new Replicas(all);
    }

    /** The brokers of this list that {@code other} lacks, in this order. */
    public Replicas minus(Replicas other) {
        return filter(id -> !other.contains(id));
    }

    /** The brokers of this list that {@code other} holds too, in this order. */
    public Replicas intersect(Replicas other) {
        return filter(other::contains);
    }

    /** The brokers of this list that pass the test, in this order. */
    public Replicas filter(IntPredicate test) {
        List<Integer> passing = new ArrayList<>(ids.size());
        for (Integer id : ids) {
            if (test.test(id)) {
                passing.add(id);
            }
        }
        return passing.size() == ids.size() ? this : new Replicas(passing);
    }

    /** The first {@code count} brokers, or all where there are fewer. */
    public Replicas limit(int count) {
        return new Replicas(ids.subList(0, Math.min(count, ids.size())));
    }

    /** Whether the broker is in this list. */
    public boolean contains(int id) {
        return ids.contains(id);
    }

    /** Whether every broker of {@code other} is in this list. */
    public boolean containsAll(Replicas other) {
        return ids.containsAll(other.ids);
    }

    /** Whether both hold the same brokers, in whatever order. */
    public boolean sameBrokers(Replicas other) {
        return size() == other.size() && containsAll(other);
    }

    /** How many brokers this is. */
    public int size() {
        return ids.size();
    }

    /** Whether there is no broker in it. */
    public boolean isEmpty() {
        return ids.isEmpty();
    }

    @Override
    public String toString() {
        return ids.toString().replace(" ", "");
    }
}
