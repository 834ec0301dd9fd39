package org.reassign.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.core.client.Requester;
import org.reassign.core.meter.Cost;
import org.reassign.core.meter.MeteredSessions;
import org.reassign.core.plugin.PluginHost;
import org.reassign.core.run.Controller;
import org.reassign.core.run.ControllerListener;
import org.reassign.core.run.ControllerSettings;
import org.reassign.core.run.Plugins;
import org.reassign.core.scenario.RunReport;
import org.reassign.core.scenario.Scenario;
import org.reassign.core.scenario.ScenarioParser;
import org.reassign.core.scenario.ScenarioRunner;
import org.reassign.core.scenario.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run}: plays a scenario to its end and reports. */
@Command(
        name = "run",
        description = "Runs a scenario to its end and reports what came of it and what it cost.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SCENARIO", description = "A scenario file, or a bundled one's name such as interrupt.")
    private String scenario;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private PluginOptions plugins;

    @Option(names = "--use-existing", description = "Take topics that exist already as they are.")
    private boolean useExisting;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Choices choices = Choices.of(cluster, plugins);
        Scenario played = ScenarioParser.read(Home.scenario(scenario));
        try (PluginHost host = PluginHost.open(choices.pluginFolders())) {
            ChosenPlugins chosen = new ChosenPlugins(host, choices);
            Plugins made = chosen.make();
            chosen.warnings().forEach(this::warn);
            RunReport report = run(played, choices, made);
            print(report, choices.json());
            report.faults().forEach(fault -> err().println(fault));
            err().flush();
            return report.outcome() == RunReport.Outcome.SETTLED ? ExitCode.DONE : ExitCode.NOT_AS_ASKED;
        }
    }

    private RunReport run(Scenario played, Choices choices, Plugins made) {
        try (OpenZooKeeper zooKeeper = OpenZooKeeper.open(choices.value("zookeeper"))) {
            MeteredSessions sessions = new MeteredSessions(zooKeeper.sessions());
            try (RealWorld world = new RealWorld(sessions);
                    Gateway gateway = made.gateway()
                            .plugin()
                            .open(new BrokerGateway.Context(sessions, world.timers("brokers")))) {
                gateway.check().ifPresent(problem -> {
                    throw new OutOfReachException(problem);
                });
                Progress progress = new Progress(choices.json() ? null : out(), this::warn);
                Stage stage = new Stage(
                        made,
                        gateway,
                        listener -> controller(world, gateway, made, choices, listener),
                        (zk, channel, request) -> new Requester(zk, channel).submit(request),
                        meter(sessions, zooKeeper.external()),
                        settings(choices),
                        useExisting,
                        progress,
                        progress::narrate);
                return new ScenarioRunner(played, world, stage).run();
            }
        }
    }

    private static Stage.PlayedController controller(
            RealWorld world, Gateway gateway, Plugins made, Choices choices, ControllerListener listener) {
        Controller controller = new Controller(
                world.sessions(),
                gateway,
                made,
                ControllerSettings.of(choices.writeMode()),
                world.timers("controller"),
                listener);
        return new Stage.PlayedController() {
            @Override
            public void start() {
                controller.start();
            }

            @Override
            public void kill() {
                controller.kill();
            }

            @Override
            public void close() {
                controller.close();
            }

            @Override
            public boolean leads() {
                return controller.leads();
            }

            @Override
            public boolean idle() {
                return controller.idle();
            }
        };
    }

    private static Stage.Meter meter(MeteredSessions sessions, boolean external) {
        return new Stage.Meter() {
            @Override
            public void reset() {
                sessions.reset();
            }

            @Override
            public Cost cost(String actor) {
                return external && actor.equals("brokers") ? null : sessions.cost(actor);
            }
        };
    }

    private static RunReport.Settings settings(Choices choices) {
        return new RunReport.Settings(
                choices.value("zookeeper"),
                choices.value("storage-layout"),
                choices.value("isr-watcher"),
                choices.value("drop-policy"),
                choices.value("conflict-policy"),
                choices.channels(),
                choices.value("gateway"),
                choices.writeMode().name().toLowerCase(Locale.ROOT));
    }

    private void print(RunReport report, boolean json) {
        if (json) {
            out().println(json(report));
        } else {
            new Summary(out()).print(report);
        }
        out().flush();
    }

    private static String json(RunReport report) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void warn(String sentence) {
        err().println("warning: " + sentence);
        err().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
