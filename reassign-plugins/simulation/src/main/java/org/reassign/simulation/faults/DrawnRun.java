package org.reassign.simulation.faults;

import java.util.ArrayList;
import java.util.List;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway.Office;
import org.reassign.core.lead.OfficeSettings;

/**
 * All that a run is made of: drawn from a seed, or what shrinking has left of that.
 *
 * @param seed what it was drawn from, and what goes on drawing while it runs
 * @param setup what it begins with
 * @param acts what happens, in the order of the times
 */
public record DrawnRun(long seed, Setup setup, List<ScheduledEvent> acts) {
    /** Copies the list. */
    public DrawnRun {
        acts = List.copyOf(acts);
    }

    /** Whether any request has this broker in the partition's target. */
    boolean asksFor(TopicPartition partition, int broker) {
        return acts.stream()
                .map(ScheduledEvent::deed)
                .filter(ScheduledEvent.Request.class::isInstance)
                .map(deed -> ((ScheduledEvent.Request) deed).targets())
                .filter(targets -> targets.containsKey(partition))
                .anyMatch(targets -> targets.get(partition)
                        .filter(target -> target.contains(broker))
                        .isPresent());
    }

    /**
     * When controllers hold the office: half of those that can leave their work to Kafka's controller visit it. That one
     * is not played: in between no controller leads, and in the end they stay, to complete what is in flight.
     */
    OfficeSettings.Mode mode() {
        boolean visits = setup.office() == Office.TAKE_OVER
                && setup.layout().equals("kip-455")
                && setup.laterLayouts().isEmpty()
                && new SeededRandom(seed * 41 + 13).chance(50);
        return visits ? OfficeSettings.Mode.VISITS : OfficeSettings.Mode.ALWAYS;
    }

    /** What is unusual about it, beside what happens. */
    List<String> drawn() {
        List<String> drawn = new ArrayList<>();
        if (!setup.topics().firstKey().startsWith("t")) {
            drawn.add("topic names");
        }
        if (setup.office() == Office.TAKE_OVER) {
            drawn.add("whole cluster");
        }
        if (mode() == OfficeSettings.Mode.VISITS) {
            drawn.add("visits");
        }
        return drawn;
    }

    /** The same with another beginning. */
    DrawnRun with(Setup other) {
        return new DrawnRun(seed, other, acts);
    }

    /** The same with other acts. */
    DrawnRun with(List<ScheduledEvent> others) {
        return new DrawnRun(seed, setup, others);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("seed " + seed + "\n" + setup);
        acts.forEach(act ->
                text.append("\nat ").append(act.atMillis()).append(" ms ").append(act.deed()));
        return text.toString();
    }
}
