package org.reassign.core.lead;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkSessions;

/** Makes controllers that share sessions, gateway, plugins and settings; see {@link ControllerModule}. */
public final class ControllerFactory {
    private final ZkSessions sessions;
    private final Gateway gateway;
    private final Plugins plugins;
    private final ControllerSettings settings;
    private final Provider<Timers> timers;

    @Inject
    ControllerFactory(
            ZkSessions sessions,
            Gateway gateway,
            Plugins plugins,
            ControllerSettings settings,
            Provider<Timers> timers) {
        this.sessions = sessions;
        this.gateway = gateway;
        this.plugins = plugins;
        this.settings = settings;
        this.timers = timers;
    }

    /** A controller that is not started, with timers of its own, and others that watch over it. */
    public Controller make(ControllerListener listener) {
        return new Controller(sessions, gateway, plugins, settings, timers.get(), listener).watchedBy(timers.get());
    }
}
