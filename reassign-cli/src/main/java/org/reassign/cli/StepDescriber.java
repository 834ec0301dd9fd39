package org.reassign.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.reassign.simulation.scenario.Step;

/** Steps of a scenario in words. */
final class StepDescriber {
    private static final int MOST_ENTRIES = 3;

    private StepDescriber() {}

    static String of(Step step) {
        if (step instanceof Step.Hold hold) {
            return "hold " + joined(hold.replicas());
        }
        if (step instanceof Step.Release release) {
            return "release " + release.replicas().map(StepDescriber::joined).orElse("all");
        }
        if (step instanceof Step.Request request) {
            return request(request);
        }
        if (step instanceof Step.Await await) {
            return "await "
                    + await.conditions().stream().map(StepDescriber::condition).collect(Collectors.joining(", "));
        }
        if (step instanceof Step.Kill kill) {
            return "kill " + actor(kill.actor());
        }
        if (step instanceof Step.Start start) {
            return "start " + actor(start.actor());
        }
        if (step instanceof Step.DeleteTopic delete) {
            return "delete topic " + delete.topic();
        }
        if (step instanceof Step.Znode znode) {
            return "somebody: " + lower(znode.change()) + " " + znode.path();
        }
        if (step instanceof Step.Connection connection) {
            return lower(connection.change()) + " the controller's connection";
        }
        return "sleep " + ((Step.Sleep) step).duration().toMillis() + " ms";
    }

    private static String lower(Enum<?> change) {
        return change.name().toLowerCase(Locale.ROOT);
    }

    private static String request(Step.Request step) {
        int entries = step.request().targets().size();
        String targets = step.request().targets().entrySet().stream()
                .limit(MOST_ENTRIES)
                .map(entry -> entry.getKey()
                        + entry.getValue().map(target -> " to " + target).orElse(" cancelled"))
                .collect(Collectors.joining(", "));
        return "request " + targets + (entries > MOST_ENTRIES ? " and " + (entries - MOST_ENTRIES) + " more" : "")
                + step.via().map(via -> " via " + via).orElse("");
    }

    private static String condition(Step.Condition condition) {
        if (condition instanceof Step.Condition.InSync inSync) {
            return inSync.partition() + " in sync on " + inSync.brokers();
        }
        return condition instanceof Step.Condition.IsInFlight inFlight
                ? inFlight.partition() + " in flight"
                : "settled";
    }

    private static String actor(Step.Actor actor) {
        return actor instanceof Step.Actor.OneBroker broker ? "broker " + broker.id() : "the controller";
    }

    private static String joined(List<?> items) {
        return items.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
