package org.reassign.plugin.simulatedbrokers;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.Timers;

/** The gateway to the brokers of one {@link Fleet}: whatever is called moves to the timers' thread. */
final class SimulatedGateway implements BrokerGateway.LabGateway {
    private final Timers timers;
    private final Fleet fleet;
    private final SimulatedLab lab;

    SimulatedGateway(BrokerGateway.Context context) {
        this.timers = context.timers();
        this.fleet = new Fleet(context.sessions(), timers);
        this.lab = new SimulatedLab(fleet, context.sessions());
    }

    /** Nothing ever stands in the way. */
    @Override
    public CompletionStage<Optional<String>> check(List<Broker> brokers) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /** A broker that does not run fails the stage after 50 ms; one that starts answers once it is registered. */
    @Override
    public CompletionStage<BrokerReply> send(Broker to, BrokerRequest request) {
        CompletableFuture<BrokerReply> reply = new CompletableFuture<>();
        timers.run(() -> fleet.deliver(to.id(), request, reply));
        return reply;
    }

    @Override
    public Lab lab() {
        return lab;
    }

    /** Takes effect by a task of the timers, so those must go on until it has run. */
    @Override
    public void close() {
        timers.run(() -> {
            fleet.close();
            lab.close();
        });
    }
}
