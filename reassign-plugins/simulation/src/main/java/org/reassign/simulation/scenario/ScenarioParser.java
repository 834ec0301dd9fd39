package org.reassign.simulation.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.simulation.scenario.Scenario.BrokerPlan;
import org.reassign.simulation.scenario.Scenario.StepAt;

/** Reads scenarios, written in YAML or JSON. Whatever is wrong is a {@link ScenarioException} with file and line. */
public final class ScenarioParser {
    private static final String FORM = "it needs at least name, brokers and steps";

    private ScenarioParser() {}

    /** Reads a scenario from a file; files that it names are relative to it. */
    public static Scenario read(Path file) {
        return scenario(
                LocatedValue.read(file, FORM),
                Optional.ofNullable(file.getParent()).orElse(Path.of("")));
    }

    /** Reads a scenario from a text; {@code file} is its name in messages, {@code folder} that of files it names. */
    public static Scenario parse(String file, String text, Path folder) {
        return scenario(LocatedValue.parse(file, text, FORM), folder);
    }

    /** Reads the cluster of a scenario: its steps, which may be missing, and what it expects are not looked at. */
    public static Scenario readCluster(Path file) {
        return cluster(LocatedValue.read(file, "it needs at least name, brokers and topics"))
                .with(List.of(), Expectation.NONE);
    }

    private static Fields fields(LocatedValue root) {
        return root.fields(
                "a scenario", "name", "brokers", "topics", "minInSyncReplicas", "replication", "steps", "expect");
    }

    /** A cluster as read, and the names that its steps may use. */
    private record Cluster(Scenario scenario, ScenarioNames names) {
        Scenario with(List<StepAt> steps, Expectation expect) {
            return new Scenario(
                    scenario.file(),
                    scenario.name(),
                    scenario.brokers(),
                    scenario.topics(),
                    scenario.minInSyncReplicas(),
                    scenario.replication(),
                    steps,
                    expect);
        }
    }

    private static Cluster cluster(LocatedValue root) {
        Fields fields = fields(root);
        String name = fields.required("name").text("'name'");
        List<BrokerPlan> brokers = ClusterReader.brokers(fields.required("brokers"));
        ScenarioNames names = ClusterReader.topics(brokers, fields.required("topics"));
        int minInSync = fields.optional("minInSyncReplicas")
                .map(at -> ClusterReader.positive(at, "'minInSyncReplicas'"))
                .orElse(1);
        Optional<Scenario.Replication> replication =
                fields.optional("replication").map(ClusterReader::replication);
        Scenario scenario = new Scenario(
                root.file(), name, brokers, names.topics(), minInSync, replication, List.of(), Expectation.NONE);
        return new Cluster(scenario, names);
    }

    private static Scenario scenario(LocatedValue root, Path folder) {
        Cluster cluster = cluster(root);
        Fields fields = fields(root);
        ScenarioNames names = cluster.names();
        RequestReader requests = new RequestReader(names, folder);
        StepReader reader = new StepReader(names, requests);
        List<StepAt> steps = new ArrayList<>();
        List<LocatedValue> written = fields.required("steps").list("'steps'");
        List<Duration> patience = StepReader.patience(written);
        for (int i = 0; i < written.size(); i++) {
            LocatedValue step = written.get(i);
            steps.add(new StepAt(step.line(), reader.read(step, patience.get(i))));
        }
        Expectation expect =
                fields.optional("expect").map(at -> expectation(names, at)).orElse(Expectation.NONE);
        return cluster.with(steps, expect);
    }

    private static Expectation expectation(ScenarioNames names, LocatedValue value) {
        Fields fields = value.fields("'expect'", "replicas", "answers", "drops", "noLeftovers");
        return new Expectation(
                fields.optional("replicas").map(at -> replicas(names, at)).orElseGet(TreeMap::new),
                byPartition(fields, "answers", names::anyPartition, ScenarioParser::answers),
                byPartition(fields, "drops", names::partition, names::replicas),
                fields.optional("noLeftovers")
                        .map(at -> at.truth("'noLeftovers'"))
                        .orElse(false));
    }

    /** Partitions with their replicas, or a shift of whole topics from where they began. */
    private static SortedMap<TopicPartition, Replicas> replicas(ScenarioNames names, LocatedValue value) {
        boolean shift = value.entries("'replicas'").keySet().stream()
                .anyMatch(key -> key.text("").equals("topics"));
        if (!shift) {
            return byPartition(value, "replicas", names::partition, names::replicas);
        }
        SortedMap<TopicPartition, Replicas> shifted = new TreeMap<>();
        new RequestReader(names, Path.of(""))
                .shifted(value.fields("'replicas'", "topics", "shiftBy"))
                .forEach((partition, target) -> shifted.put(partition, target.orElseThrow()));
        return shifted;
    }

    private static <T> SortedMap<TopicPartition, T> byPartition(
            Fields fields,
            String key,
            BiFunction<LocatedValue, String, TopicPartition> partition,
            BiFunction<LocatedValue, String, T> value) {
        return fields.optional(key)
                .map(at -> byPartition(at, key, partition, value))
                .orElseGet(TreeMap::new);
    }

    private static <T> SortedMap<TopicPartition, T> byPartition(
            LocatedValue map,
            String name,
            BiFunction<LocatedValue, String, TopicPartition> partition,
            BiFunction<LocatedValue, String, T> value) {
        SortedMap<TopicPartition, T> read = new TreeMap<>();
        map.entries("'" + name + "'")
                .forEach((key, at) ->
                        read.put(partition.apply(key, "a partition in '" + name + "'"), value.apply(at, key.text(""))));
        return read;
    }

    private static List<Set<Answer.Outcome>> answers(LocatedValue value, String what) {
        return value.list(what).stream().map(ScenarioParser::answer).toList();
    }

    /** {@code completed}, or several that will do: {@code completed|refused}. */
    private static Set<Answer.Outcome> answer(LocatedValue value) {
        Set<Answer.Outcome> alternatives = EnumSet.noneOf(Answer.Outcome.class);
        for (String text : value.text("an answer").split("\\|", -1)) {
            alternatives.add(Arrays.stream(Answer.Outcome.values())
                    .filter(outcome -> RunReport.text(outcome).equals(text))
                    .findFirst()
                    .orElseThrow(() -> value.fault(
                            "'" + LocatedValue.shown(text) + "' is no answer; write completed, superseded, cancelled,"
                                    + " refused, unchanged or topic-deleted")));
        }
        return alternatives;
    }
}
