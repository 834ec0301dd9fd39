package org.reassign.simulation.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway.Office;
import org.reassign.simulation.TopicRewrite;

/** Adds what outsiders do to a drawn run. Draws on its own, so that a seed draws the same rest with it and without. */
final class OutsideGenerator {
    private static final int PERCENT = 15;
    private static final List<String> NAMES = List.of("a", "a-0", "-x", "-", "--", "a-0-0");
    /** Where controllers delete znodes, and how deep below. */
    private static final List<ScheduledEvent.OddChild> ODD = List.of(
            new ScheduledEvent.OddChild("/admin/reassignment_requests", 1),
            new ScheduledEvent.OddChild("/admin/reassignment_targets", 2),
            new ScheduledEvent.OddChild("/admin/reassignment_deletes", 2),
            new ScheduledEvent.OddChild("/admin/reassignments", 1),
            new ScheduledEvent.OddChild("/admin/reassignments", 2),
            new ScheduledEvent.OddChild("/isr_change_notification", 1),
            new ScheduledEvent.OddChild("/admin/reassign_partitions", 0));

    /** Roots of what a leading controller knows or does not need. */
    private static final List<String> ROOTS = List.of("/admin/reassignments", "/admin/reassignment_refusals");

    private static final List<String> NOTIFICATIONS =
            List.of("/isr_change_notification", "/isr_change_notification", "/log_dir_event_notification");

    private final DrawnRun run;
    private final List<ScheduledEvent> acts;

    private OutsideGenerator(DrawnRun run) {
        this.run = run;
        this.acts = new ArrayList<>(run.acts());
    }

    /** The same run with what outsiders do. Each kind draws alike, whatever others there are. */
    static DrawnRun added(DrawnRun run, Candidates candidates) {
        SeededRandom draw = new SeededRandom(run.seed() * 31 + 7);
        DrawnRun drawn = run;
        for (OutsideFault kind : OutsideFault.values()) {
            boolean due = draw.chance(PERCENT);
            long own = draw.between(0, Integer.MAX_VALUE - 1);
            if (due) {
                drawn = new OutsideGenerator(drawn).of(kind, new SeededRandom(own), candidates);
            }
        }
        boolean whole = new SeededRandom(run.seed() * 37 + 11).chance(50);
        return whole ? drawn.with(drawn.setup().with(Office.TAKE_OVER)) : drawn;
    }

    private DrawnRun of(OutsideFault kind, SeededRandom own, Candidates candidates) {
        return switch (kind) {
            case REWRITTEN_TOPIC -> rewrittenTopic(own);
            case REWRITTEN_STATE -> rewrittenState(own);
            case ODD_CHILD -> with(at(own), own.oneOf(ODD));
            case TOPIC_NAMES -> renamed(own);
            case OTHER_LAYOUT -> otherLayouts(own, candidates);
            case LOST_SUBMISSION -> lostSubmission(own);
            case DELETED_ROOT -> with(at(own), new ScheduledEvent.DeletedRoot(own.oneOf(ROOTS)));
            case CLOSED_TOPIC -> closedTopic(own);
            case LOST_NOTIFICATIONS -> with(at(own), new ScheduledEvent.LostNotifications(own.oneOf(NOTIFICATIONS)));
            case FAILED_LOG_DIRECTORY -> failedLogDirectory(own);
        };
    }

    private DrawnRun with(int atMillis, ScheduledEvent.Deed deed) {
        acts.add(new ScheduledEvent(atMillis, deed));
        acts.sort(Comparator.comparingInt(ScheduledEvent::atMillis));
        return run.with(acts);
    }

    /** Near a request, most often. */
    private int at(SeededRandom own) {
        return Math.max(0, own.oneOf(requests()).atMillis() + own.between(-50, 800));
    }

    private List<ScheduledEvent> requests() {
        return acts.stream()
                .filter(act -> act.deed() instanceof ScheduledEvent.Request)
                .toList();
    }

    /** At a request, or the one after it. */
    private DrawnRun lostSubmission(SeededRandom own) {
        int at = own.oneOf(requests()).atMillis();
        acts.add(
                0,
                new ScheduledEvent(
                        at,
                        new ScheduledEvent.LostSubmission(
                                own.oneOf(List.of(0, 0, 1, 2)),
                                own.chance(60),
                                own.oneOf(List.of(1, 100, 600, 2_000)))));
        acts.sort(Comparator.comparingInt(ScheduledEvent::atMillis));
        return run.with(acts);
    }

    private DrawnRun rewrittenTopic(SeededRandom own) {
        String topic = own.oneOf(List.copyOf(run.setup().topics().keySet()));
        TopicRewrite how = own.oneOf(List.of(TopicRewrite.values()));
        return with(at(own), new ScheduledEvent.RewrittenTopic(topic, how, own.oneOf(List.of(1, 50, 300, 1_000))));
    }

    /**
     * Not where records are moved: a controller does not lead while it cannot move them. Nor where somebody writes the
     * topic again.
     */
    private DrawnRun closedTopic(SeededRandom own) {
        String topic = own.oneOf(List.copyOf(run.setup().topics().keySet()));
        int millis = own.oneOf(List.of(50, 600, 3_000));
        boolean written = acts.stream().anyMatch(act -> act.deed() instanceof ScheduledEvent.SpoiledTopic);
        return run.setup().laterLayouts().isEmpty() && !written
                ? with(at(own), new ScheduledEvent.ClosedTopic(topic, millis))
                : run;
    }

    private DrawnRun rewrittenState(SeededRandom own) {
        TopicPartition partition = partition(own);
        ScheduledEvent.ForeignState how = own.oneOf(List.of(ScheduledEvent.ForeignState.values()));
        return with(at(own), new ScheduledEvent.RewrittenState(partition, how));
    }

    private DrawnRun failedLogDirectory(SeededRandom own) {
        int at = at(own);
        int broker = own.between(0, run.setup().brokers() - 1);
        int millis = own.oneOf(List.of(50, 600, 3_000));
        return with(at, new ScheduledEvent.FailedLogDirectory(partition(own), broker, millis));
    }

    private TopicPartition partition(SeededRandom own) {
        String topic = own.oneOf(List.copyOf(run.setup().topics().keySet()));
        return new TopicPartition(
                topic,
                own.oneOf(List.copyOf(run.setup().topics().get(topic).assigned().keySet())));
    }

    private DrawnRun otherLayouts(SeededRandom own, Candidates candidates) {
        List<String> layouts = new ArrayList<>();
        int count = own.between(1, 3);
        for (int i = 0; i < count; i++) {
            layouts.add(own.oneOf(candidates.layouts()).name());
        }
        // a controller does not lead while a topic of which it must move records cannot be read or lacks a partition
        acts.removeIf(act -> act.deed() instanceof ScheduledEvent.SpoiledTopic
                || act.deed() instanceof ScheduledEvent.RewrittenTopic tool
                        && tool.how() == TopicRewrite.PARTITION_MISSING);
        acts.add(new ScheduledEvent(
                at(own),
                new ScheduledEvent.ControllerCrash(-1, own.between(0, 60), own.chance(50), own.between(1, 500))));
        acts.sort(Comparator.comparingInt(ScheduledEvent::atMillis));
        return new DrawnRun(run.seed(), run.setup().with(run.setup().topics(), layouts), acts);
    }

    private DrawnRun renamed(SeededRandom own) {
        List<String> left = new ArrayList<>(NAMES);
        Map<String, String> names = new TreeMap<>();
        SortedMap<String, Setup.Topic> topics = new TreeMap<>();
        run.setup().topics().forEach((name, topic) -> {
            String other = left.remove(own.between(0, left.size() - 1));
            names.put(name, other);
            topics.put(other, topic);
        });
        List<ScheduledEvent> renamed = acts.stream()
                .map(act -> new ScheduledEvent(act.atMillis(), renamed(act.deed(), names)))
                .toList();
        return new DrawnRun(run.seed(), run.setup().with(topics, run.setup().laterLayouts()), renamed);
    }

    private static ScheduledEvent.Deed renamed(ScheduledEvent.Deed deed, Map<String, String> names) {
        if (deed instanceof ScheduledEvent.Request request) {
            SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>();
            request.targets().forEach((partition, target) -> targets.put(renamed(partition, names), target));
            return new ScheduledEvent.Request(request.channel(), targets);
        }
        if (deed instanceof ScheduledEvent.TopicDeletion deletion) {
            return new ScheduledEvent.TopicDeletion(names.get(deletion.topic()));
        }
        if (deed instanceof ScheduledEvent.SpoiledTopic spoiled) {
            return new ScheduledEvent.SpoiledTopic(names.get(spoiled.topic()), spoiled.millis());
        }
        if (deed instanceof ScheduledEvent.SlowFollower slow) {
            return new ScheduledEvent.SlowFollower(renamed(slow.partition(), names), slow.broker(), slow.millis());
        }
        if (deed instanceof ScheduledEvent.RewrittenTopic tool) {
            return new ScheduledEvent.RewrittenTopic(names.get(tool.topic()), tool.how(), tool.millis());
        }
        if (deed instanceof ScheduledEvent.RewrittenState state) {
            return new ScheduledEvent.RewrittenState(renamed(state.partition(), names), state.how());
        }
        return deed;
    }

    private static TopicPartition renamed(TopicPartition partition, Map<String, String> names) {
        return new TopicPartition(names.getOrDefault(partition.topic(), partition.topic()), partition.partition());
    }
}
