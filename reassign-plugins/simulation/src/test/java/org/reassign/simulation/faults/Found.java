package org.reassign.simulation.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.decide.InFlightLimits;
import org.reassign.core.store.WriteMode;

/** Plays a run that once failed, set up in the words in which a run prints it. */
abstract class Found {
    static final SortedMap<Integer, Replicas> ASSIGNED =
            new TreeMap<>(Map.of(0, Replicas.of(0, 2), 1, Replicas.of(3, 2)));

    record Numbers(int controllers, int brokers, int bytesPerSecond, int lingerMillis, int watchMillis) {}

    static void holds(DrawnRun trial) {
        Outcome outcome = FaultRun.of(trial, Shipped.plugins(), true);
        assertThat(outcome.failure())
                .as(() -> trial + "\n" + String.join("\n", outcome.lines()))
                .isEmpty();
    }

    /** As a run prints it: plugins and modes by name. */
    static Setup setup(String names, Numbers numbers, SortedMap<String, Setup.Topic> topics) {
        return setup(names, InFlightLimits.NONE, numbers, topics);
    }

    static Setup setup(String names, InFlightLimits limits, Numbers numbers, SortedMap<String, Setup.Topic> topics) {
        String[] name = names.split(", ");
        return new Setup(
                name[0],
                name[1],
                name[2],
                name[3],
                List.of(name[4].split("\\+")),
                WriteMode.valueOf(name[5].toUpperCase(Locale.ROOT)),
                name.length == 6,
                limits,
                numbers.controllers,
                numbers.brokers,
                numbers.bytesPerSecond,
                numbers.lingerMillis,
                numbers.watchMillis,
                topics);
    }

    static SortedMap<String, Setup.Topic> topics(SortedMap<Integer, Replicas> assigned, int bytes) {
        return new TreeMap<>(Map.of("t0", new Setup.Topic(assigned, bytes, 1)));
    }

    static Setup.Topic topic(Map<Integer, Replicas> assigned) {
        return new Setup.Topic(new TreeMap<>(assigned), 100_000, 2);
    }

    static ScheduledEvent.Request request(String channel, Map<String, Replicas> wanted) {
        SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>();
        wanted.forEach(
                (name, replicas) -> targets.put(TopicPartition.parse(name).orElseThrow(), Optional.of(replicas)));
        return new ScheduledEvent.Request(channel, targets);
    }
}
