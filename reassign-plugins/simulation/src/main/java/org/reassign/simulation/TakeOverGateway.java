package org.reassign.simulation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.BrokerGateway.Office;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;

/** A gateway whose brokers obey its controller alone, so that it looks after the whole cluster while it leads. */
public record TakeOverGateway(Gateway gateway) implements Gateway {
    @Override
    public Office office() {
        return Office.TAKE_OVER;
    }

    @Override
    public CompletionStage<Optional<String>> check(List<Broker> brokers) {
        return gateway.check(brokers);
    }

    @Override
    public CompletionStage<BrokerReply> send(Broker to, BrokerRequest request) {
        return gateway.send(to, request);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
