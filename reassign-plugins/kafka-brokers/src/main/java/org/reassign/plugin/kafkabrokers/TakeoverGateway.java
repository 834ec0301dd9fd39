package org.reassign.plugin.kafkabrokers;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;

/** The gateway to the brokers of a cluster, over connections of its own. */
final class TakeoverGateway implements BrokerGateway.Gateway {
    private final TakeoverOptions options;
    private final IoThread io;

    TakeoverGateway(TakeoverOptions options) {
        this.options = options;
        this.io = IoThread.start(options);
    }

    /**
     * Connects to every broker and asks it, over a connection that is kept for the requests to come. A reason is what lasts;
     * where there is none and a broker could not be asked, the stage fails.
     */
    @Override
    public CompletionStage<Optional<String>> check(List<Broker> brokers) {
        List<CompletableFuture<Optional<GatewayException>>> asked = brokers.stream()
                .map(broker -> io.submit(broker, new Inquiry(false))
                        .handle((facts, failure) -> Optional.ofNullable((GatewayException) failure))
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(done -> reason(asked.stream()
                        .map(CompletableFuture::join)
                        .flatMap(Optional::stream)
                        .toList()));
    }

    private static Optional<String> reason(List<GatewayException> failures) {
        Optional<String> lasting = failures.stream()
                .filter(GatewayException::isLasting)
                .findFirst()
                .map(GatewayException::getMessage);
        if (lasting.isEmpty() && !failures.isEmpty()) {
            throw failures.get(0);
        }
        return lasting;
    }

    @Override
    public BrokerGateway.Office office() {
        return BrokerGateway.Office.TAKE_OVER;
    }

    @Override
    public CompletionStage<BrokerReply> send(Broker to, BrokerRequest request) {
        return io.submit(to, new Command(request, options.maxRequestBytes()));
    }

    @Override
    public void close() {
        io.close();
    }
}
