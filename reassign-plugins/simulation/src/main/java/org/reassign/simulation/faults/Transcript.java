package org.reassign.simulation.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What happened in a run: faults are counted, lines kept only where somebody wants to read them. */
final class Transcript {
    private final boolean kept;
    private final List<String> lines = new ArrayList<>();
    private final SortedMap<String, Long> faults = new TreeMap<>();
    private long beginMillis = -1;
    private long steps;

    Transcript(boolean kept) {
        this.kept = kept;
    }

    boolean isKept() {
        return kept;
    }

    void begins(long nowMillis) {
        beginMillis = nowMillis;
        lines.clear();
    }

    void line(long nowMillis, String text) {
        if (kept) {
            lines.add(Math.max(0, nowMillis - beginMillis) + " ms  " + text);
        }
    }

    void fault(ScheduledEvent.Deed deed) {
        if (deed.isFault()) {
            fault(deed.kind());
        }
    }

    void fault(String kind) {
        faults.merge(kind, 1L, Long::sum);
    }

    void step() {
        steps++;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    SortedMap<String, Long> faults() {
        return faults;
    }

    long steps() {
        return steps;
    }
}
