package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.reassign.core.lead.Plugins;
import org.reassign.core.store.WriteMode;
import org.reassign.simulation.Disturbance.Kind;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.RunReport.AnswerReport;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.Step;

/** One scenario, played once undisturbed and then once for each of its effects, disturbed there; all must end alike. */
record Sweep(Scenario scenario, Plugins plugins, Plugins successors, WriteMode mode) {
    private static final Set<Kind> KEEP_THE_SESSION =
            EnumSet.of(Kind.LOSE_BEFORE, Kind.LOSE_AFTER, Kind.CUT_AFTER, Kind.MEDDLE_BEFORE, Kind.ANSWER_LATE);

    static Sweep of(String scenario, Combination combination) {
        return of(scenario, combination.plugins(), combination.mode());
    }

    static Sweep of(String scenario, Plugins plugins, WriteMode mode) {
        return new Sweep(Scenarios.disturbed(scenario), plugins, plugins, mode);
    }

    void disturb(Kind kind) {
        disturb(kind, Duration.ZERO);
    }

    /** Disturbs every effect for so long; returns how many there were. */
    int disturb(Kind kind, Duration time) {
        Disturbance never = Disturbance.never();
        SimulatedRun.Result whole = new SimulatedRun(plugins, never).play(scenario, mode);
        assertThat(whole.report().faults()).as(String.join("\n", whole.steps())).isEmpty();
        assertThat(never.seen()).as("effects").isGreaterThan(30);
        List<Integer> effects = effects(kind, never);
        for (int effect : effects) {
            Disturbance disturbance = Disturbance.of(kind, effect, time);
            SimulatedRun.Result cut = new SimulatedRun(plugins, successors, disturbance).play(scenario, mode);
            assertThat(disturbance.disturbed()).as("effect " + effect).isPresent();
            String where = "effect " + effect + ", " + disturbance.disturbed().orElseThrow() + "\n"
                    + String.join("\n", cut.steps());
            endsAlike(where, whole, cut);
            if (KEEP_THE_SESSION.contains(kind)) {
                assertThat(cut.report().controller())
                        .as(where)
                        .isEqualTo(whole.report().controller());
            }
            if (kind == Kind.MEDDLE_BEFORE) {
                assertThat(answers(cut)).as(where).isEqualTo(answers(whole)); // nobody has died who would have answered
            }
        }
        return effects.size();
    }

    /** A crash before an effect is one after the effect before, unless something happens in between. */
    private static List<Integer> effects(Kind kind, Disturbance never) {
        if (kind == Kind.CRASH_BEFORE) {
            return never.firstOfEvents();
        }
        int count = kind.ofRequestsOnly() ? never.requests() : never.seen();
        return IntStream.range(0, count).boxed().toList();
    }

    private void endsAlike(String where, SimulatedRun.Result whole, SimulatedRun.Result cut) {
        assertThat(cut.report().faults()).as(where).isEmpty();
        assertThat(cut.report().leftovers()).as(where).isEmpty();
        assertThat(replicas(cut)).as(where).isEqualTo(replicas(whole));
        assertThat(cut.disks()).as(where).isEqualTo(whole.disks());
        assertThat(cut.rests()).as(where).isEqualTo(whole.rests());
        if (!deletesTopics()) {
            assertThat(cut.refusals()).as(where).isEqualTo(whole.refusals());
        }
        answeredAlike(where, whole.report().answers(), cut.report().answers());
    }

    /**
     * An answer may die with the controller that would have given it, and then counts as completed; or the entry is seen
     * again when AR is as it asks for, or its topic is gone.
     */
    private void answeredAlike(String where, List<AnswerReport> whole, List<AnswerReport> cut) {
        assertThat(cut).as(where).hasSameSizeAs(whole);
        for (int i = 0; i < whole.size(); i++) {
            String answer = whole.get(i).answer();
            String later = deletesTopics() ? "refused" : "unchanged";
            assertThat(cut.get(i).answer()).as(where + "\n" + cut.get(i)).isIn(answer, "completed", later);
        }
    }

    private static List<String> answers(SimulatedRun.Result result) {
        return result.report().answers().stream().map(AnswerReport::answer).toList();
    }

    private boolean deletesTopics() {
        return scenario.steps().stream().anyMatch(step -> step.step() instanceof Step.DeleteTopic);
    }

    private static List<List<Integer>> replicas(SimulatedRun.Result result) {
        return result.report().partitions().stream()
                .map(RunReport.PartitionReport::replicas)
                .toList();
    }
}
