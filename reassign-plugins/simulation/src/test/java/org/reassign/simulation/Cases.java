package org.reassign.simulation;

import java.util.function.Consumer;

/**
 * Cases of bad input. How many says {@code -Dreassign.fuzz.cases}, a sample where it is absent and a million with {@code
 * -Pfuzz}; each test has a share. {@code -Dreassign.fuzz.seed} begins at another seed, so that a seed from a failure
 * message with {@code -Dreassign.fuzz.cases=1} plays that case alone.
 */
final class Cases {
    private static final int SAMPLE = 20_000;
    private static final int ALL = Integer.getInteger("reassign.fuzz.cases", SAMPLE);
    private static final long FIRST_SEED = Long.getLong("reassign.fuzz.seed", 236);

    private Cases() {}

    /** Checks this share of the cases. */
    static void each(int percent, Consumer<Draw> check) {
        long count = Math.max(1, (long) ALL * percent / 100);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + count; seed++) {
            one(seed, check);
        }
    }

    /** Errors of any kind are what is looked for: a stack that is too deep, a heap that is too small. */
    private static void one(long seed, Consumer<Draw> check) {
        Draw draw = new Draw(seed);
        try {
            check.accept(draw);
        } catch (Throwable escaped) {
            throw new AssertionError("seed " + seed + ", " + draw.shown(), escaped);
        }
    }
}
