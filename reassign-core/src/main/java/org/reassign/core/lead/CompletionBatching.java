package org.reassign.core.lead;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Timers;
import org.reassign.core.decide.Completion;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.image.CurrentImage;

/**
 * A topic's partitions wait for each other, so that they shrink together, and complete in one write of the topic: each
 * that is in sync until all that are in flight are, and each whose leaving replicas are gone until those of all that
 * shrink are; or until the linger is over.
 */
final class CompletionBatching {
    private final Duration linger;
    private final Timers timers;
    private final Loop loop;
    private final TopicBarrier shrinks;
    private final TopicBarrier completes;
    private boolean timerSet;

    CompletionBatching(TermContext context, CurrentImage image, Agenda agenda) {
        this.linger = context.settings().completionLinger();
        this.timers = context.timers();
        this.loop = context.loop();
        this.shrinks = new TopicBarrier(
                image,
                agenda,
                p -> !p.progress().shrinking(),
                p -> p.inSync(image.get().liveFor(p)));
        this.completes = new TopicBarrier(
                image,
                agenda,
                p -> p.progress().shrinking(),
                p -> Completion.of(p, image.get().liveFor(p)).isPresent());
    }

    /** Notes how far these are; where that makes a topic's last one, all of the topic are looked at. */
    void note(List<PartitionState> partitions) {
        long now = timers.elapsedMillis();
        Set<String> topics = new HashSet<>();
        for (PartitionState p : partitions) {
            shrinks.note(p, now);
            completes.note(p, now);
            topics.add(p.partition().topic());
        }
        topics.forEach(shrinks::count);
        topics.forEach(completes::count);
    }

    /** Whether this one may shrink, or complete, now; if it waits to, it is looked at again when it may. */
    boolean over(PartitionState p) {
        TopicBarrier gathering = p.progress().shrinking() ? completes : shrinks;
        boolean over = linger.isZero() || gathering.isOver(p.partition(), timers.elapsedMillis(), linger.toMillis());
        if (!over && !timerSet && gathering.holds(p.partition())) {
            timerSet = true;
            timers.after(linger, () -> loop.mark(this::lookAgain));
        }
        return over;
    }

    /** The partition is no longer tracked. */
    void forget(TopicPartition partition) {
        shrinks.forget(partition);
        completes.forget(partition);
    }

    private void lookAgain() {
        timerSet = false;
        shrinks.lookAgain();
        completes.lookAgain();
    }
}
