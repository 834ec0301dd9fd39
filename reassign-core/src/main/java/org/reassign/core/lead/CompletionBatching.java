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
import org.reassign.core.store.WriteMode;

/**
 * A topic's partitions wait for each other, so that they shrink together and complete in one write of the topic. One
 * that is in sync waits until all in flight are; one whose leaving replicas are stopped waits until those of all that
 * shrink are. Neither waits longer than the linger.
 */
final class CompletionBatching {
    private final Duration linger;
    private final Timers timers;
    private final Loop loop;
    private final TopicBarrier shrinks;
    private final TopicBarrier completes;
    private boolean timerSet;

    CompletionBatching(TermContext context, CurrentImage image, Agenda agenda) {
        this.linger = context.settings().writeMode() == WriteMode.SINGLE
                ? Duration.ZERO
                : context.settings().completionLinger();
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

    /** Notes the progress of these; if the last one of a topic is ready, all waiting ones of the topic are decided. */
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

    /** Whether this one may shrink, or complete, now; if it must wait, it is decided again once it may. */
    boolean over(PartitionState p) {
        TopicBarrier gathering = p.progress().shrinking() ? completes : shrinks;
        boolean over = linger.isZero() || gathering.isOver(p.partition(), timers.elapsedMillis(), linger.toMillis());
        if (!over && !timerSet && gathering.holds(p.partition())) {
            timerSet = true;
            timers.after(linger, () -> loop.mark(this::decideAgain));
        }
        return over;
    }

    /** The partition is no longer in flight. */
    void forget(TopicPartition partition) {
        shrinks.forget(partition);
        completes.forget(partition);
    }

    private void decideAgain() {
        timerSet = false;
        shrinks.decideAgain();
        completes.decideAgain();
    }
}
