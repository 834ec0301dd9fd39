package org.reassign.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.pf4j.ExtensionPoint;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.plugin.PluginHost;
import org.reassign.core.plugin.PluginKind;
import org.reassign.core.store.WriteMode;
import org.reassign.simulation.faults.Candidates;
import org.reassign.simulation.faults.Seeds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}. */
@Command(
        name = "simulate",
        description = "Draws clusters, requests and faults from seeds, runs them under virtual time with the real"
                + " controller, checks the invariants after every event, and that everything ends.",
        footer = {
            "",
            "The options that name plugins, and --write-mode, restrict what is drawn: a,b or all.",
            "A seed that fails is shrunk and printed, and the exit code is 1. To see it again: --seed S --seeds 1."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class SimulateCommand implements Callable<Integer> {
    @Option(names = "--seeds", paramLabel = "N", description = "How many runs. Default: 1000.")
    private long seeds = 1_000;

    @Option(names = "--seed", paramLabel = "S", description = "The first seed. Default: 0.")
    private long seed;

    @Option(names = "--storage-layout", paramLabel = "NAME[,NAME...]|all", description = "Default: all.")
    private String storageLayout = "all";

    @Option(names = "--isr-watcher", paramLabel = "NAME[,NAME...]|all", description = "Default: all.")
    private String isrWatcher = "all";

    @Option(
            names = "--drop-policy",
            paramLabel = "NAME[,NAME...]|all",
            description = "Default: all, and sometimes a faulty one.")
    private String dropPolicy = "all";

    @Option(
            names = "--conflict-policy",
            paramLabel = "NAME[,NAME...]|all",
            description = "Default: all, and sometimes a faulty one.")
    private String conflictPolicy = "all";

    @Option(
            names = "--request-channel",
            paramLabel = "NAME[,NAME...]|all",
            description = "Default: all; some of them are open in a run.")
    private String requestChannel = "all";

    @Option(names = "--write-mode", paramLabel = "single|pipelined|batched|all", description = "Default: all.")
    private String writeMode = "all";

    @Option(names = "--parallel", paramLabel = "N", description = "How many run at once. Default: one per processor.")
    private int parallel = Runtime.getRuntime().availableProcessors();

    @Mixin
    private PluginOptions plugins;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (seeds < 1 || parallel < 1) {
            throw new UsageException(
                    "--seeds is " + seeds + " and --parallel " + parallel + "; write numbers from 1 on");
        }
        PrintWriter out = spec.commandLine().getOut();
        ResolvedOptions choices =
                ResolvedOptions.given(new ClusterOptions(), plugins).checked("text", "json");
        SimulationSummary summary;
        try (PluginHost host = choices.openPlugins()) {
            candidates(host); // whatever is wrong with a choice is said before anything runs
            SimulationProgress progress = new SimulationProgress(out, seeds, !choices.json() && Terminal.isLive());
            long begin = System.nanoTime();
            Seeds.Summary played = new Seeds(() -> candidates(host), parallel, progress).play(seed, seeds);
            progress.end();
            summary = new SimulationSummary(played, seed, System.nanoTime() - begin);
        } catch (InterruptedException e) {
            throw new InterruptedRun(e);
        }
        if (choices.json()) {
            JsonOutput.print(summary.json(), out);
        } else {
            summary.print(out);
        }
        summary.fault().ifPresent(spec.commandLine().getErr()::println);
        return summary.fault().isEmpty() ? ExitCode.DONE : ExitCode.NOT_AS_ASKED;
    }

    private Candidates candidates(PluginHost host) {
        return new Candidates(
                made(host, PluginKind.STORAGE_LAYOUT, storageLayout),
                made(host, PluginKind.ISR_WATCHER, isrWatcher),
                made(host, PluginKind.DROP_POLICY, dropPolicy),
                made(host, PluginKind.CONFLICT_POLICY, conflictPolicy),
                made(host, PluginKind.REQUEST_CHANNEL, requestChannel),
                modes(),
                dropPolicy.equals("all") && conflictPolicy.equals("all"),
                host.choose(PluginKind.GATEWAY, "simulated", Map.of()));
    }

    private static synchronized <T extends ExtensionPoint> List<NamedPlugin<T>> made(
            PluginHost host, PluginKind<T> kind, String names) {
        List<NamedPlugin<T>> made = new ArrayList<>();
        values("--" + kind.text(), names, host.names(kind))
                .forEach(name -> made.add(host.choose(kind, name, Map.of())));
        return made;
    }

    private List<WriteMode> modes() {
        List<WriteMode> modes = new ArrayList<>();
        for (String name : values("--write-mode", writeMode, ResolvedOptions.writeModes())) {
            if (!ResolvedOptions.writeModes().contains(name)) {
                throw new UsageException("--write-mode '" + name + "' is none; write "
                        + String.join(", ", ResolvedOptions.writeModes()));
            }
            modes.add(WriteMode.valueOf(name.toUpperCase(Locale.ROOT)));
        }
        return modes;
    }

    private static Set<String> values(String option, String text, List<String> all) {
        Set<String> values = new LinkedHashSet<>();
        for (String value : text.split(",", -1)) {
            if (value.isBlank()) {
                throw new UsageException(
                        option + " '" + text + "' has an empty place; write a,b, or all: " + String.join(", ", all));
            }
            values.addAll(value.equals("all") ? all : List.of(value.strip()));
        }
        return values;
    }
}
