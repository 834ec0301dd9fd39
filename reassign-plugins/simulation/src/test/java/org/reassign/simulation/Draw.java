package org.reassign.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** What one case of bad input is drawn from; the same seed draws the same case. */
final class Draw {
    private final SplittableRandom random;
    private String shown = "";

    Draw(long seed) {
        random = new SplittableRandom(seed);
    }

    /** From 0 to less than the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    <T> T of(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    /** What a failure message shows of the case, beside its seed. */
    void shows(String what) {
        shown = what;
    }

    String shown() {
        return shown.length() <= 2_000 ? shown : shown.substring(0, 2_000) + "… (" + shown.length() + " characters)";
    }
}
