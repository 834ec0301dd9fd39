package org.reassign.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A few of all combinations, such that any two values that meet in one of all meet in one of the few. Most faults show
 * where two choices meet. The same combinations give the same few.
 */
final class Pairs {
    private Pairs() {}

    /** Two values, each with its place in a combination. */
    private record Pair(int first, Object one, int second, Object other) {}

    /** Takes, again and again, the first combination that has most pairs which none taken has. */
    static <T> List<List<T>> covering(List<List<T>> combinations) {
        Set<Pair> missing = new HashSet<>();
        combinations.forEach(combination -> missing.addAll(pairs(combination)));
        List<List<T>> few = new ArrayList<>();
        while (!missing.isEmpty()) {
            List<T> best = null;
            long most = 0;
            for (List<T> combination : combinations) {
                long adds =
                        pairs(combination).stream().filter(missing::contains).count();
                if (adds > most) {
                    most = adds;
                    best = combination;
                }
            }
            few.add(best);
            missing.removeAll(Set.copyOf(pairs(best)));
        }
        return few;
    }

    private static List<Pair> pairs(List<?> combination) {
        return IntStream.range(0, combination.size())
                .boxed()
                .flatMap(first -> IntStream.range(first + 1, combination.size())
                        .mapToObj(second -> new Pair(first, combination.get(first), second, combination.get(second))))
                .toList();
    }
}
