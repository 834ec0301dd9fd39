package org.reassign.plugin.kafkabrokers;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.Lab;
import org.reassign.plugin.kafkabrokers.cluster.KafkaLab;

/** A gateway to brokers that its lab has started. */
record TakeoverOfLab(BrokerGateway.Gateway commanding, KafkaLab brokers) implements BrokerGateway.LabGateway {
    @Override
    public CompletionStage<Optional<String>> check(List<Broker> all) {
        return commanding.check(all);
    }

    @Override
    public BrokerGateway.Office office() {
        return commanding.office();
    }

    @Override
    public CompletionStage<BrokerReply> send(Broker to, BrokerRequest request) {
        return commanding.send(to, request);
    }

    @Override
    public Lab lab() {
        return brokers;
    }

    @Override
    public void close() {
        try (brokers) {
            commanding.close();
        }
    }
}
