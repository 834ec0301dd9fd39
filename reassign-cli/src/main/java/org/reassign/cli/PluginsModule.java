package org.reassign.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.core.lead.Plugins;
import org.reassign.simulation.scenario.RunEnvironment;

/** The chosen plugins, and the gateway that the chosen one opens for a site. */
final class PluginsModule extends AbstractModule {
    private final Plugins plugins;
    private final BrokerGateway.Site site;

    PluginsModule(Plugins plugins, BrokerGateway.Site site) {
        this.plugins = plugins;
        this.site = site;
    }

    @Override
    protected void configure() {
        bind(Plugins.class).toInstance(plugins);
    }

    @Provides
    @Singleton
    BrokerGateway.Gateway gateway(RunEnvironment environment) {
        return plugins.gateway()
                .plugin()
                .open(new BrokerGateway.Context(environment.sessions(), environment.timers("brokers"), site));
    }
}
