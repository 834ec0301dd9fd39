package org.reassign.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.zk.ZkException;
import org.reassign.core.lead.ControllerModule;
import org.reassign.core.lead.Plugins;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.RunSetup;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.ScenarioException;
import org.reassign.simulation.scenario.ScenarioRunner;
import org.reassign.simulation.scenario.SetUpFailedException;

/**
 * Runs a scenario in real time, with brokers and controllers of its own: the place where a run is put together.
 *
 * @param choices what was chosen
 * @param plugins the chosen plugins, made for this run
 * @param useExisting whether topics that exist are taken as they are
 * @param byRival whether the brokers' own controller is to do the work, of which the lab has one
 */
record ScenarioExecution(ResolvedOptions choices, Plugins plugins, boolean useExisting, boolean byRival) {
    /** Runs it to its end on a ZooKeeper, which stays open; what a plugin throws ends it as the plugin's fault. */
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

    @SuppressWarnings("try") // the gateway is a resource only so that it is closed; the set-up holds it
    private RunReport played(Scenario scenario, Backend backend, RunListener listener) {
        Injector injector = Guice.createInjector(
                new ZooKeeperModule(backend),
                new PluginsModule(plugins, site(backend, listener), backend.brokers()),
                new ControllerModule(),
                new RunModule(choices, useExisting, listener));
        try (RealTimeEnvironment environment = injector.getInstance(RealTimeEnvironment.class);
                BrokerGateway.Gateway gateway = injector.getInstance(BrokerGateway.Gateway.class)) {
            RunSetup setup = injector.getInstance(RunSetup.class);
            return byRival
                    ? new RivalRun(setup, backend).play(scenario, environment)
                    : new ScenarioRunner(scenario, environment, setup).run();
        } catch (SetUpFailedException e) {
            throw new OutOfReachException(e.getMessage(), e);
        } catch (ProvisionException e) {
            throw e.getCause() instanceof ZkException zk ? outOfReach(zk) : e;
        } catch (ZkException e) {
            throw outOfReach(e);
        }
    }

    private static BrokerGateway.Site site(Backend backend, RunListener listener) {
        return new BrokerGateway.Site(backend.address(), !backend.external(), Home.cache(), listener::note);
    }

    /** A failure of ZooKeeper in words. */
    OutOfReachException outOfReach(ZkException e) {
        InterruptedRun.throwIfInterrupted();
        if (e.code() == ZkException.Code.UNSUPPORTED) {
            return new OutOfReachException(
                    "a server of the ZooKeeper at " + choices.value("zookeeper") + " is too old (" + e.getMessage()
                            + "); bring all to 3.6 or later, or choose another --isr-watcher",
                    e);
        }
        return new OutOfReachException(
                "ZooKeeper at " + choices.value("zookeeper") + " failed a request (" + e.getMessage()
                        + "); check that it runs and is writable, and try again",
                e);
    }
}
