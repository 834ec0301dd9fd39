package org.reassign.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.Optional;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.core.lead.Plugins;
import org.reassign.simulation.scenario.RunEnvironment;

/** The chosen plugins, and the gateway that the chosen one opens for a site, unless brokers run there already. */
final class PluginsModule extends AbstractModule {
    private final Plugins plugins;
    private final BrokerGateway.Site site;
    private final Optional<BrokerGateway.LabGateway> brokers;

    PluginsModule(Plugins plugins, BrokerGateway.Site site, Optional<BrokerGateway.LabGateway> brokers) {
        this.plugins = plugins;
        this.site = site;
        this.brokers = brokers;
    }

    @Override
    protected void configure() {
        bind(Plugins.class).toInstance(plugins);
    }

    @Provides
    @Singleton
    BrokerGateway.Gateway gateway(RunEnvironment environment) {
        if (brokers.isPresent()) {
            return brokers.get();
        }
        return plugins.gateway()
                .plugin()
                .open(new BrokerGateway.Context(environment.sessions(), environment.timers("brokers"), site));
    }
}
