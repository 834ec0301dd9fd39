package org.reassign.core.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.reassign.api.model.TopicPartition;

/** The next image while one observation is reconciled, and the facts so far. */
final class Draft {
    private ClusterImage image;
    private final List<Fact> facts = new ArrayList<>();

    Draft(ClusterImage before) {
        this.image = before;
    }

    ClusterImage image() {
        return image;
    }

    void become(ClusterImage now) {
        image = now;
    }

    void put(TopicImage topic) {
        image = image.with(topic);
    }

    void put(TopicPartition partition, PartitionImage now) {
        image = image.with(partition, now);
    }

    void add(Fact fact) {
        facts.add(fact);
    }

    /** Changes a known partition; adds a fact if that makes a difference. */
    void change(TopicPartition partition, UnaryOperator<PartitionImage> change) {
        Optional<PartitionImage> before = image.partition(partition);
        Optional<PartitionImage> now = before.map(change);
        if (!now.equals(before)) {
            put(partition, now.get());
            add(new Fact.PartitionChanged(partition));
        }
    }

    Reconciled done() {
        return new Reconciled(image, List.copyOf(facts));
    }
}
