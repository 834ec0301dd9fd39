package org.reassign.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
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

    @Option(
            names = "--keep",
            description = "On an existing ZooKeeper, leave the topics that the run has made, and all of theirs.")
    private boolean keep;

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
        Played played;
        try (PluginHost host = choices.openPlugins()) {
            ChosenPlugins chosen = new ChosenPlugins(host, choices);
            Plugins made = chosen.make();
            chosen.warnings().forEach(sentence -> WarningsOnly.warn(err, sentence));
            played = choices.json()
                    ? play(read, made, choices, new WarningsOnly(err))
                    : live(read, made, choices, new LiveView(out, err, TerminalSize.ofThis()));
        }
        Optional<Remains> remains = Optional.ofNullable(played.remains());
        if (choices.json()) {
            JsonOutput.print(played, out);
        } else {
            new RunSummary(played.report(), out).print();
            remains.ifPresent(left -> print(left, out));
        }
        played.report().faults().forEach(err::println);
        remains.ifPresent(left -> left.complaints().forEach(err::println));
        err.flush();
        boolean settled = played.report().outcome() == RunReport.Outcome.SETTLED;
        return settled && remains.filter(Remains::isAmiss).isEmpty() ? ExitCode.DONE : ExitCode.NOT_AS_ASKED;
    }

    private static void print(Remains remains, PrintWriter out) {
        out.println();
        out.println(Terminal.ansi().string("@|bold left at " + remains.zookeeper() + "|@"));
        remains.notes().forEach(sentence -> out.println("  " + sentence));
        out.flush();
    }

    private Played live(Scenario read, Plugins made, ResolvedOptions choices, LiveView live) {
        try (live) {
            return play(read, made, choices, live);
        }
    }

    private Played play(Scenario read, Plugins made, ResolvedOptions choices, RunListener listener) {
        try (Backend backend = Backend.open(
                choices.value("zookeeper"), choices.zooKeeperAccess(), made.watcher(), listener::warning)) {
            return new RunOnZooKeeper(new ScenarioExecution(choices, made, useExisting, false), keep)
                    .play(read, backend, listener);
        }
    }
}
