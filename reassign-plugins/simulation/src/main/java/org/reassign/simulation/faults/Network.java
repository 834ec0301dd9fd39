package org.reassign.simulation.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;

/**
 * The network between controllers and brokers. What one controller sends to one broker arrives in the order sent; it
 * may arrive late, never, or twice, and the answer may come late or never. A sender that has no answer for a second is
 * told that there is none.
 */
final class Network {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final ScheduledEvent.Network GOOD = new ScheduledEvent.Network(0, 0, 0, 0);

    private final SimulatedWorld world;
    private final Gateway gateway;
    private final SeededRandom draw;
    private final Map<String, Long> arrivals = new HashMap<>();
    private ScheduledEvent.Network weather = GOOD;
    private long badUntilMillis;

    Network(SimulatedWorld world, Gateway gateway, SeededRandom draw) {
        this.world = world;
        this.gateway = gateway;
        this.draw = draw;
    }

    Gateway gateway() {
        return gateway;
    }

    void turnsBad(ScheduledEvent.Network how) {
        weather = how;
        badUntilMillis = world.time().nowMillis() + how.millis();
    }

    void heals() {
        weather = GOOD;
    }

    CompletionStage<BrokerReply> send(ControllerProcess from, Broker to, BrokerRequest request) {
        world.sent(from, to.id(), request);
        ScheduledEvent.Network now = world.time().nowMillis() < badUntilMillis ? weather : GOOD;
        CompletableFuture<BrokerReply> answer = new CompletableFuture<>();
        if (draw.chance(now.lostPercent())) {
            fail(answer, to, TIMEOUT);
            return answer;
        }
        boolean loses = draw.chance(now.lostPercent());
        Duration back = Duration.ofMillis(draw.between(0, now.lateMillis()));
        arrive(
                from,
                to,
                now,
                () -> gateway.send(to, request).whenComplete((reply, failure) -> {
                    if (reply != null) {
                        world.answered(to, request, reply);
                    }
                    if (loses) {
                        fail(answer, to, TIMEOUT);
                    } else if (failure != null) {
                        answer.completeExceptionally(failure);
                    } else if (back.isZero()) {
                        answer.complete(reply);
                    } else {
                        world.time().after(back, () -> answer.complete(reply));
                    }
                }));
        if (draw.chance(now.twicePercent())) {
            arrive(
                    from,
                    to,
                    now,
                    () -> gateway.send(to, request).whenComplete((reply, failure) -> {
                        if (reply != null) {
                            world.answered(to, request, reply);
                        }
                    }));
        }
        return answer;
    }

    /** In the order sent, however late. */
    private void arrive(ControllerProcess from, Broker to, ScheduledEvent.Network now, Runnable delivery) {
        String line = from.number() + ">" + to.id();
        long nowMillis = world.time().nowMillis();
        long at = Math.max(nowMillis + draw.between(0, now.lateMillis()), arrivals.getOrDefault(line, 0L));
        if (at == nowMillis) {
            delivery.run();
            return;
        }
        arrivals.put(line, at);
        world.time().after(Duration.ofMillis(at - nowMillis), delivery);
    }

    private void fail(CompletableFuture<BrokerReply> answer, Broker to, Duration after) {
        world.time()
                .after(
                        after,
                        () -> answer.completeExceptionally(
                                new IOException("broker " + to.id() + " has not answered in time")));
    }
}
