package org.reassign.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.reassign.cli.report.Comparison;
import org.reassign.cli.report.Csv;
import org.reassign.cli.report.Origin;
import org.reassign.cli.report.ReportFolder;
import org.reassign.core.plugin.PluginHost;
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
            description =
                    "How many run at once; times are comparable only with the default, 1, and real brokers allow no"
                            + " other.")
    private int parallel = 1;

    @Option(
            names = "--pairs",
            description = "Instead of every combination only as many as it takes that any two values meet.")
    private boolean pairs;

    @Option(
            names = "--rival",
            description =
                    "Also let Kafka's own controller do the same on the same brokers, with gateway 'kafka' in its row;"
                            + " needs real brokers, as --gateway takeover has.")
    private boolean rival;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Also write DIR/index.html, a page with tables and charts that needs no network, and beside"
                    + " it compare.json and compare.csv.")
    private Path report;

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
        ResolvedOptions asked = ResolvedOptions.given(cluster, plugins);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Comparison comparison;
        ReportFolder folder;
        try (PluginHost host = asked.openPlugins();
                ComparisonRunner comparing = new ComparisonRunner(parallel, err)) {
            Combinations combinations = new Combinations(asked, host);
            List<List<PlannedRun>> planned = new ComparisonPlan(host, repeat, parallel, rival, comparing::warn)
                    .rows(combinations.of(names(), pairs));
            Origin origin = origin(asked);
            folder = folder();
            comparison = Comparison.of(origin, comparing.run(planned));
        }
        switch (asked.value("output")) {
            case "json" -> JsonOutput.print(comparison, out);
            case "csv" -> Csv.print(comparison, out);
            default -> new ComparisonPrinter(comparison, out).print();
        }
        comparison.faults().forEach(err::println);
        boolean written = folder == null || write(comparison, folder, asked.value("output"));
        err.flush();
        return comparison.isSettled() && written ? ExitCode.DONE : ExitCode.NOT_AS_ASKED;
    }

    private ReportFolder folder() {
        try {
            return report == null ? null : ReportFolder.open(report);
        } catch (IOException e) {
            throw new UsageException("--report: " + e.getMessage() + "; name a folder that can be written", e);
        }
    }

    private boolean write(Comparison comparison, ReportFolder folder, String output) {
        try {
            Path page = folder.write(comparison);
            if (output.equals("text")) {
                PrintWriter out = spec.commandLine().getOut();
                out.println();
                out.println("  The report: " + page);
                out.flush();
            }
            return true;
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println("the report could not be written to " + report + " (" + e.getMessage()
                            + "); what was there before is still there, see that there is room and try again");
            return false;
        }
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

    private Origin origin(ResolvedOptions asked) {
        List<String> words = spec.root().commandLine().getParseResult().originalArgs();
        return new Origin(
                Stream.concat(Stream.of("reassign"), words.stream().map(CompareCommand::quoted))
                        .collect(Collectors.joining(" ")),
                new Version().getVersion()[0],
                OffsetDateTime.now(ZoneId.systemDefault())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString(),
                System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                repeat,
                parallel,
                pairs,
                asked.settings());
    }

    /** As a shell takes it for one word. */
    private static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
