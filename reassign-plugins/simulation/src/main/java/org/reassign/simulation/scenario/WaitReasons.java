package org.reassign.simulation.scenario;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.simulation.scenario.Step.ReplicaName;

/** What each partition in flight waits for, as ZooKeeper and the scenario's own steps show it. */
final class WaitReasons {
    private static final int SHOWN = 5;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private final ObservedCluster cluster;
    private final BrokerDepartures departures;
    private final Waiting waiting;
    private final Map<ReplicaName, Integer> held = new HashMap<>();

    WaitReasons(ObservedCluster cluster, BrokerDepartures departures, Waiting waiting) {
        this.cluster = cluster;
        this.departures = departures;
        this.waiting = waiting;
    }

    /** The step on this line holds a replica. */
    void held(ReplicaName replica, int line) {
        held.put(replica, line);
    }

    /** These are held no longer; empty for all. */
    void released(Optional<List<ReplicaName>> replicas) {
        replicas.ifPresentOrElse(held.keySet()::removeAll, held::clear);
    }

    /** A sentence that names what partitions of these topics wait for, the first of them; empty where none waits. */
    Optional<String> sentence(Collection<String> topics) {
        Map<TopicPartition, ReassignmentRecord> records = new TreeMap<>();
        waiting.inChunks(topics, cluster::records, "reading the records")
                .values()
                .forEach(found -> found.forEach(record -> records.put(record.partition(), record)));
        if (records.isEmpty()) {
            return Optional.empty();
        }
        Set<String> live =
                waiting.result(cluster.registrations(), "reading the brokers").keySet();
        List<String> reasons = new ArrayList<>();
        records.values().stream()
                .limit(SHOWN)
                .forEach(record -> reasons.add(record.partition() + " waits for " + reason(record, live)));
        int more = records.size() - reasons.size();
        return Optional.of(String.join("; ", reasons) + (more > 0 ? "; and " + more + " more are in flight" : ""));
    }

    private String reason(ReassignmentRecord record, Set<String> live) {
        Replicas dead = record.target().filter(broker -> !live.contains(Integer.toString(broker)));
        if (!dead.isEmpty()) {
            return "broker " + dead.ids().get(0) + ", which is not registered"
                    + departures
                            .since(dead.ids().get(0))
                            .map(millis -> " since " + CLOCK.format(Instant.ofEpochMilli(millis)))
                            .orElse("");
        }
        Optional<LeaderAndIsr> state =
                waiting.result(cluster.state(record.partition()), "reading " + record.partition());
        if (state.isEmpty()) {
            return "its state, which cannot be read";
        }
        Replicas behind = record.target().minus(state.get().isr());
        if (behind.isEmpty()) {
            return "the controller";
        }
        int broker = behind.ids().get(0);
        return "broker " + broker + " to be in sync"
                + Optional.ofNullable(held.get(new ReplicaName(record.partition(), broker)))
                        .map(line -> ", which is held since line " + line)
                        .orElse("");
    }
}
