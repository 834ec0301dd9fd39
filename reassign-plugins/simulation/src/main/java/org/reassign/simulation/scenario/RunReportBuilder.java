package org.reassign.simulation.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.reassign.api.model.Answer;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.simulation.scenario.RunReport.AnswerReport;
import org.reassign.simulation.scenario.RunReport.Outcome;
import org.reassign.simulation.scenario.RunReport.PartitionReport;

/** Looks at what a run has left behind, and compares it with what was expected. */
final class RunReportBuilder {
    private final Scenario scenario;
    private final RunSetup stage;
    private final ObservedCluster cluster;
    private final RunRecorder recorder;
    private final Waiting waiting;
    private final List<StepRunner.SubmittedEntry> given;

    RunReportBuilder(
            Scenario scenario,
            RunSetup stage,
            ObservedCluster cluster,
            RunRecorder recorder,
            Waiting waiting,
            List<StepRunner.SubmittedEntry> given) {
        this.scenario = scenario;
        this.stage = stage;
        this.cluster = cluster;
        this.recorder = recorder;
        this.waiting = waiting;
        this.given = given;
    }

    RunReport report(Optional<StepFailedException> unmet, RunReport.Costs cost, RunReport.Millis millis) {
        List<PartitionReport> partitions = partitions();
        SortedMap<TopicPartition, List<Answer.Outcome>> byPartition = new TreeMap<>();
        List<AnswerReport> answers = answers(byPartition);
        List<String> leftovers = unmet.isEmpty()
                ? List.of()
                : waiting.result(cluster.leftovers(scenario.topics().keySet()), "looking for leftovers");
        List<String> faults = new ArrayList<>();
        unmet.ifPresent(why -> faults.add(why.getMessage()));
        refusals(answers, faults);
        expectations(partitions, byPartition, leftovers, faults);
        Outcome outcome =
                unmet.map(StepFailedException::outcome).orElse(faults.isEmpty() ? Outcome.SETTLED : Outcome.FAILED);
        return new RunReport(
                scenario.name(),
                outcome,
                stage.settings(),
                partitions,
                answers,
                recorder.drops(),
                leftovers,
                cost,
                millis,
                faults);
    }

    private List<PartitionReport> partitions() {
        SortedSet<TopicPartition> named =
                new TreeSet<>(scenario.expect().replicas().keySet());
        given.forEach(entry -> named.add(entry.partition()));
        Map<String, SortedMap<Integer, Replicas>> assigned = new TreeMap<>();
        List<PartitionReport> reports = new ArrayList<>();
        for (TopicPartition partition : named) {
            Replicas replicas = assigned.computeIfAbsent(
                            partition.topic(), topic -> waiting.result(cluster.assigned(topic), "reading " + topic))
                    .getOrDefault(partition.partition(), Replicas.NONE);
            Optional<LeaderAndIsr> state =
                    waiting.result(cluster.state(partition), "reading the state of " + partition);
            reports.add(new PartitionReport(
                    partition.topic(),
                    partition.partition(),
                    replicas.ids(),
                    state.map(LeaderAndIsr::leader).orElse(LeaderAndIsr.NO_LEADER),
                    state.map(LeaderAndIsr::isr).orElse(Replicas.NONE).ids(),
                    Optional.ofNullable(scenario.expect().replicas().get(partition))
                            .map(Replicas::ids)
                            .orElse(null)));
        }
        return reports;
    }

    /** One answer per entry; the first that is not another entry's, since the legacy znode's name comes again. */
    private List<AnswerReport> answers(SortedMap<TopicPartition, List<Answer.Outcome>> byPartition) {
        List<Answer> all = recorder.answers();
        Set<Integer> taken = new HashSet<>();
        List<AnswerReport> reports = new ArrayList<>();
        for (StepRunner.SubmittedEntry entry : given) {
            Optional<Answer> answer = answer(entry, all, taken).or(() -> died(entry));
            answer.ifPresent(found -> {
                reports.add(new AnswerReport(
                        found.request(),
                        entry.channel(),
                        entry.partition().toString(),
                        RunReport.text(found.outcome()),
                        found.refusal().map(Refusal::code).map(RunReport::text).orElse(null),
                        found.refusal().map(Refusal::sentence).orElse(null)));
                byPartition
                        .computeIfAbsent(entry.partition(), partition -> new ArrayList<>())
                        .add(found.outcome());
            });
        }
        return reports;
    }

    private static Optional<Answer> answer(StepRunner.SubmittedEntry entry, List<Answer> all, Set<Integer> taken) {
        for (int i = entry.answersBefore(); i < all.size(); i++) {
            Answer answer = all.get(i);
            if (!entry.requests().contains(answer.request())) {
                continue;
            }
            if (answer.partition().equals(answer.request())) {
                return Optional.of(answer);
            }
            if (answer.partition().equals(entry.partition().toString()) && taken.add(i)) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    /** The answer died with a controller: the entry counts as completed unless its partition is still in flight. */
    private Optional<Answer> died(StepRunner.SubmittedEntry entry) {
        if (waiting.result(cluster.inFlight(entry.partition()), "reading the record of " + entry.partition())) {
            return Optional.empty();
        }
        return Optional.of(new Answer(
                entry.requests().get(0),
                Mechanism.REQUEST,
                entry.partition().toString(),
                Answer.Outcome.COMPLETED,
                Optional.empty()));
    }

    private void refusals(List<AnswerReport> answers, List<String> faults) {
        for (AnswerReport answer : answers) {
            boolean refused = answer.answer().equals(RunReport.text(Answer.Outcome.REFUSED));
            boolean expected = TopicPartition.parse(answer.partition())
                    .map(scenario.expect().answers()::get)
                    .filter(named -> named.stream().anyMatch(one -> one.contains(Answer.Outcome.REFUSED)))
                    .isPresent();
            if (refused && !expected) {
                faults.add(answer.request() + " was refused for " + answer.partition() + ": " + answer.reason());
            }
        }
    }

    private void expectations(
            List<PartitionReport> partitions,
            SortedMap<TopicPartition, List<Answer.Outcome>> answers,
            List<String> leftovers,
            List<String> faults) {
        partitions.stream()
                .filter(partition ->
                        partition.expected() != null && !partition.expected().equals(partition.replicas()))
                .forEach(partition -> faults.add(partition.topic() + "-" + partition.partition() + " has replicas "
                        + partition.replicas() + ", expected are " + partition.expected()));
        scenario.expect().answers().forEach((partition, expected) -> {
            List<Answer.Outcome> found = answers.getOrDefault(partition, List.of());
            if (!matches(found, expected)) {
                faults.add("the answers for " + partition + " are " + text(found) + ", expected are "
                        + expected.stream().map(one -> joined(one, "|")).collect(Collectors.joining(", ", "[", "]")));
            }
        });
        scenario.expect().drops().forEach((partition, expected) -> {
            Replicas found = Replicas.copyOf(recorder.drops().stream()
                    .filter(drop -> drop.partition().equals(partition.toString()))
                    .map(RunReport.DropReport::broker)
                    .toList());
            if (!found.sameBrokers(expected)) {
                faults.add(partition + " let go of " + found + " before completion, expected is " + expected);
            }
        });
        if (scenario.expect().noLeftovers() && !leftovers.isEmpty()) {
            faults.add("left over are " + String.join(", ", leftovers));
        }
    }

    private static boolean matches(List<Answer.Outcome> found, List<Set<Answer.Outcome>> expected) {
        return found.size() == expected.size()
                && IntStream.range(0, found.size())
                        .allMatch(i -> expected.get(i).contains(found.get(i)));
    }

    private static String text(List<Answer.Outcome> answers) {
        return "[" + joined(answers, ", ") + "]";
    }

    private static String joined(Collection<Answer.Outcome> answers, String between) {
        return answers.stream().map(RunReport::text).collect(Collectors.joining(between));
    }
}
