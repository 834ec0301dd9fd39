package org.reassign.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reassign.simulation.faults.Failure;
import org.reassign.simulation.faults.Outcome;
import org.reassign.simulation.faults.Seeds;

/** What came of many seeds, for people and for scripts. */
record SimulationSummary(Seeds.Summary played, long firstSeed, long nanos) {
    /** What is not as it should be, in a sentence; empty where all is. */
    Optional<String> fault() {
        return played.failed()
                .map(run ->
                        "seed " + run.trial().seed() + " fails: " + broke(run) + "; report it with what was printed");
    }

    private static String broke(Outcome run) {
        return run.failure().map(Failure::how).orElse("").lines().findFirst().orElse("");
    }

    void print(PrintWriter out) {
        played.shrunk().ifPresent(shrunk -> {
            out.println(played.failed().orElseThrow().trial());
            out.println();
            out.println("What it fails without is left out:");
            out.println(shrunk.trial());
            out.println();
            shrunk.lines().forEach(out::println);
            out.println(shrunk.failure().map(Failure::how).orElse("it does not fail any more"));
            out.println();
        });
        out.printf(
                "%d runs from seed %d, %d steps, %d events, %d events a second%n",
                played.runs(), firstSeed, played.steps(), played.events(), perSecond());
        played.faults().forEach((kind, count) -> out.printf("  %8d  %s%n", count, kind));
        out.flush();
    }

    private long perSecond() {
        return (long) (played.events() / Math.max(1e-9, nanos / 1e9));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("outcome", played.failed().isEmpty() ? "held" : "failed");
        json.put("firstSeed", firstSeed);
        json.put("runs", played.runs());
        json.put("steps", played.steps());
        json.put("events", played.events());
        json.put("eventsPerSecond", perSecond());
        json.put("faults", played.faults());
        json.put("failure", played.shrunk().map(SimulationSummary::failure).orElse(null));
        return json;
    }

    private static Map<String, Object> failure(Outcome shrunk) {
        Map<String, Object> failure = new LinkedHashMap<>();
        failure.put("seed", shrunk.trial().seed());
        failure.put("broke", shrunk.failure().map(Failure::how).orElse(""));
        failure.put("trial", shrunk.trial().toString().lines().toList());
        failure.put("transcript", List.copyOf(shrunk.lines()));
        return failure;
    }
}
