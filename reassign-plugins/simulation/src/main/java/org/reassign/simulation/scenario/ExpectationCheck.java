package org.reassign.simulation.scenario;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.simulation.scenario.RunReport.AnswerReport;
import org.reassign.simulation.scenario.RunReport.DropReport;
import org.reassign.simulation.scenario.RunReport.PartitionReport;

/**
 * Compares what a run has led to with what was expected.
 *
 * @param expected the scenario's expectation
 * @param faults takes one sentence for each thing that is not as expected
 */
record ExpectationCheck(Expectation expected, Consumer<String> faults) {

    /** Refusals that the expectation does not name. */
    void refusals(List<AnswerReport> answers) {
        for (AnswerReport answer : answers) {
            if (answer.answer().equals(RunReport.text(Answer.Outcome.REFUSED)) && !isExpected(answer)) {
                faults.accept(answer.request() + " was refused for " + answer.partition() + ": " + answer.reason());
            }
        }
    }

    private boolean isExpected(AnswerReport refused) {
        return TopicPartition.parse(refused.partition())
                .map(expected.answers()::get)
                .filter(named -> named.stream().anyMatch(one -> one.contains(Answer.Outcome.REFUSED)))
                .isPresent();
    }

    void partitions(List<PartitionReport> partitions) {
        for (PartitionReport partition : partitions) {
            if (partition.expected() != null && !partition.expected().equals(partition.replicas())) {
                faults.accept(partition.topic() + "-" + partition.partition() + " has replicas " + partition.replicas()
                        + ", expected are " + partition.expected());
            }
        }
    }

    void answers(SortedMap<TopicPartition, List<Answer.Outcome>> answers) {
        expected.answers().forEach((partition, allowed) -> {
            List<Answer.Outcome> found = answers.getOrDefault(partition, List.of());
            if (!matches(found, allowed)) {
                faults.accept("the answers for " + partition + " are [" + joined(found, ", ") + "], expected are "
                        + allowed.stream().map(one -> joined(one, "|")).collect(Collectors.joining(", ", "[", "]")));
            }
        });
    }

    void drops(List<DropReport> drops) {
        Map<String, Replicas> found = new HashMap<>();
        drops.forEach(drop -> found.merge(drop.partition(), Replicas.of(drop.broker()), Replicas::append));
        expected.drops().forEach((partition, allowed) -> {
            Replicas dropped = found.getOrDefault(partition.toString(), Replicas.NONE);
            if (!dropped.sameBrokers(allowed)) {
                faults.accept(partition + " dropped " + dropped + " before completion, expected is " + allowed);
            }
        });
    }

    void leftovers(List<String> paths) {
        if (expected.noLeftovers() && !paths.isEmpty()) {
            faults.accept("left over are " + String.join(", ", paths));
        }
    }

    private static boolean matches(List<Answer.Outcome> found, List<Set<Answer.Outcome>> allowed) {
        return found.size() == allowed.size()
                && IntStream.range(0, found.size()).allMatch(i -> allowed.get(i).contains(found.get(i)));
    }

    private static String joined(Collection<Answer.Outcome> answers, String between) {
        return answers.stream().map(RunReport::text).collect(Collectors.joining(between));
    }
}
