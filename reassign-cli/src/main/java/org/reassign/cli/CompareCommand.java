package org.reassign.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.reassign.core.plugin.PluginHost;
import org.reassign.core.scenario.RunReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code compare SCENARIO…}. */
@Command(
        name = "compare",
        description = "Runs scenarios over combinations of plugins and says what each combination costs.",
        footer = {
            "",
            "--zookeeper, --write-mode and the options that name plugins take several values, a,b, or all.",
            "For example: reassign compare interrupt --storage-layout all --drop-policy all"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CompareCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "SCENARIO",
            description = "Files, names of bundled scenarios, or all for every bundled one.",
            completionCandidates = RunCommand.BundledScenarios.class)
    private List<String> scenarios;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "How often each is run; shown are medians, with least and largest. Default: 1.")
    private int repeat = 1;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "How many run at once; times are comparable only with the default, 1.")
    private int parallel = 1;

    @Option(
            names = "--pairs",
            description = "Instead of every combination only as many as it takes that any two values meet.")
    private boolean pairs;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private PluginOptions plugins;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        atLeastOne("--repeat", repeat);
        atLeastOne("--parallel", parallel);
        Choices asked = Choices.given(cluster, plugins);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Comparison comparison;
        List<String> varied;
        try (PluginHost host = PluginHost.open(asked.pluginFolders());
                Comparing comparing = new Comparing(host, parallel, err)) {
            Combinations combinations = new Combinations(asked, host);
            varied = combinations.varied();
            List<Combinations.Planned> planned = combinations.of(names(), pairs);
            comparison = Comparison.of(comparing.run(planned, repeat), repeat);
        }
        switch (asked.value("output")) {
            case "json" -> Json.print(comparison, out);
            case "csv" -> new ComparisonPrinter(comparison, out).csv();
            default -> new ComparisonPrinter(comparison, out).table(varied);
        }
        comparison.runs().forEach(run -> tell(run, err));
        err.flush();
        return comparison.isSettled() ? ExitCode.DONE : ExitCode.NOT_AS_ASKED;
    }

    private static void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new UsageException(option + " is " + value + "; write a number from 1 on");
        }
    }

    private List<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (String name : scenarios) {
            names.addAll(name.equals("all") ? Home.scenarios() : List.of(name));
        }
        return new ArrayList<>(names);
    }

    private static void tell(RunReport run, PrintWriter err) {
        run.faults().forEach(fault -> err.println(run.scenario() + " with " + text(run.settings()) + ": " + fault));
    }

    static String text(RunReport.Settings settings) {
        return String.join(
                ", ",
                settings.zookeeper(),
                settings.storageLayout(),
                settings.isrWatcher(),
                settings.dropPolicy(),
                settings.conflictPolicy(),
                String.join("+", settings.requestChannels()),
                settings.gateway(),
                settings.writeMode());
    }
}
