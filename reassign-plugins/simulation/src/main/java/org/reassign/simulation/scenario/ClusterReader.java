package org.reassign.simulation.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.simulation.scenario.Scenario.BrokerPlan;
import org.reassign.simulation.scenario.Scenario.Replication;
import org.reassign.simulation.scenario.Scenario.TopicPlan;

/** Reads {@code brokers}, {@code topics} and {@code replication}. */
final class ClusterReader {
    private static final int MOST_BROKERS = 10_000;
    private static final long MOST_REPLICAS = 10_000_000;

    private ClusterReader() {}

    static List<BrokerPlan> brokers(LocatedValue value) {
        if (!value.isMap()) {
            return listed(value);
        }
        Fields fields = value.fields("'brokers'", "count", "racks");
        int count = fields.required("count").count("'count' of 'brokers'", MOST_BROKERS);
        List<String> racks = new ArrayList<>();
        fields.optional("racks")
                .ifPresent(list -> list.list("'racks'").forEach(rack -> racks.add(rack.text("a rack in 'racks'"))));
        List<BrokerPlan> brokers = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            brokers.add(
                    new BrokerPlan(id, racks.isEmpty() ? Optional.empty() : Optional.of(racks.get(id % racks.size()))));
        }
        return brokers;
    }

    private static List<BrokerPlan> listed(LocatedValue value) {
        Map<Integer, BrokerPlan> brokers = new LinkedHashMap<>();
        for (LocatedValue item : value.list("'brokers'")) {
            int id = item.integer("a broker in 'brokers'");
            if (id < 0) {
                throw item.fault("'brokers' names broker " + id + "; a broker's id is at least 0");
            }
            if (brokers.put(id, new BrokerPlan(id, Optional.empty())) != null) {
                throw item.fault("'brokers' names broker " + id + " twice");
            }
        }
        if (brokers.isEmpty()) {
            throw value.fault("'brokers' is empty; a cluster needs at least one");
        }
        if (brokers.size() > MOST_BROKERS) {
            throw value.fault("'brokers' names " + brokers.size() + " brokers; it names at most " + MOST_BROKERS);
        }
        return List.copyOf(brokers.values());
    }

    static ScenarioNames topics(List<BrokerPlan> brokers, LocatedValue value) {
        ScenarioNames names = new ScenarioNames(
                brokers.stream().map(BrokerPlan::id).toList(), new TreeMap<>(), new LinkedHashMap<>());
        long replicas = 0;
        for (Map.Entry<LocatedValue, LocatedValue> entry :
                value.entries("'topics'").entrySet()) {
            LocatedValue key = entry.getKey();
            LocatedValue topic = entry.getValue();
            String name = key.text("a topic's name");
            requireTopicName(key, name);
            boolean listed = topic.isMap()
                    && topic.entries("topic '" + name + "'").keySet().stream()
                            .anyMatch(field -> field.text("").equals("partitions"));
            List<TopicPlan> plans = listed
                    ? List.of(listed(names, name, topic))
                    : generated(names, name, topic, MOST_REPLICAS - replicas);
            for (TopicPlan plan : plans) {
                requireTopicName(key, plan.name());
                if (names.topics().put(plan.name(), plan) != null) {
                    throw key.fault("topic '" + plan.name() + "' is given twice");
                }
            }
            names.groups().put(name, plans.stream().map(TopicPlan::name).toList());
            replicas += plans.size()
                    * plans.get(0).assigned().values().stream()
                            .mapToLong(Replicas::size)
                            .sum();
        }
        return names;
    }

    private static void requireTopicName(LocatedValue key, String name) {
        if (!TopicPartition.isTopicName(name)) {
            throw key.fault("'" + LocatedValue.shown(name)
                    + "' is no topic name; use 1 to 249 letters, digits, '.', '_' and '-'");
        }
    }

    private static TopicPlan listed(ScenarioNames names, String name, LocatedValue value) {
        Fields fields = value.fields("topic '" + name + "'", "partitions", "bytesPerPartition");
        SortedMap<Integer, Replicas> assigned = new TreeMap<>();
        fields.required("partitions").entries("'partitions' of '" + name + "'").forEach((key, replicas) -> {
            int partition = key.integer("a partition of '" + name + "'");
            if (partition < 0) {
                throw key.fault("'" + name + "' has partition " + partition + "; a partition's number is at least 0");
            }
            Replicas ids = names.replicas(replicas, name + "-" + partition);
            if (ids.isEmpty()) {
                throw replicas.fault(name + "-" + partition + " has no replicas; give at least one broker");
            }
            assigned.put(partition, ids);
        });
        return new TopicPlan(name, assigned, bytes(fields));
    }

    private static List<TopicPlan> generated(ScenarioNames names, String name, LocatedValue value, long mostReplicas) {
        Fields fields = value.fields(
                "topic '" + name + "'", "count", "partitionsPerTopic", "replicationFactor", "bytesPerPartition");
        int count = positive(fields.required("count"), "'count' of '" + name + "'");
        int partitions = positive(fields.required("partitionsPerTopic"), "'partitionsPerTopic' of '" + name + "'");
        LocatedValue factorAt = fields.required("replicationFactor");
        int factor = positive(factorAt, "'replicationFactor' of '" + name + "'");
        int brokers = names.brokers().size();
        if (factor > brokers) {
            throw factorAt.fault("'replicationFactor' of '" + name + "' is " + factor + ", but there are only "
                    + brokers + " brokers");
        }
        if ((long) count * partitions > mostReplicas / factor) {
            throw value.fault("with topic '" + name + "' the cluster would have more than " + MOST_REPLICAS
                    + " replicas; lower 'count', 'partitionsPerTopic' or 'replicationFactor'");
        }
        SortedMap<Integer, Replicas> assigned = new TreeMap<>();
        for (int p = 0; p < partitions; p++) {
            List<Integer> ids = new ArrayList<>();
            for (int r = 0; r < factor; r++) {
                ids.add(names.brokers().get((p + r) % brokers));
            }
            assigned.put(p, new Replicas(ids));
        }
        List<TopicPlan> plans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            plans.add(new TopicPlan(name + "-" + i, assigned, bytes(fields)));
        }
        return plans;
    }

    static Replication replication(LocatedValue value) {
        Fields fields = value.fields("'replication'", "bytesPerSecondPerBroker", "isrNotificationLinger");
        long rate = fields.optional("bytesPerSecondPerBroker")
                .map(at -> {
                    long bytes = Quantities.bytes(at, "'bytesPerSecondPerBroker'");
                    if (bytes == 0) {
                        throw at.fault("'bytesPerSecondPerBroker' is 0; nothing would ever be copied");
                    }
                    return bytes;
                })
                .orElse(50_000_000L);
        Duration linger = fields.optional("isrNotificationLinger")
                .map(at -> Quantities.duration(at, "'isrNotificationLinger'"))
                .orElse(Duration.ofMillis(50));
        return new Replication(rate, linger);
    }

    private static long bytes(Fields fields) {
        return fields.optional("bytesPerPartition")
                .map(at -> Quantities.bytes(at, "'bytesPerPartition'"))
                .orElse(0L);
    }

    static int positive(LocatedValue value, String what) {
        return value.count(what, Integer.MAX_VALUE);
    }
}
