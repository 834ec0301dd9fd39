package org.reassign.simulation;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.Lab;

/** The controller's way to brokers, every request of which is an effect that it may end at. */
record CrashingGateway(Gateway gateway, CrashPoint crash) implements Gateway {
    @Override
    public Optional<String> check() {
        return gateway.check();
    }

    @Override
    public CompletionStage<BrokerReply> send(Broker to, BrokerRequest request) {
        return crash.effect(request.getClass().getSimpleName() + " to " + to.id(), () -> gateway.send(to, request));
    }

    @Override
    public Optional<Lab> lab() {
        return gateway.lab();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
