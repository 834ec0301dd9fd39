package org.reassign.simulation.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.Answer;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.simulation.scenario.RunReport.AnswerReport;
import org.reassign.simulation.scenario.RunReport.Outcome;
import org.reassign.simulation.scenario.RunReport.PartitionReport;
import org.reassign.simulation.scenario.StepRunner.SubmittedEntry;

/** Reads what a run has left behind, and reports it with the answers of every entry. */
final class RunReportBuilder {
    private final Scenario scenario;
    private final RunSetup setup;
    private final ObservedCluster cluster;
    private final RunRecorder recorder;
    private final Waiting waiting;
    private final List<SubmittedEntry> given;
    /** Topic to its partitions in flight, as far as it was asked for. */
    private final Map<String, Set<TopicPartition>> inFlight = new HashMap<>();
    /** Request to whether its znode is still there, as far as it was asked for. */
    private final Map<String, Boolean> stored = new HashMap<>();

    RunReportBuilder(
            Scenario scenario,
            RunSetup setup,
            ObservedCluster cluster,
            RunRecorder recorder,
            Waiting waiting,
            List<SubmittedEntry> given) {
        this.scenario = scenario;
        this.setup = setup;
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
        ExpectationCheck check = new ExpectationCheck(scenario.expect(), faults::add);
        check.refusals(answers);
        check.partitions(partitions);
        check.answers(byPartition);
        check.drops(recorder.drops());
        check.leftovers(leftovers);
        Outcome outcome =
                unmet.map(StepFailedException::outcome).orElse(faults.isEmpty() ? Outcome.SETTLED : Outcome.FAILED);
        return new RunReport(
                scenario.name(),
                outcome,
                setup.settings(),
                partitions,
                answers,
                recorder.drops(),
                leftovers,
                cost,
                recorder.controller(),
                millis,
                faults);
    }

    private List<PartitionReport> partitions() {
        SortedSet<TopicPartition> named =
                new TreeSet<>(scenario.expect().replicas().keySet());
        given.forEach(entry -> named.add(entry.partition()));
        SortedSet<String> topics = new TreeSet<>();
        named.forEach(partition -> topics.add(partition.topic()));
        Map<String, SortedMap<Integer, Replicas>> assigned =
                waiting.inChunks(topics, cluster::assigned, "reading the topics");
        Map<TopicPartition, Optional<LeaderAndIsr>> states =
                waiting.inChunks(named, cluster::state, "reading the states of the partitions");
        return named.stream()
                .map(partition -> partition(
                        partition,
                        assigned.get(partition.topic()).getOrDefault(partition.partition(), Replicas.NONE),
                        states.get(partition)))
                .toList();
    }

    private PartitionReport partition(TopicPartition partition, Replicas replicas, Optional<LeaderAndIsr> state) {
        return new PartitionReport(
                partition.topic(),
                partition.partition(),
                replicas.ids(),
                state.map(LeaderAndIsr::leader).orElse(LeaderAndIsr.NO_LEADER),
                state.map(LeaderAndIsr::isr).orElse(Replicas.NONE).ids(),
                Optional.ofNullable(scenario.expect().replicas().get(partition))
                        .map(Replicas::ids)
                        .orElse(null));
    }

    /** One answer per entry; the first that is not another entry's, since the legacy znode's name comes again. */
    private List<AnswerReport> answers(SortedMap<TopicPartition, List<Answer.Outcome>> byPartition) {
        AnswerLog log = recorder.answers();
        Set<Integer> taken = new HashSet<>();
        List<AnswerReport> reports = new ArrayList<>();
        for (SubmittedEntry entry : given) {
            String name = entry.partition().toString();
            OptionalInt position = log.first(entry.requests(), name, entry.answersBefore(), i -> !taken.contains(i));
            position.ifPresent(taken::add); // an answer to a whole request goes to each of its entries all the same
            if (position.isEmpty() && isWaiting(entry)) {
                reports.add(new AnswerReport(
                        entry.requests().get(0), entry.channel(), name, RunReport.WAITING, null, null));
                continue;
            }
            Optional<Answer> answer = position.isPresent() ? Optional.of(log.get(position.getAsInt())) : lost(entry);
            answer.ifPresent(found -> {
                reports.add(report(entry, found));
                byPartition
                        .computeIfAbsent(entry.partition(), partition -> new ArrayList<>())
                        .add(found.outcome());
            });
        }
        return reports;
    }

    private static AnswerReport report(SubmittedEntry entry, Answer answer) {
        return new AnswerReport(
                answer.request(),
                entry.channel(),
                entry.partition().toString(),
                RunReport.text(answer.outcome()),
                answer.refusal().map(Refusal::code).map(RunReport::text).orElse(null),
                answer.refusal().map(Refusal::sentence).orElse(null));
    }

    /** Neither recorded nor answered, and a request that it may be in is still stored. */
    private boolean isWaiting(SubmittedEntry entry) {
        return !recorder.isRecorded(entry.requests(), entry.partition().toString())
                && entry.requests().stream()
                        .anyMatch(request -> stored.computeIfAbsent(
                                request, id -> waiting.result(cluster.isStored(id), "looking for " + id)));
    }

    /** The answer died with a controller: the entry counts as completed unless its partition is still in flight. */
    private Optional<Answer> lost(SubmittedEntry entry) {
        boolean stillInFlight = inFlight.computeIfAbsent(
                        entry.partition().topic(),
                        topic -> waiting.result(cluster.inFlight(topic), "reading the records of " + topic))
                .contains(entry.partition());
        if (stillInFlight) {
            return Optional.empty();
        }
        return Optional.of(new Answer(
                entry.requests().get(0),
                Mechanism.REQUEST,
                entry.partition().toString(),
                Answer.Outcome.COMPLETED,
                Optional.empty()));
    }
}
