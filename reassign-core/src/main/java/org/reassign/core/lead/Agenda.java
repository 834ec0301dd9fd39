package org.reassign.core.lead;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.reassign.api.model.TopicPartition;

/** The work of the next turn. Used by the loop's thread only. */
final class Agenda {
    private final SortedSet<TopicPartition> toDecide = new TreeSet<>();
    private boolean foldDue = true;

    /** Decides this partition in the next turn. */
    void decide(TopicPartition partition) {
        toDecide.add(partition);
    }

    /** Decides these partitions in the next turn. */
    void decide(Collection<TopicPartition> partitions) {
        toDecide.addAll(partitions);
    }

    /** Folds the waiting requests in the next turn. */
    void fold() {
        foldDue = true;
    }

    /** The partitions to decide, in order. */
    List<TopicPartition> toDecide() {
        return List.copyOf(toDecide);
    }

    /** Removes and returns the partitions to decide, in order. */
    List<TopicPartition> takeToDecide() {
        List<TopicPartition> taken = toDecide();
        toDecide.clear();
        return taken;
    }

    /** Whether waiting requests must be folded; resets the answer. */
    boolean takeFold() {
        boolean due = foldDue;
        foldDue = false;
        return due;
    }

    boolean isFoldDue() {
        return foldDue;
    }

    boolean hasUndecided() {
        return !toDecide.isEmpty();
    }
}
