package org.reassign.core.lead;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.reassign.api.model.TopicPartition;

/** What the next turn has to do. Used by the loop's thread only. */
final class Agenda {
    private final SortedSet<TopicPartition> toDecide = new TreeSet<>();
    private boolean foldDue = true;

    /** Something of a partition has changed from which decisions are made. */
    void decide(TopicPartition partition) {
        toDecide.add(partition);
    }

    /** Something of these has changed from which decisions are made. */
    void decide(Collection<TopicPartition> partitions) {
        toDecide.addAll(partitions);
    }

    /** Something has changed that waiting requests depend on. */
    void fold() {
        foldDue = true;
    }

    /** The partitions to decide, in order. */
    List<TopicPartition> toDecide() {
        return List.copyOf(toDecide);
    }

    /** The partitions to decide, in order; none is left. */
    List<TopicPartition> takeToDecide() {
        List<TopicPartition> taken = toDecide();
        toDecide.clear();
        return taken;
    }

    /** Whether waiting requests must be folded; no longer so once asked. */
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
