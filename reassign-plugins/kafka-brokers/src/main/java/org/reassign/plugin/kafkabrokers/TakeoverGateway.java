package org.reassign.plugin.kafkabrokers;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;

/** The gateway to the brokers of a cluster, over connections of its own. */
final class TakeoverGateway implements BrokerGateway.Gateway {
    private final TakeoverOptions options;
    private final Registrations registrations;
    private final IoThread io;

    /** Connects to nothing yet; {@code warnings} is told in a sentence each what of the cluster is left out. */
    TakeoverGateway(TakeoverOptions options, Consumer<String> warnings) {
        this.options = options;
        this.registrations = new Registrations(warnings);
        this.io = IoThread.start(options, registrations, Optional.of(new Inquiry(true)));
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
        return io.submit(to, new Command(request, options.maxRequestBytes(), registrations));
    }

    @Override
    public void close() {
        io.close();
    }
}
