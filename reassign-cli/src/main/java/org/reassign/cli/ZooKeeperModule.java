package org.reassign.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.lead.Plugins;
import org.reassign.core.meter.Cost;
import org.reassign.simulation.scenario.RunEnvironment;
import org.reassign.simulation.scenario.RunSetup;
import org.reassign.zk.EmbeddedZooKeeper;

/** Sessions with a ZooKeeper, which are counted, and the threads and clocks of the actors that use them. */
final class ZooKeeperModule extends AbstractModule {
    private final Backend backend;

    ZooKeeperModule(Backend backend) {
        this.backend = backend;
    }

    @Override
    protected void configure() {
        bind(RunEnvironment.class).to(RealTimeEnvironment.class);
    }

    @Provides
    @Singleton
    RealTimeEnvironment environment(Plugins plugins) {
        return new RealTimeEnvironment(backend.sessions(), plugins.placements());
    }

    @Provides
    ZkSessions sessions(RealTimeEnvironment environment) {
        return environment.sessions();
    }

    /** Of a controller; each has its own. */
    @Provides
    Timers timers(RealTimeEnvironment environment) {
        return environment.timers("controller");
    }

    @Provides
    RunSetup.Meter meter(RealTimeEnvironment environment) {
        return new RunSetup.Meter() {
            @Override
            public void reset() {
                environment.meter().reset();
                backend.server().ifPresent(EmbeddedZooKeeper::resetServerCosts);
            }

            @Override
            public Cost cost(String actor) {
                Cost own = environment.meter().cost(actor);
                return actor.equals("brokers") ? ofBrokers(own) : own;
            }
        };
    }

    /** Brokers are sessions of this process or of others; those are counted by a server that serves this run alone. */
    private Cost ofBrokers(Cost own) {
        boolean inOtherProcesses = backend.external() || backend.address().isPresent() && own.equals(Cost.NONE);
        if (!inOtherProcesses) {
            return own;
        }
        return backend.server().map(EmbeddedZooKeeper::serverCostOfOthers).orElse(null);
    }
}
