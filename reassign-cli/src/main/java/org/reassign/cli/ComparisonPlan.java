package org.reassign.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.reassign.core.lead.Plugins;
import org.reassign.core.plugin.PluginHost;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.ScenarioParser;

/**
 * The runs of a comparison: everything is read and made, and what cannot be is refused, before anything is run.
 *
 * @param host has the plugins
 * @param repeat how often each row is run
 * @param parallel how many run at once
 * @param rival whether the brokers' own controller has a row of each scenario
 * @param warnings takes what the user ought to know
 */
record ComparisonPlan(PluginHost host, int repeat, int parallel, boolean rival, Consumer<String> warnings) {
    /** The rows, each with its repetitions: those of a scenario, and then the one of the brokers' own controller. */
    List<List<PlannedRun>> rows(List<Combinations.Planned> planned) {
        Map<String, List<List<PlannedRun>>> byScenario = new LinkedHashMap<>();
        Map<String, Scenario> read = new LinkedHashMap<>();
        for (Combinations.Planned one : planned) {
            Scenario scenario = read.computeIfAbsent(one.scenario(), name -> ScenarioParser.read(Home.scenario(name)));
            byScenario
                    .computeIfAbsent(one.scenario(), name -> new ArrayList<>())
                    .add(row(scenario, one.choices(), false));
        }
        byScenario.values().stream().flatMap(List::stream).forEach(row -> refuseFaults(row.get(0)));
        if (rival) {
            addRivals(byScenario.values().stream().toList());
        }
        return byScenario.values().stream().flatMap(List::stream).toList();
    }

    private List<PlannedRun> row(Scenario scenario, ResolvedOptions choices, boolean byRival) {
        List<PlannedRun> runs = new ArrayList<>();
        for (int i = 0; i < repeat; i++) {
            runs.add(new PlannedRun(scenario, choices, plugins(choices), byRival));
        }
        return runs;
    }

    private Plugins plugins(ResolvedOptions choices) {
        ChosenPlugins chosen = new ChosenPlugins(host, choices);
        Plugins made = chosen.make();
        chosen.warnings().forEach(warnings);
        return made;
    }

    private void refuseFaults(PlannedRun run) {
        if (!run.isOnRealBrokers()) {
            return;
        }
        String gateway = "--gateway " + run.choices().value("gateway");
        if (parallel > 1) {
            throw new UsageException("--parallel is " + parallel + ", but the brokers of " + gateway
                    + " are processes that runs use one after another; leave --parallel out");
        }
        if (!run.choices().value("zookeeper").equals("embedded")) {
            throw new UsageException("--zookeeper is " + run.choices().value("zookeeper") + ", but the brokers of "
                    + gateway + " are started for the comparison, beside a ZooKeeper of their own; choose --zookeeper"
                    + " embedded");
        }
    }

    private void addRivals(List<List<List<PlannedRun>>> scenarios) {
        boolean found = false;
        for (List<List<PlannedRun>> rows : scenarios) {
            List<PlannedRun> like = rows.stream()
                    .filter(row -> row.get(0).isOnRealBrokers())
                    .findFirst()
                    .orElse(List.of());
            if (like.isEmpty()) {
                continue;
            }
            found = true;
            PlannedRun ours = like.get(0);
            RivalRun.refusal(ours.scenario())
                    .ifPresentOrElse(warnings, () -> rows.add(row(ours.scenario(), ours.choices(), true)));
        }
        if (!found) {
            throw new UsageException("--rival: no brokers that have a controller of their own are compared; choose"
                    + " --gateway takeover, alone or beside others");
        }
    }
}
