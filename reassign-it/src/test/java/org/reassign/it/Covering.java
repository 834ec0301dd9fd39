package org.reassign.it;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A few of all rows, such that any so many values that meet in one of all meet in one of the few. The same rows give the
 * same few; {@code -Pmatrix} plays all instead.
 */
final class Covering {
    private static final boolean WHOLE = Boolean.getBoolean("reassign.matrix");

    private Covering() {}

    /** The rows to play: all of them in the matrix, else a few in which any {@code strength} values meet. */
    static List<List<Object>> played(List<List<Object>> rows, int strength) {
        return WHOLE ? rows : of(rows, strength);
    }

    /** Takes, again and again, the first row that has most groups of values which none taken has. */
    static List<List<Object>> of(List<List<Object>> rows, int strength) {
        Map<List<Object>, Integer> numbers = new HashMap<>();
        List<int[]> groups = new ArrayList<>();
        rows.forEach(row -> groups.add(groups(row, strength).stream()
                .mapToInt(group -> numbers.computeIfAbsent(group, g -> numbers.size()))
                .toArray()));
        BitSet missing = new BitSet();
        missing.set(0, numbers.size());
        List<List<Object>> few = new ArrayList<>();
        while (!missing.isEmpty()) {
            int best = richest(groups, missing);
            few.add(rows.get(best));
            for (int group : groups.get(best)) {
                missing.clear(group);
            }
        }
        return few;
    }

    private static int richest(List<int[]> groups, BitSet missing) {
        int best = 0;
        int most = 0;
        for (int row = 0; row < groups.size(); row++) {
            int adds = 0;
            for (int group : groups.get(row)) {
                adds += missing.get(group) ? 1 : 0;
            }
            if (adds > most) {
                most = adds;
                best = row;
            }
        }
        return best;
    }

    /** Every choice of {@code strength} places with the values there. */
    private static List<List<Object>> groups(List<Object> row, int strength) {
        List<List<Object>> groups = List.of(List.of());
        for (int taken = 0; taken < strength; taken++) {
            List<List<Object>> longer = new ArrayList<>();
            for (List<Object> group : groups) {
                int from = group.isEmpty() ? 0 : (int) group.get(group.size() - 2) + 1;
                for (int place = from; place < row.size(); place++) {
                    List<Object> next = new ArrayList<>(group);
                    next.add(place);
                    next.add(row.get(place));
                    longer.add(next);
                }
            }
            groups = longer;
        }
        return groups;
    }
}
