package org.reassign.cli;

import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.zk.ZkException;
import org.reassign.core.client.Requester;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.Plugins;
import org.reassign.core.meter.Cost;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.RunSetup;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.ScenarioException;
import org.reassign.simulation.scenario.ScenarioRunner;

/**
 * Plays a scenario in real time, with brokers and controllers of its own.
 *
 * @param choices what was chosen
 * @param plugins the chosen plugins, made for this run
 * @param useExisting whether topics that exist are taken as they are
 */
record ScenarioExecution(ResolvedOptions choices, Plugins plugins, boolean useExisting) {
    /** Plays it to its end on a ZooKeeper, which stays open; what a plugin throws ends it as the plugin's fault. */
    RunReport play(Scenario scenario, Backend backend, RunListener listener) {
        try {
            return played(scenario, backend, listener);
        } catch (ScenarioException | OutOfReachException | InterruptedRun known) {
            throw known;
        } catch (RuntimeException e) {
            throw new PluginBlame(plugins).of(e).orElseThrow(() -> e);
        } catch (LinkageError e) {
            throw new PluginBlame(plugins).of(e).orElseThrow(() -> e);
        }
    }

    private RunReport played(Scenario scenario, Backend backend, RunListener listener) {
        try (RealTimeEnvironment world = new RealTimeEnvironment(backend.sessions(), plugins.placements());
                BrokerGateway.Gateway gateway = plugins.gateway()
                        .plugin()
                        .open(new BrokerGateway.Context(world.sessions(), world.timers("brokers")))) {
            gateway.check().ifPresent(sentence -> {
                throw new OutOfReachException(sentence);
            });
            return new ScenarioRunner(scenario, world, stage(world, gateway, backend, listener)).run();
        } catch (ZkException e) {
            throw new OutOfReachException(
                    "ZooKeeper at " + choices.value("zookeeper") + " did not do what was asked (" + e.getMessage()
                            + "); see that it runs and is writable, and try again",
                    e);
        }
    }

    private RunSetup stage(
            RealTimeEnvironment world, BrokerGateway.Gateway gateway, Backend backend, RunListener listener) {
        ControllerSettings settings = choices.controller();
        return new RunSetup(
                plugins,
                gateway,
                heard -> new RealController(new Controller(
                        world.sessions(), gateway, plugins, settings, world.timers("controller"), heard)),
                (zk, channel, request) -> new Requester(zk, channel).submit(request),
                new Meter(world, backend),
                choices.settingsReported(),
                useExisting,
                listener,
                step -> listener.tell(StepDescriber.of(step.step())));
    }

    /** What the sessions of this process cost. */
    private record Meter(RealTimeEnvironment world, Backend backend) implements RunSetup.Meter {
        @Override
        public void reset() {
            world.meter().reset();
        }

        @Override
        public Cost cost(String actor) {
            return actor.equals("brokers") && backend.external()
                    ? null
                    : world.meter().cost(actor);
        }
    }
}
