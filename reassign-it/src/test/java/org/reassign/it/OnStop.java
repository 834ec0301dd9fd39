package org.reassign.it;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.Lab;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;

/** Simulated brokers, one of which does something else than the others when it is told to stop replicas. */
final class OnStop implements BrokerGateway {
    private final int broker;
    private final Reaction reaction;

    private OnStop(int broker, Reaction reaction) {
        this.broker = broker;
        this.reaction = reaction;
    }

    /** What comes of StopReplica. */
    private interface Reaction {
        CompletionStage<BrokerReply> to(StopReplica request);
    }

    /** A StopReplica on its way: to whom, by whom, and how often there was one before. */
    private record StopReplica(Context context, LabGateway brokers, Broker to, BrokerRequest request, int before) {
        CompletionStage<BrokerReply> pass() {
            return brokers.send(to, request);
        }

        CompletionStage<BrokerReply> pass(Duration late) {
            CompletableFuture<BrokerReply> reply = new CompletableFuture<>();
            context.timers()
                    .after(
                            late,
                            () -> pass().whenComplete((value, failure) -> {
                                if (failure == null) {
                                    reply.complete(value);
                                } else {
                                    reply.completeExceptionally(failure);
                                }
                            }));
            return reply;
        }

        CompletionStage<BrokerReply> die() {
            return brokers.lab()
                    .kill(to.id())
                    .thenCompose(done -> CompletableFuture.failedFuture(new IllegalStateException("it has died")));
        }
    }

    /** The broker dies the first time, and does not answer. */
    static BrokerGateway dies(int broker) {
        return new OnStop(broker, stop -> stop.before() == 0 ? stop.die() : stop.pass());
    }

    /** The broker is so late each time. */
    static BrokerGateway isLate(int broker, Duration late) {
        return new OnStop(broker, stop -> stop.pass(late));
    }

    @Override
    public LabGateway open(Context context) {
        return new Intercepting(context, new SimulatedBrokers().open(context));
    }

    private final class Intercepting implements LabGateway {
        private final Context context;
        private final LabGateway brokers;
        private int stops;

        Intercepting(Context context, LabGateway brokers) {
            this.context = context;
            this.brokers = brokers;
        }

        @Override
        public CompletionStage<BrokerReply> send(Broker to, BrokerRequest request) {
            if (to.id() != broker || !(request instanceof BrokerRequest.StopReplicaRequest)) {
                return brokers.send(to, request);
            }
            return reaction.to(new StopReplica(context, brokers, to, request, stops++));
        }

        @Override
        public CompletionStage<Optional<String>> check(List<Broker> all) {
            return brokers.check(all);
        }

        @Override
        public Lab lab() {
            return brokers.lab();
        }

        @Override
        public void close() {
            brokers.close();
        }
    }
}
