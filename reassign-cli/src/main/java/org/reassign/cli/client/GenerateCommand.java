package org.reassign.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.cli.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code generate}. */
@Command(
        name = "generate",
        description =
                "Proposes new replicas for all partitions of topics, placed as Kafka places those of a new topic; prints"
                        + " the current and the proposed assignment, and changes nothing.")
public final class GenerateCommand extends ClientCommand {
    private static final String FORM = "{\"version\":1,\"topics\":[{\"topic\":\"foo\"}]}";

    @Option(
            names = "--topics-to-move-json-file",
            required = true,
            paramLabel = "FILE",
            description = "The topics: " + FORM)
    private Path file;

    @Option(
            names = "--broker-list",
            required = true,
            split = ",",
            paramLabel = "ID",
            description = "The brokers to place replicas on, such as 0,1,2.")
    private List<Integer> brokers = new ArrayList<>();

    @Option(names = "--disable-rack-aware", description = "Do not look at the racks of the brokers.")
    private boolean disableRackAware;

    private List<String> topics = List.of();

    @Override
    void prepare() {
        topics = read();
    }

    @Override
    void perform(OpenClient open, CommandReport report) {
        SortedMap<String, SortedMap<Integer, Replicas>> found =
                open.result(open.client().assignments(topics));
        topics.stream().filter(topic -> !found.containsKey(topic)).findFirst().ifPresent(topic -> {
            throw new UsageException(file + ": there is no topic '" + topic + "'; name one that exists");
        });
        ReplicaPlacement placement = placement(open.result(open.client().brokers()));
        SortedMap<TopicPartition, Replicas> current = new TreeMap<>();
        SortedMap<TopicPartition, Replicas> proposed = new TreeMap<>();
        Random random = new Random();
        found.forEach((topic, assigned) -> {
            requireEnough(topic, assigned);
            assigned.forEach((number, replicas) -> current.put(new TopicPartition(topic, number), replicas));
            placement
                    .place(assigned, random.nextInt(brokers.size()), random.nextInt(brokers.size()))
                    .forEach((number, replicas) -> proposed.put(new TopicPartition(topic, number), replicas));
        });
        report.text("Current partition replica assignment");
        report.text(KafkaJson.assignment(current) + System.lineSeparator());
        report.text("Proposed partition reassignment configuration");
        report.text(KafkaJson.assignment(proposed).toString());
        report.document().set("current", KafkaJson.assignment(current));
        report.document().set("proposed", KafkaJson.assignment(proposed));
    }

    private List<String> read() {
        List<String> names = new ArrayList<>();
        for (JsonNode entry : KafkaJson.list(file, "topics", FORM)) {
            JsonNode topic = entry.path("topic");
            if (!topic.isTextual()) {
                throw new UsageException(
                        file + " has the entry " + KafkaJson.cut(entry) + ", which names no topic; write " + FORM);
            }
            if (names.contains(topic.asText())) {
                throw new UsageException(file + " names topic '" + topic.asText() + "' twice; name each topic once");
            }
            names.add(topic.asText());
        }
        return names;
    }

    private ReplicaPlacement placement(SortedMap<Integer, Broker> registered) {
        SortedMap<Integer, Optional<String>> racks = new TreeMap<>();
        for (int id : brokers) {
            if (!registered.containsKey(id)) {
                throw new UsageException("broker " + id
                        + " of --broker-list is not registered in /brokers/ids; start it or" + " leave it out");
            }
            if (racks.put(id, registered.get(id).rack()) != null) {
                throw new UsageException("--broker-list names broker " + id + " twice; name each broker once");
            }
        }
        if (disableRackAware || racks.values().stream().allMatch(Optional::isEmpty)) {
            return ReplicaPlacement.on(new ArrayList<>(racks.keySet()));
        }
        TreeSet<Integer> without = racks.keySet().stream()
                .filter(id -> racks.get(id).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!without.isEmpty()) {
            throw new UsageException("brokers " + without
                    + " have no rack, and others have one; set broker.rack on all, or" + " say --disable-rack-aware");
        }
        SortedMap<Integer, String> known = new TreeMap<>();
        racks.forEach((id, rack) -> known.put(id, rack.orElseThrow()));
        return ReplicaPlacement.across(known);
    }

    private void requireEnough(String topic, SortedMap<Integer, Replicas> assigned) {
        int factor = assigned.isEmpty() ? 0 : assigned.get(assigned.firstKey()).size();
        if (factor == 0 || factor > brokers.size()) {
            throw new UsageException("topic '" + topic + "' has " + factor + " replicas of its first partition, and"
                    + " --broker-list names " + brokers.size() + " brokers; name at least as many");
        }
    }
}
