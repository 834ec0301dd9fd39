package org.reassign.simulation;

import java.util.function.Supplier;

/** What must hold. */
interface Requirement {
    /** Ends the run, in the words of {@code otherwise}, where it does not hold. */
    void require(int invariant, boolean holds, Supplier<String> otherwise);
}
