package org.reassign.simulation.scenario;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.Plugins;
import org.reassign.core.meter.Cost;

/**
 * What a scenario is run with, beside its {@link RunEnvironment}. A simulation gives its own.
 *
 * @param plugins the chosen plugins
 * @param gateway the gateway, already open; the runner does not close it
 * @param controllers makes controllers; a {@code start} step makes a new one
 * @param requesters what submits requests
 * @param meter counts what ZooKeeper is asked
 * @param settings what the report says it was run with
 * @param useExisting whether topics that exist already are taken as they are, instead of being refused
 * @param listener hears what the controllers do, after the runner has
 * @param narrator is told each step before it is run, on the runner's thread
 */
public record RunSetup(
        Plugins plugins,
        BrokerGateway.Gateway gateway,
        Controllers controllers,
        Requesters requesters,
        Meter meter,
        RunReport.Settings settings,
        boolean useExisting,
        ControllerListener listener,
        Consumer<Scenario.StepAt> narrator) {

    /** Sets up and disturbs the brokers, if the gateway can. */
    Optional<Lab> lab() {
        return gateway instanceof BrokerGateway.LabGateway own ? Optional.of(own.lab()) : Optional.empty();
    }

    /** Makes controllers. */
    @FunctionalInterface
    public interface Controllers {
        /** A controller that is not started and that tells this listener what it does. */
        RunSetup.ControllerHandle make(ControllerListener listener);
    }

    /** What the runner needs of a controller; means what the controller's methods of these names mean. */
    public interface ControllerHandle {
        /** Campaigns; returns at once. */
        void start();

        /** Stops at once, as in a crash; returns at once. */
        void kill();

        /** Stops after the current turn. */
        void close();

        /** Whether it leads and recovery is done, or takes the office for the next request. */
        boolean leads();

        /** Whether it leads or would take the office for a request, and has nothing in flight and no effect outstanding. */
        boolean idle();
    }

    /** Submits requests. */
    @FunctionalInterface
    public interface Requesters {
        /** Submits a request through a channel; completes with the ids of the requests written. */
        CompletionStage<List<String>> submit(ZkPort zk, RequestChannel channel, ReassignmentRequest request);
    }

    /** Counts what ZooKeeper is asked. */
    public interface Meter {
        /** Sets all counts to zero. */
        void reset();

        /** The count of one actor so far; null where it cannot be counted. */
        Cost cost(String actor);
    }
}
