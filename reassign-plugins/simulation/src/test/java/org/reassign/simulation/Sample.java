package org.reassign.simulation;

import java.util.List;
import java.util.stream.IntStream;

/** What the ordinary build plays of many; with the profile {@code sweep} it is all. */
final class Sample {
    private static final boolean ALL = Boolean.getBoolean("reassign.sweep");

    private Sample() {}

    /** Every so many-th, from the given one on. */
    static <T> List<T> of(List<T> all, int stride, int first) {
        return ALL
                ? all
                : IntStream.range(0, all.size())
                        .filter(i -> i % stride == first)
                        .mapToObj(all::get)
                        .toList();
    }
}
