package org.reassign.core.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A turn that ends half way, whatever it throws, is the last. */
class LoopTest {
    private final Later timers = new Later();
    private final List<String> happened = new ArrayList<>();

    static List<Throwable> whatMustNotHappen() {
        return List.of(
                new IllegalStateException("a vendor's mistake"),
                new NoClassDefFoundError("a vendor's mistake"),
                new AssertionError("a mistake of ours"),
                new StackOverflowError("a mistake of ours"));
    }

    @ParameterizedTest
    @MethodSource("whatMustNotHappen")
    void whatMustNotHappenEndsTheLoop(Throwable thrown) {
        Loop loop = new Loop(
                timers, () -> happened.add("turn"), why -> {}, () -> happened.add("failed"), Later.WATCHES_NOTHING);
        loop.mark(() -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        });

        assertThatThrownBy(timers.tasks.remove()::run).isSameAs(thrown);
        assertThat(happened).containsExactly("failed");
        assertThat(timers.tasks).isEmpty();
    }
}
