package org.reassign.plugin.kafkabrokers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.ClientResponse;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;

/**
 * The links to all brokers, at most one to each. A link belongs to one registration: a broker epoch that is higher ends
 * it, and one that is lower is not sent. Used by the I/O thread alone.
 */
final class BrokerLinks {
    private static final long WITHOUT_DEADLINE_MS = 60_000;

    private final TakeoverOptions options;
    private final KafkaNetwork network;
    private final Registrations registrations;
    private final Optional<Inquiry> inquiry;
    private final Map<Integer, BrokerLink> links = new HashMap<>();
    private final Map<Integer, Long> newestEpochs = new HashMap<>();

    /** Each link begins with this inquiry, if there is one. */
    BrokerLinks(TakeoverOptions options, KafkaNetwork network, Registrations registrations, Optional<Inquiry> inquiry) {
        this.inquiry = inquiry;
        this.options = options;
        this.network = network;
        this.registrations = registrations;
    }

    /** Queues an exchange behind those for the same broker, or fails it. */
    void add(Broker broker, Exchange<?> exchange) {
        try {
            link(broker).add(exchange);
        } catch (GatewayException e) {
            exchange.fail(e);
        } catch (RuntimeException | Error e) {
            exchange.fail(GatewayException.lasting("broker " + broker.id() + " cannot be commanded: " + e, e));
            throw e;
        }
    }

    private BrokerLink link(Broker broker) {
        long newest = newestEpochs.merge(broker.id(), broker.epoch(), Math::max);
        if (broker.epoch() < newest) {
            throw GatewayException.passing("broker " + broker.id() + " has registered again as of epoch " + newest
                    + ", so that nothing is sent to its registration of epoch " + broker.epoch()
                    + "; command it as registered now");
        }
        Endpoint endpoint = Addresses.commanded(broker, options, registrations);
        BrokerLink link = links.get(broker.id());
        if (link != null
                && link.broker().epoch() == broker.epoch()
                && link.endpoint().equals(endpoint)) {
            return link;
        }
        if (link != null) {
            end(
                    link,
                    link.name() + " has registered again or changed its address;"
                            + " what was not answered is dropped, command it as registered now");
        }
        return open(broker, endpoint);
    }

    private BrokerLink open(Broker broker, Endpoint endpoint) {
        long now = KafkaNetwork.now();
        BrokerLink link = new BrokerLink(
                broker,
                endpoint,
                network,
                inquiry.map(content ->
                        new Exchange<>(content, now + options.requestTimeout().toMillis())),
                now + options.connectTimeout().toMillis());
        links.put(broker.id(), link);
        return link;
    }

    /** Sends, waits for what comes, and ends what is refused or late. */
    void turn() {
        links.values().forEach(BrokerLink::advance);
        endLost();
        for (ClientResponse answer : network.poll(patience())) {
            Optional.ofNullable(links.get(Integer.parseInt(answer.destination())))
                    .ifPresent(link -> link.answered(answer));
        }
        endLost();
        endLate();
    }

    /** Also before it is waited: a connection may end while it begins, and a broker be refused before it is asked. */
    private void endLost() {
        network.takeLost().forEach(this::lost);
        for (BrokerLink link : List.copyOf(links.values())) {
            link.refusal().ifPresent(cause -> end(link, cause));
        }
    }

    private void endLate() {
        long now = KafkaNetwork.now();
        for (BrokerLink link : List.copyOf(links.values())) {
            if (link.deadline() <= now) {
                end(link, late(link));
            }
        }
    }

    private long patience() {
        long now = KafkaNetwork.now();
        return links.values().stream()
                .mapToLong(link -> Math.max(0, link.deadline() - now))
                .reduce(WITHOUT_DEADLINE_MS, Math::min);
    }

    private void lost(KafkaNetwork.Lost lost) {
        BrokerLink link = links.get(lost.broker());
        if (link == null) {
            return;
        }
        Optional<Exchange<?>> again = link.toRepeat();
        end(link, cause(link, lost));
        again.ifPresent(exchange -> open(link.broker(), link.endpoint()).add(exchange));
    }

    private GatewayException cause(BrokerLink link, KafkaNetwork.Lost lost) {
        if (lost.reason().isPresent()) {
            return GatewayException.lasting(
                    link.name() + " does not authenticate this client: "
                            + lost.reason().get().getMessage()
                            + "; correct security.protocol, ssl.* or sasl.*"
                            + " in the file that takeover.command-config names",
                    lost.reason().get());
        }
        if (link.connected() && link.inquired()) {
            return GatewayException.passing(link.name() + " closed the connection before it answered;"
                    + " its log says why, unless it has just stopped");
        }
        return GatewayException.passing(link.name()
                + " cannot be reached: the connection is refused, or closed before a request was answered;"
                + " start the broker, and check that its host can be resolved and that this listener speaks "
                + options.securityProtocol());
    }

    private String late(BrokerLink link) {
        if (link.connected()) {
            return link.name() + " has not answered within "
                    + options.requestTimeout().toMillis()
                    + " ms; see what it is busy with, or raise takeover.request-timeout";
        }
        long waited = Math.min(
                options.connectTimeout().toMillis(), options.requestTimeout().toMillis());
        return link.name() + " cannot be reached: there is no connection within " + waited
                + " ms; start the broker, and check its address, firewalls, and that this listener speaks "
                + options.securityProtocol();
    }

    private void end(BrokerLink link, String sentence) {
        end(link, GatewayException.passing(sentence));
    }

    private void end(BrokerLink link, GatewayException cause) {
        links.remove(link.broker().id());
        link.end(cause);
    }

    /** Ends all links, also where one cannot be closed; then the first failure is thrown. */
    void endAll(GatewayException cause) {
        List<RuntimeException> failures = new ArrayList<>();
        for (BrokerLink link : List.copyOf(links.values())) {
            try {
                end(link, cause);
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }
}
