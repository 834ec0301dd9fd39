package org.reassign.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.api.spi.Timers;

/** A turn that ends half way, whatever it throws, is the last. */
class LoopTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> happened = new ArrayList<>();
    private final Timers timers = new Timers() {
        @Override
        public long nowMillis() {
            return 0;
        }

        @Override
        public void run(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void after(Duration delay, Runnable task) {
            throw new AssertionError("nothing is delayed");
        }
    };

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
        Loop loop = new Loop(timers, () -> happened.add("turn"), why -> {}, () -> happened.add("failed"));
        loop.mark(() -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        });

        assertThatThrownBy(tasks.remove()::run).isSameAs(thrown);
        assertThat(happened).containsExactly("failed");
    }
}
