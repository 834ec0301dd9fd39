package org.reassign.simulation.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.reassign.api.model.Answer;

/** Answers in the order in which they were given; finds those of one entry without a walk over all. */
final class AnswerLog {
    private final List<Answer> answers = new ArrayList<>();
    /** Positions by partition; of an answer to a whole request, by the request's id. */
    private final Map<String, List<Integer>> positions = new HashMap<>();

    void add(Answer answer) {
        positions.computeIfAbsent(answer.partition(), name -> new ArrayList<>()).add(answers.size());
        answers.add(answer);
    }

    AnswerLog copy() {
        AnswerLog copy = new AnswerLog();
        answers.forEach(copy::add);
        return copy;
    }

    int size() {
        return answers.size();
    }

    Answer get(int position) {
        return answers.get(position);
    }

    /**
     * The first answer to an entry.
     *
     * @param requests ids of the requests that the entry may be in
     * @param from the position to begin at
     * @param free whether an answer to the partition may be taken for this entry's; one to a whole request always may
     */
    OptionalInt first(Collection<String> requests, String partition, int from, IntPredicate free) {
        IntStream ofPartition = at(partition)
                .filter(i -> i >= from && requests.contains(answers.get(i).request()) && free.test(i));
        IntStream ofRequest = requests.stream()
                .flatMapToInt(request -> at(request)
                        .filter(i -> i >= from && answers.get(i).request().equals(request)));
        return Stream.of(ofPartition, ofRequest).flatMapToInt(s -> s).min();
    }

    private IntStream at(String name) {
        return positions.getOrDefault(name, List.of()).stream().mapToInt(Integer::intValue);
    }
}
