package org.reassign.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Consumer;
import org.reassign.api.model.Answer;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.run.ControllerListener;
import org.reassign.core.scenario.Scenario.StepAt;

/** Prints what happens, a line each, while a scenario is played; nothing where no writer is given. */
final class Progress implements ControllerListener {
    private final Optional<PrintWriter> out;
    private final Consumer<String> warnings;
    private final long begin = System.nanoTime();

    Progress(PrintWriter out, Consumer<String> warnings) {
        this.out = Optional.ofNullable(out);
        this.warnings = warnings;
    }

    void narrate(StepAt step) {
        line("line " + step.line() + ": "
                + step.step().getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public void leads(int controllerEpoch) {
        line("controller leads at epoch " + controllerEpoch);
    }

    @Override
    public void stopped(String why) {
        line("controller stopped: " + why);
    }

    @Override
    public void step(TopicPartition partition, String label, String text) {
        line("  " + partition + "  " + label + "  " + text);
    }

    @Override
    public void answered(Answer answer) {
        line("  " + answer.partition() + "  S6  " + answer.request() + " "
                + answer.outcome().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    }

    @Override
    public void warning(String sentence) {
        warnings.accept(sentence);
    }

    private void line(String text) {
        out.ifPresent(to -> {
            to.printf("%6.2f s  %s%n", (System.nanoTime() - begin) / 1e9, text);
            to.flush();
        });
    }
}
