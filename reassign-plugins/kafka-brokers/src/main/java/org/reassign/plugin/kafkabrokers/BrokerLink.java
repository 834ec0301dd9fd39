package org.reassign.plugin.kafkabrokers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.requests.AbstractRequest;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;

/**
 * One connection to one incarnation of a broker, and what is to be sent over it, in order. It begins with an
 * {@link Inquiry} where commands are sent, so that none is sent to a broker that cannot be commanded. Once it ends, so do all its exchanges:
 * what is sent later belongs to a new link. Used by the I/O thread alone.
 */
final class BrokerLink {
    private final Broker broker;
    private final Endpoint endpoint;
    private final Node node;
    private final KafkaNetwork network;
    private final long connectDeadline;
    private final Deque<Exchange<?>> queue = new ArrayDeque<>();
    private Optional<Peer> peer = Optional.empty();
    private boolean inquired;
    private Optional<GatewayException> refusal = Optional.empty();
    private Optional<Exchange<?>> current = Optional.empty();
    /** Whether the current exchange found the connection idle: then the broker may have been about to close it. */
    private boolean wasIdle;

    BrokerLink(
            Broker broker,
            Endpoint endpoint,
            KafkaNetwork network,
            Optional<Exchange<BrokerFacts>> inquiry,
            long connectDeadline) {
        this.broker = broker;
        this.endpoint = endpoint;
        this.network = network;
        this.node = new Node(broker.id(), endpoint.host(), endpoint.port());
        this.connectDeadline = connectDeadline;
        inquired = inquiry.isEmpty();
        inquiry.ifPresent(first -> {
            queue.add(first);
            first.result().whenComplete(this::know);
        });
    }

    private void know(BrokerFacts facts, Throwable failure) {
        if (failure instanceof GatewayException cause) {
            refusal = Optional.of(cause);
            return;
        }
        peer = peer.map(known -> known.knowing(facts));
        inquired = true;
    }

    Broker broker() {
        return broker;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    void add(Exchange<?> exchange) {
        wasIdle = connected() && inquired && queue.isEmpty() && current.isEmpty();
        queue.add(exchange);
    }

    /** Connects, and sends the next request where none is in flight. */
    void advance() {
        if (peer.isEmpty()) {
            if (!network.ready(node)) {
                return;
            }
            peer = Optional.of(new Peer(broker, endpoint, network.versions(node), BrokerFacts.NOT_ASKED));
        }
        while (current.isEmpty() && refusal.isEmpty() && !queue.isEmpty()) {
            begin(queue.remove());
        }
    }

    private void begin(Exchange<?> exchange) {
        try {
            long throttled = network.throttledMillis(node);
            if (throttled > 0) {
                throw GatewayException.passing(name() + " throttles this client for another " + throttled
                        + " ms; raise the request quota of its user or client.id, or ask less often");
            }
            exchange.begin(peer.orElseThrow());
            current = Optional.of(exchange);
            sendNext(exchange);
        } catch (GatewayException e) {
            current = Optional.empty();
            exchange.fail(e);
        } catch (RuntimeException | Error e) {
            current = Optional.empty();
            exchange.fail(GatewayException.lasting(name() + " cannot be sent a request: " + e, e));
        }
    }

    private void sendNext(Exchange<?> exchange) {
        Optional<AbstractRequest.Builder<?>> next = exchange.next();
        if (next.isPresent()) {
            network.send(node, next.get());
            return;
        }
        current = Optional.empty();
        exchange.complete(peer.orElseThrow());
    }

    /** The answer to the request in flight; answers of a connection that has ended carry none and mean nothing. */
    void answered(ClientResponse response) {
        if (current.isEmpty() || !response.hasResponse()) {
            return;
        }
        current.get().answered(response.responseBody());
        sendNext(current.get());
        advance();
    }

    /** The earliest moment at which something is to fail. */
    long deadline() {
        long earliest = peer.isEmpty() ? connectDeadline : Long.MAX_VALUE;
        for (Exchange<?> exchange : unfinished()) {
            earliest = Math.min(earliest, exchange.deadline());
        }
        return earliest;
    }

    private List<Exchange<?>> unfinished() {
        List<Exchange<?>> all = new ArrayList<>();
        current.ifPresent(all::add);
        all.addAll(queue);
        return all;
    }

    /**
     * What may be sent again over a new connection because this one has ended idle: the only exchange, which had no
     * answer yet, and whose broker refuses it should it have restarted since. The new connection is not idle before it, so
     * that this happens once.
     */
    Optional<Exchange<?>> toRepeat() {
        if (!wasIdle || !peer.orElseThrow().checksBrokerEpoch()) {
            return Optional.empty();
        }
        Optional<Exchange<?>> only = current.filter(exchange -> queue.isEmpty() && exchange.isUnanswered());
        if (only.isPresent()) {
            current = Optional.empty();
        }
        return only;
    }

    /** Closes the connection; nothing is in flight or queued any more. */
    void end(GatewayException cause) {
        List<Exchange<?>> all = unfinished();
        current = Optional.empty();
        queue.clear();
        try {
            network.forget(node);
        } finally {
            all.forEach(exchange -> exchange.fail(cause));
        }
    }

    /** Why the broker cannot be commanded; then the link is to be ended. */
    Optional<GatewayException> refusal() {
        return refusal;
    }

    /** Whether the broker has said that it can be commanded, or need not. */
    boolean inquired() {
        return inquired;
    }

    /** Whether requests can be sent over it. */
    boolean connected() {
        return peer.isPresent();
    }

    String name() {
        return Addresses.of(broker, endpoint);
    }
}
