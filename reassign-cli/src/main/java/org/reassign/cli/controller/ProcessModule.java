package org.reassign.cli.controller;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkSessions;
import org.reassign.cli.RealTimers;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.Plugins;

/** What the core's {@code ControllerModule} asks for, for one controller in this process. */
final class ProcessModule extends AbstractModule {
    private final ZkSessions sessions;
    private final Gateway gateway;
    private final Plugins plugins;
    private final ControllerSettings settings;
    private final ProcessEnd end;

    ProcessModule(ZkSessions sessions, Gateway gateway, Plugins plugins, ControllerSettings settings, ProcessEnd end) {
        this.sessions = sessions;
        this.gateway = gateway;
        this.plugins = plugins;
        this.settings = settings;
        this.end = end;
    }

    @Override
    protected void configure() {
        bind(ZkSessions.class).toInstance(sessions);
        bind(Gateway.class).toInstance(gateway);
        bind(Plugins.class).toInstance(plugins);
        bind(ControllerSettings.class).toInstance(settings);
    }

    /** The controller's thread, and the one that watches over it; they end with the process. */
    @Provides
    Timers timers() {
        return new RealTimers("controller", end::failed);
    }
}
