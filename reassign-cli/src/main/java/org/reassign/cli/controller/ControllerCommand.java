package org.reassign.cli.controller;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.reassign.api.zk.ZkSessions;
import org.reassign.cli.ChosenPlugins;
import org.reassign.cli.ClusterOptions;
import org.reassign.cli.ExternalZooKeeper;
import org.reassign.cli.Home;
import org.reassign.cli.JsonOutput;
import org.reassign.cli.PluginOptions;
import org.reassign.cli.ResolvedOptions;
import org.reassign.cli.UsageException;
import org.reassign.cli.Version;
import org.reassign.cli.ZooKeeperAddress;
import org.reassign.core.lead.Plugins;
import org.reassign.core.plugin.PluginHost;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.ScenarioParser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code controller}. */
@Command(
        name = "controller",
        description =
                "Runs a controller until it is stopped. Several processes may run; one leads, the others stand by.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ControllerCommand implements Callable<Integer> {
    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration MOST_TIMEOUT = Duration.ofMinutes(10);

    @Option(
            names = "--cluster",
            paramLabel = "SCENARIO",
            description =
                    "With a gateway that runs brokers itself: the brokers and topics, as in a scenario, whose steps"
                            + " are ignored and may be missing. The process that leads runs them.")
    private String cluster;

    @Option(
            names = "--office",
            paramLabel = "while-busy|always|visits",
            description = "When the office is held that is taken over from Kafka's controller; the same as"
                    + " --set controller.office. visits: only for changes, with --storage-layout kip-455, while Kafka's"
                    + " controller waits and completes. Default: while-busy.")
    private String office;

    @Option(
            names = "--http",
            paramLabel = "[HOST:]PORT",
            description = "Shows /metrics and /health there; without HOST on the loopback address. Default: off.")
    private String http;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            description =
                    "How the log is written, which goes to stdout, or to stderr with --output json: as lines of text,"
                            + " or one JSON object a line. Default: text.")
    private String logFormat;

    @Option(
            names = "--session-timeout",
            paramLabel = "SECONDS",
            description = "After how long without contact ZooKeeper gives the office to another process. Default: 18.")
    private String sessionTimeout;

    @Mixin
    private ClusterOptions options;

    @Mixin
    private PluginOptions plugins;

    @Spec
    private CommandSpec spec;

    @Override
    @SuppressWarnings("try") // signals come on threads of the JVM
    public Integer call() {
        ProcessEnd end = new ProcessEnd();
        try (StopSignals unused = StopSignals.to(end)) {
            return run(end);
        } catch (RuntimeException early) {
            return end.interruptedStart().map(StopSignal::exitCode).orElseThrow(() -> early);
        }
    }

    private int run(ProcessEnd end) {
        ResolvedOptions choices = choices();
        ControllerLog log = log(choices);
        ZooKeeperAddress address = address(choices);
        Duration timeout = timeout(choices);
        Optional<InetSocketAddress> listen = given(choices, "http").map(HttpAddress::of);
        Optional<Scenario> brokers = given(choices, "cluster").map(ControllerCommand::cluster);
        try (PluginHost host = choices.openPlugins()) {
            ChosenPlugins chosen = new ChosenPlugins(host, choices);
            Plugins made = chosen.make();
            chosen.warnings().forEach(log::warning);
            ZkSessions sessions =
                    new ExternalZooKeeper(address, choices.zooKeeperAccess()).openExisting(made.watcher(), timeout);
            ControllerService.Ended ended =
                    new ControllerService(choices, made, sessions, brokers, listen, log, end).run();
            if (choices.json()) {
                JsonOutput.print(report(ended), spec.commandLine().getOut());
            }
            return ended.signal().exitCode();
        }
    }

    private ResolvedOptions choices() {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("cluster", cluster);
        own.put("office", office);
        own.put("http", http);
        own.put("log-format", logFormat);
        own.put("session-timeout", sessionTimeout);
        ResolvedOptions choices = ResolvedOptions.of(options, plugins, own);
        return given(choices, "office")
                .map(mode -> choices.withControllerSetting("office", mode))
                .orElse(choices);
    }

    private static Optional<String> given(ResolvedOptions choices, String option) {
        return Optional.ofNullable(choices.value(option));
    }

    private ControllerLog log(ResolvedOptions choices) {
        String format = given(choices, "log-format").orElse("text");
        if (!format.equals("text") && !format.equals("json")) {
            throw new UsageException("unknown --log-format '" + format + "'; available are text, json");
        }
        PrintWriter to = choices.json()
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
        return new ControllerLog(to, ControllerLog.Format.valueOf(format.toUpperCase(Locale.ROOT)));
    }

    private static ZooKeeperAddress address(ResolvedOptions choices) {
        String zookeeper = choices.value("zookeeper");
        if (zookeeper.equals("embedded") || zookeeper.equals("memory")) {
            throw new UsageException("a controller needs a ZooKeeper that other processes reach, too, and '" + zookeeper
                    + "' is in this process; say --zookeeper HOST:PORT[,HOST:PORT...][/chroot]");
        }
        return ZooKeeperAddress.of(zookeeper);
    }

    private static Duration timeout(ResolvedOptions choices) {
        String text = given(choices, "session-timeout").orElse("18");
        Duration timeout = text.matches("[0-9]{1,4}") ? Duration.ofSeconds(Long.parseLong(text)) : Duration.ZERO;
        if (timeout.compareTo(LEAST_TIMEOUT) < 0 || timeout.compareTo(MOST_TIMEOUT) > 0) {
            throw new UsageException("--session-timeout is '" + text + "'; it is a number of seconds from "
                    + LEAST_TIMEOUT.toSeconds() + " to " + MOST_TIMEOUT.toSeconds());
        }
        return timeout;
    }

    private static Scenario cluster(String name) {
        return ScenarioParser.readCluster(Home.scenario(name));
    }

    private static Map<String, Object> report(ControllerService.Ended ended) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("ended", "SIG" + ended.signal());
        report.put("role", ended.status().role().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        report.put("controllerEpoch", ended.status().epoch());
        report.put("terms", ended.status().terms());
        report.put("partitionsInFlight", ended.status().workload().inFlight());
        report.put("entriesWaiting", ended.status().workload().waiting());
        report.put("answers", ended.status().answers());
        return report;
    }
}
