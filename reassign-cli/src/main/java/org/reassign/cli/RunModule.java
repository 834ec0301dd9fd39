package org.reassign.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.core.client.Requester;
import org.reassign.core.lead.ControllerFactory;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.Plugins;
import org.reassign.simulation.scenario.RunSetup;

/** What the command line says about one run. */
final class RunModule extends AbstractModule {
    private final ResolvedOptions choices;
    private final boolean useExisting;
    private final RunListener listener;

    RunModule(ResolvedOptions choices, boolean useExisting, RunListener listener) {
        this.choices = choices;
        this.useExisting = useExisting;
        this.listener = listener;
    }

    @Override
    protected void configure() {
        bind(ControllerSettings.class).toInstance(choices.controller());
    }

    @Provides
    RunSetup setup(
            Plugins plugins, BrokerGateway.Gateway gateway, ControllerFactory controllers, RunSetup.Meter meter) {
        return new RunSetup(
                plugins,
                gateway,
                heard -> new RealController(controllers.make(heard), heard),
                (zk, channel, request) -> new Requester(zk, channel).submit(request),
                meter,
                choices.settingsReported(plugins),
                useExisting,
                listener,
                step -> listener.tell(StepDescriber.of(step.step())));
    }
}
