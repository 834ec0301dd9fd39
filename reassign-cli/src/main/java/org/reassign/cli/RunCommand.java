package org.reassign.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.reassign.core.lead.Plugins;
import org.reassign.core.plugin.PluginHost;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.ScenarioParser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run SCENARIO}. */
@Command(
        name = "run",
        description = "Runs a scenario to its end and says its result and its cost.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RunCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SCENARIO",
            description = "A file, or the name of a bundled scenario such as interrupt.",
            completionCandidates = BundledScenarios.class)
    private String scenario;

    @Option(
            names = "--use-existing",
            description = "Take the scenario's topics as they are where they exist, instead of refusing.")
    private boolean useExisting;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private PluginOptions plugins;

    @Spec
    private CommandSpec spec;

    /** The bundled scenarios, for completion. */
    static final class BundledScenarios implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Home.scenarios().iterator();
        }
    }

    @Override
    public Integer call() {
        ResolvedOptions choices = ResolvedOptions.of(cluster, plugins);
        Path file = Home.scenario(scenario);
        Scenario read = ScenarioParser.read(file);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        RunReport report;
        try (PluginHost host = PluginHost.open(choices.pluginFolders())) {
            ChosenPlugins chosen = new ChosenPlugins(host, choices);
            Plugins made = chosen.make();
            chosen.warnings().forEach(sentence -> WarningsOnly.warn(err, sentence));
            report = choices.json()
                    ? play(read, made, choices, new WarningsOnly(err))
                    : live(read, made, choices, new LiveView(out, err, TerminalSize.ofThis()));
        }
        if (choices.json()) {
            JsonOutput.print(report, out);
        } else {
            new RunSummary(report, out).print();
        }
        report.faults().forEach(err::println);
        err.flush();
        return report.outcome() == RunReport.Outcome.SETTLED ? ExitCode.DONE : ExitCode.NOT_AS_ASKED;
    }

    private RunReport live(Scenario read, Plugins made, ResolvedOptions choices, LiveView live) {
        try (live) {
            return play(read, made, choices, live);
        }
    }

    private RunReport play(Scenario read, Plugins made, ResolvedOptions choices, RunListener listener) {
        try (Backend backend = Backend.open(choices.value("zookeeper"), made.watcher(), listener::warning)) {
            return new ScenarioExecution(choices, made, useExisting).play(read, backend, listener);
        }
    }
}
