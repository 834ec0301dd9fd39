package org.reassign.simulation.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.simulation.scenario.Scenario.TopicPlan;
import org.reassign.simulation.scenario.Step.ReplicaName;

/**
 * The brokers and topics of a scenario, by which the names in its steps are read.
 *
 * @param brokers broker ids in the order written
 * @param topics topics by name
 * @param groups the names under {@code topics} as written, each with the topics it stands for
 */
record ScenarioNames(List<Integer> brokers, SortedMap<String, TopicPlan> topics, Map<String, List<String>> groups) {
    /** A broker of the cluster. */
    int broker(LocatedValue value, String what) {
        int id = value.integer(what);
        if (!brokers.contains(id)) {
            throw value.fault(
                    what + " is " + id + ", a broker outside 'brokers'; add it there or name one of " + some());
        }
        return id;
    }

    private String some() {
        return brokers.stream().limit(20).map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** A topic of the cluster. */
    String topic(LocatedValue value, String what) {
        return known(value, value.text(what));
    }

    private String known(LocatedValue value, String topic) {
        if (!topics.containsKey(topic)) {
            throw value.fault("unknown topic '" + LocatedValue.shown(topic) + "'; 'topics' gives "
                    + topics.keySet().stream().limit(20).collect(Collectors.joining(", ")));
        }
        return topic;
    }

    /** A partition of a topic of the cluster; the topic need not have that partition. */
    TopicPartition anyPartition(LocatedValue value, String what) {
        return anyPartition(value, value.text(what), what);
    }

    private TopicPartition anyPartition(LocatedValue value, String text, String what) {
        TopicPartition partition = TopicPartition.parse(text)
                .orElseThrow(() -> value.fault(what + " is '" + LocatedValue.shown(text)
                        + "', which is no partition; write topic-N, as in orders-0"));
        known(value, partition.topic());
        return partition;
    }

    /** A partition that the cluster has. */
    TopicPartition partition(LocatedValue value, String what) {
        return existing(value, anyPartition(value, what));
    }

    private TopicPartition existing(LocatedValue value, TopicPartition partition) {
        if (!topics.get(partition.topic()).assigned().containsKey(partition.partition())) {
            throw value.fault("unknown partition '" + partition + "'; topic '" + partition.topic()
                    + "' has no partition " + partition.partition());
        }
        return partition;
    }

    /** A replica, {@code topic-N@broker}. */
    ReplicaName replica(LocatedValue value, String what) {
        String text = value.text(what);
        int at = text.lastIndexOf('@');
        if (at < 0 || !text.substring(at + 1).matches("[0-9]{1,9}")) {
            throw value.fault(what + " is '" + LocatedValue.shown(text)
                    + "', which is no replica; write topic-N@broker, as in orders-0@3");
        }
        int broker = Integer.parseInt(text.substring(at + 1));
        if (!brokers.contains(broker)) {
            throw value.fault(what + " is '" + LocatedValue.shown(text)
                    + "', which names a broker outside 'brokers'; add it there or name one of " + some());
        }
        return new ReplicaName(existing(value, anyPartition(value, text.substring(0, at), what)), broker);
    }

    /** A list of brokers of the cluster, each once; it may be empty. */
    Replicas replicas(LocatedValue value, String what) {
        List<Integer> ids = new ArrayList<>();
        for (LocatedValue item : value.list(what)) {
            int id = broker(item, "a broker of " + what);
            if (ids.contains(id)) {
                throw item.fault(what + " names broker " + id + " twice");
            }
            ids.add(id);
        }
        return new Replicas(ids);
    }

    /** Every replica of the topics of a group moved to the broker {@code by} places on. */
    SortedMap<TopicPartition, Optional<Replicas>> shifted(
            List<String> names, int by, Map<TopicPartition, Replicas> from) {
        SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>();
        for (String name : names) {
            for (Map.Entry<Integer, Replicas> entry :
                    topics.get(name).assigned().entrySet()) {
                TopicPartition partition = new TopicPartition(name, entry.getKey());
                Replicas before = from.getOrDefault(partition, entry.getValue());
                targets.put(
                        partition,
                        Optional.of(new Replicas(
                                before.ids().stream().map(id -> onwards(id, by)).toList())));
            }
        }
        return targets;
    }

    private int onwards(int broker, int by) {
        return brokers.get(Math.floorMod(brokers.indexOf(broker) + by, brokers.size()));
    }
}
