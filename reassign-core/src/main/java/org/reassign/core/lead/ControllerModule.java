package org.reassign.core.lead;

import com.google.inject.AbstractModule;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkSessions;

/**
 * Binds {@link ControllerFactory}. A program that embeds a controller installs this module and binds {@link
 * ZkSessions}, {@link Gateway}, {@link Plugins}, {@link ControllerSettings} and {@link Timers} itself. Each controller
 * takes two new instances of the timers: its clock and its one thread, and one whose thread watches over that.
 */
public final class ControllerModule extends AbstractModule {
    @Override
    protected void configure() {
        requireBinding(ZkSessions.class);
        requireBinding(Gateway.class);
        requireBinding(Plugins.class);
        requireBinding(ControllerSettings.class);
        requireBinding(Timers.class);
        bind(ControllerFactory.class);
    }
}
