package org.reassign.simulation;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.simulation.Disturbance.Effect;

/** The controller's way to brokers: every request is an effect that may be disturbed, and is looked at when it is sent. */
record DisturbedGateway(Gateway gateway, Disturbance disturbance, Invariants invariants) implements Gateway {
    @Override
    public CompletionStage<Optional<String>> check(List<Broker> brokers) {
        return gateway.check(brokers);
    }

    @Override
    public BrokerGateway.Office office() {
        return gateway.office();
    }

    @Override
    public CompletionStage<BrokerReply> send(Broker to, BrokerRequest request) {
        String what = request.getClass().getSimpleName() + " to " + to.id();
        Effect effect = new Effect(what, OptionalInt.of(to.id()), () -> new IOException(what + ": the answer is lost"));
        return disturbance.effect(effect, () -> {
            invariants.sent(to.id(), request);
            return gateway.send(to, request).whenComplete((reply, failure) -> {
                if (reply != null) {
                    invariants.answered(to.id(), request, reply);
                }
            });
        });
    }

    @Override
    public void close() {
        gateway.close();
    }
}
