package org.reassign.cli.controller;

import com.google.inject.Guice;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkSessions;
import org.reassign.cli.Home;
import org.reassign.cli.OutOfReachException;
import org.reassign.cli.PluginBlame;
import org.reassign.cli.RealTimers;
import org.reassign.cli.ResolvedOptions;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerFactory;
import org.reassign.core.lead.ControllerModule;
import org.reassign.core.lead.Plugins;
import org.reassign.core.meter.MeteredSessions;
import org.reassign.simulation.scenario.Scenario;

/**
 * One process that runs a controller: put together here, started, and stopped in order.
 *
 * @param choices what was chosen
 * @param plugins the chosen plugins
 * @param sessions opens sessions with the ZooKeeper
 * @param cluster the brokers and topics that this process starts while it leads
 * @param http where metrics and health are shown
 * @param log the log
 * @param end what ends the process
 */
record ControllerService(
        ResolvedOptions choices,
        Plugins plugins,
        ZkSessions sessions,
        Optional<Scenario> cluster,
        Optional<InetSocketAddress> http,
        ControllerLog log,
        ProcessEnd end) {
    private static final String ACTOR = "controller";
    private static final int HAND_BACK_SECONDS = 10;

    /**
     * What is said of the process when it has ended.
     *
     * @param signal what has ended it
     * @param status what the controller had done
     */
    record Ended(StopSignal signal, ServiceStatus.Snapshot status) {}

    /** Runs until a signal ends it; what ends the controller otherwise is thrown. */
    Ended run() {
        try (RealTimers brokers = new RealTimers("brokers", end::failed)) {
            return run(brokers);
        } catch (RuntimeException e) {
            throw new PluginBlame(plugins)
                    .of(e)
                    .map(RuntimeException.class::cast)
                    .orElse(e);
        }
    }

    private Ended run(RealTimers brokers) {
        SessionWatch watched = new SessionWatch(sessions, ACTOR);
        MeteredSessions metered = new MeteredSessions(watched, plugins.placements());
        ServiceStatus status = new ServiceStatus();
        BrokerGateway.Site site =
                new BrokerGateway.Site(Optional.of(choices.value("zookeeper")), false, Home.cache(), log::info);
        try (OpenedGateway gateway = OpenedGateway.open(
                plugins.gateway(),
                new BrokerGateway.Context(metered, brokers, site),
                cluster.map(brokersToStart -> new ClusterStart(brokersToStart, sessions, log)),
                end)) {
            warnOfOffice(gateway.gateway());
            Controller controller = Guice.createInjector(
                            new ControllerModule(),
                            new ProcessModule(metered, gateway.gateway(), plugins, choices.controller(), end))
                    .getInstance(ControllerFactory.class)
                    .make(new ControllerEvents(log, status, gateway.office()));
            status.observe(controller::leads, watched::isConnected);
            Optional<HttpEndpoint> shown = http.map(address -> listen(address, status, metered));
            try {
                return lead(controller, status, gateway.office());
            } finally {
                shown.ifPresent(HttpEndpoint::close);
            }
        }
    }

    private void warnOfOffice(BrokerGateway.Gateway gateway) {
        boolean takesOver = gateway.office() == BrokerGateway.Office.TAKE_OVER;
        if (!takesOver && choices.value("office") != null) {
            log.warning(
                    "--office has no effect: the gateway '" + plugins.gateway().name()
                            + "' does not take an office over from Kafka's controller, so the controller leads all the time");
        }
    }

    private HttpEndpoint listen(InetSocketAddress address, ServiceStatus status, MeteredSessions metered) {
        HttpEndpoint endpoint = HttpEndpoint.open(address, status::now, new MetricsPage(() -> metered.cost(ACTOR)));
        log.info("shows http://" + endpoint.address() + "/metrics and /health");
        return endpoint;
    }

    private Ended lead(Controller controller, ServiceStatus status, ControllerEvents.Office office) {
        log.info("controller started at " + choices.value("zookeeper") + ": layout "
                + plugins.layout().name() + ", channels " + String.join(", ", choices.channels()) + ", gateway "
                + plugins.gateway().name() + ", pid " + ProcessHandle.current().pid());
        controller.start();
        StopSignal signal = signal(controller);
        log.info("SIG" + signal + ": ends the turn and hands the office back");
        ServiceStatus.Snapshot last = status.now();
        office.stopping();
        stop(controller, status);
        log.info("stopped");
        return new Ended(signal, last);
    }

    /** Waits for a signal; where something fails instead, the session ends at once, so that another controller may lead. */
    private StopSignal signal(Controller controller) {
        try {
            return end.await();
        } catch (RuntimeException e) {
            controller.kill();
            throw e;
        }
    }

    private static void stop(Controller controller, ServiceStatus status) {
        try {
            controller
                    .stop()
                    .toCompletableFuture()
                    .orTimeout(HAND_BACK_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            boolean held = status.isInOffice();
            controller.kill();
            if (held) {
                throw notHandedBack(e);
            }
        }
    }

    private static OutOfReachException notHandedBack(CompletionException failure) {
        String why = failure.getCause() instanceof ZkException
                ? failure.getCause().getMessage()
                : "the turn did not end within " + HAND_BACK_SECONDS + " s";
        return new OutOfReachException(
                "the office was not handed back (" + why
                        + "); another controller leads once the session of this one has expired",
                failure);
    }
}
