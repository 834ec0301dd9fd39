package org.reassign.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.BrokerGateway.Office;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;

/** A gateway whose brokers have a controller of their own; it notes what it is asked. */
final class TakingOver implements Gateway {
    final List<List<Integer>> checked = new ArrayList<>();
    final List<String> sent = new ArrayList<>();
    Function<List<Broker>, CompletionStage<Optional<String>>> check =
            brokers -> CompletableFuture.completedFuture(Optional.empty());
    Function<BrokerRequest, Optional<CompletionStage<BrokerReply>>> instead = request -> Optional.empty();
    private final Gateway gateway;

    TakingOver(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Office office() {
        return Office.TAKE_OVER;
    }

    @Override
    public CompletionStage<Optional<String>> check(List<Broker> brokers) {
        checked.add(brokers.stream().map(Broker::id).toList());
        return check.apply(brokers);
    }

    @Override
    public CompletionStage<BrokerReply> send(Broker to, BrokerRequest request) {
        sent.add(request.getClass().getSimpleName() + " at " + request.header().controllerEpoch() + " to " + to.id());
        return instead.apply(request).orElseGet(() -> gateway.send(to, request));
    }

    @Override
    public void close() {
        gateway.close();
    }
}
