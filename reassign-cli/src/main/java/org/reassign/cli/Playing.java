package org.reassign.cli;

import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.zk.ZkException;
import org.reassign.core.client.Requester;
import org.reassign.core.meter.Cost;
import org.reassign.core.run.Controller;
import org.reassign.core.run.ControllerSettings;
import org.reassign.core.run.Plugins;
import org.reassign.core.scenario.RunReport;
import org.reassign.core.scenario.Scenario;
import org.reassign.core.scenario.ScenarioException;
import org.reassign.core.scenario.ScenarioRunner;
import org.reassign.core.scenario.Stage;

/**
 * Plays a scenario in real time, with brokers and controllers of its own.
 *
 * @param choices what was chosen
 * @param plugins the chosen plugins, made for this run
 * @param useExisting whether topics that exist are taken as they are
 */
record Playing(Choices choices, Plugins plugins, boolean useExisting) {
    /** Plays it to its end on a ZooKeeper, which stays open; what a plugin throws ends it as the plugin's fault. */
    RunReport play(Scenario scenario, Backend backend, RunListener listener) {
        try {
            return played(scenario, backend, listener);
        } catch (ScenarioException | OutOfReachException | InterruptedRun known) {
            throw known;
        } catch (RuntimeException e) {
            throw new Culprit(plugins).of(e).orElseThrow(() -> e);
        } catch (LinkageError e) {
            throw new Culprit(plugins).of(e).orElseThrow(() -> e);
        }
    }

    private RunReport played(Scenario scenario, Backend backend, RunListener listener) {
        try (RealWorld world = new RealWorld(backend.sessions());
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

    private Stage stage(RealWorld world, BrokerGateway.Gateway gateway, Backend backend, RunListener listener) {
        ControllerSettings settings = choices.controller();
        return new Stage(
                plugins,
                gateway,
                heard -> new RealController(new Controller(
                        world.sessions(), gateway, plugins, settings, world.timers("controller"), heard)),
                (zk, channel, request) -> new Requester(zk, channel).submit(request),
                new Meter(world, backend),
                choices.settingsReported(),
                useExisting,
                listener,
                step -> listener.tell(Narration.of(step.step())));
    }

    /** What the sessions of this process cost. */
    private record Meter(RealWorld world, Backend backend) implements Stage.Meter {
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
