package org.reassign.plugin.kafkabrokers;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

    /** Connects to every broker and asks it, over a connection that is kept for the requests to come. */
    @Override
    public CompletionStage<Optional<String>> check(List<Broker> brokers) {
        List<CompletableFuture<Optional<String>>> reasons = brokers.stream()
                .map(broker -> io.submit(broker, new Inquiry(false))
                        .handle((facts, failure) -> Optional.ofNullable(failure).map(TakeoverGateway::sentence))
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(reasons.toArray(CompletableFuture[]::new))
                .thenApply(done -> reasons.stream()
                        .map(CompletableFuture::join)
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private static String sentence(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause.getMessage();
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
