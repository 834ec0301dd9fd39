package org.reassign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.TopicPartition;

class LiveViewTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void withoutATerminalEveryStepIsAPlainLine() {
        try (LiveView live = new LiveView(new PrintWriter(out), new PrintWriter(err), Optional.empty())) {
            live.tell("release all");
            live.step(new TopicPartition("orders", 0), "G1", "target [2,3]");
        }

        assertThat(out.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(" s  release all"),
                        line -> assertThat(line).endsWith(" s    orders-0     G1  target [2,3]"));
        assertThat(out.toString()).doesNotContain("\033");
    }

    @Test
    void aWarningIsOneLineOnStderr() {
        try (LiveView live = new LiveView(new PrintWriter(out), new PrintWriter(err), Optional.empty())) {
            live.warning("the policy said\n  no");
        }

        assertThat(err.toString()).isEqualTo("warning: the policy said no" + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aTerminalsSizeIsWhatSttyPrints() {
        assertThat(TerminalSize.Size.parse("30 100")).isEqualTo(new TerminalSize.Size(30, 100));
        assertThat(TerminalSize.Size.parse("30 5").columns()).isEqualTo(20);
    }

    @Test
    void aTerminalThatHasNoSizeIsTakenForAUsualOne() {
        assertThat(TerminalSize.Size.parse("0 0")).isEqualTo(new TerminalSize.Size(24, 80));
        assertThat(TerminalSize.Size.parse(null)).isEqualTo(new TerminalSize.Size(24, 80));
    }
}
