package org.reassign.simulation.faults;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.BrokerGateway.Office;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;

/** A controller's way to brokers: every request is an effect, and travels over a network that may be bad. */
record FaultyGateway(ControllerProcess process, Network network, Office office) implements Gateway {
    @Override
    public CompletionStage<Optional<String>> check(List<Broker> brokers) {
        return network.gateway().check(brokers);
    }

    @Override
    public CompletionStage<BrokerReply> send(Broker to, BrokerRequest request) {
        String what = request.getClass().getSimpleName() + " to " + to.id();
        return process.effect(what, false, () -> network.send(process, to, request));
    }

    @Override
    public void close() {
        // others use it, too
    }
}
