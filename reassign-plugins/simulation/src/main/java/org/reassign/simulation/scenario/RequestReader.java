package org.reassign.simulation.scenario;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * Reads what is asked for: partitions with replicas, a file in Kafka's format, or a shift of whole topics. A shift
 * counts from where the partitions were when the scenario last waited for the cluster to settle.
 */
final class RequestReader {
    private static final String FORM = "a reassignment file holds"
            + " {\"version\":1,\"partitions\":[{\"topic\":\"foo\",\"partition\":0,\"replicas\":[1,2]}]}";
    private static final long MOST_ENTRIES = 20_000_000;

    private final ScenarioNames names;
    private final Path folder;
    private final Map<TopicPartition, Replicas> settled = new HashMap<>();
    private final Map<TopicPartition, Replicas> asked = new HashMap<>();
    private long entries;

    RequestReader(ScenarioNames names, Path folder) {
        this.names = names;
        this.folder = folder;
    }

    /** What follows counts from the targets asked for so far. */
    void settled() {
        settled.putAll(asked);
        asked.clear();
    }

    /** What a {@code request} step asks for. */
    SortedMap<TopicPartition, Optional<Replicas>> targets(LocatedValue value) {
        SortedMap<TopicPartition, Optional<Replicas>> targets = read(value);
        if (targets.isEmpty()) {
            throw value.fault("'request' names no partition");
        }
        entries += targets.size();
        if (entries > MOST_ENTRIES) {
            throw value.fault(
                    "with this 'request' the steps ask for more than " + MOST_ENTRIES + " partitions; leave some out");
        }
        targets.forEach((partition, target) ->
                target.ifPresentOrElse(replicas -> asked.put(partition, replicas), () -> asked.remove(partition)));
        return targets;
    }

    private SortedMap<TopicPartition, Optional<Replicas>> read(LocatedValue value) {
        List<String> keys = value.entries("'request'").keySet().stream()
                .map(key -> key.text("a key of 'request'"))
                .toList();
        if (keys.contains("file")) {
            LocatedValue file = value.fields("'request'", "file").required("file");
            return kafkas(file);
        }
        if (keys.contains("topics") || keys.contains("shiftBy")) {
            return shift(value);
        }
        SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>();
        value.entries("'request'")
                .forEach((key, replicas) -> targets.put(
                        names.anyPartition(key, "a partition in 'request'"),
                        replicas.isNull()
                                ? Optional.empty()
                                : Optional.of(names.replicas(replicas, key.text("a partition")))));
        return targets;
    }

    /** {@code {topics: many, shiftBy: 2}} as targets. */
    private SortedMap<TopicPartition, Optional<Replicas>> shift(LocatedValue value) {
        Fields fields = value.fields("'request'", "topics", "shiftBy");
        return shifted(fields);
    }

    /** The targets of a shift. */
    SortedMap<TopicPartition, Optional<Replicas>> shifted(Fields fields) {
        LocatedValue topics = fields.required("topics");
        String group = topics.text("'topics'");
        if (!names.groups().containsKey(group)) {
            throw topics.fault("unknown topic '" + LocatedValue.shown(group) + "'; 'topics' gives "
                    + names.groups().keySet().stream().limit(20).collect(Collectors.joining(", ")));
        }
        int by = fields.required("shiftBy").integer("'shiftBy'");
        return names.shifted(names.groups().get(group), by, settled);
    }

    private SortedMap<TopicPartition, Optional<Replicas>> kafkas(LocatedValue file) {
        Path path = path(file);
        Fields top = LocatedValue.read(path, FORM).fields("a reassignment file", "version", "partitions");
        Optional<LocatedValue> version = top.optional("version");
        if (version.isPresent() && version.get().integer("'version'") != 1) {
            throw version.get().fault("'version' is not 1, the only one that is understood");
        }
        SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>();
        for (LocatedValue entry : top.required("partitions").list("'partitions'")) {
            Fields fields = entry.fields("a partition", "topic", "partition", "replicas", "log_dirs");
            String topic = names.topic(fields.required("topic"), "'topic'");
            LocatedValue number = fields.required("partition");
            if (number.integer("'partition'") < 0) {
                throw number.fault("'partition' is " + number.integer("'partition'") + "; it is at least 0");
            }
            TopicPartition partition = new TopicPartition(topic, number.integer("'partition'"));
            fields.optional("log_dirs").ifPresent(RequestReader::onlyAny);
            Replicas replicas = names.replicas(fields.required("replicas"), "'replicas' of " + partition);
            if (targets.put(partition, Optional.of(replicas)) != null) {
                throw entry.fault(partition + " is named twice");
            }
        }
        return targets;
    }

    private Path path(LocatedValue file) {
        String name = file.text("'file'");
        try {
            Path path = folder.resolve(name);
            if (Files.isRegularFile(path) && Files.isReadable(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw file.fault("'file' is '" + LocatedValue.shown(name) + "', which is no path; name a file");
        }
        throw file.fault(
                "'file' names " + LocatedValue.shown(folder.resolve(name).toString())
                        + ", which cannot be read; paths are relative to the scenario");
    }

    private static void onlyAny(LocatedValue logDirs) {
        for (LocatedValue item : logDirs.list("'log_dirs'")) {
            if (!item.text("'log_dirs'").equals("any")) {
                throw item.fault(
                        "'log_dirs' names '" + LocatedValue.shown(item.text("")) + "'; only 'any' is possible");
            }
        }
    }
}
