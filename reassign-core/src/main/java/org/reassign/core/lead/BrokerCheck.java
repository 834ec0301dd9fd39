package org.reassign.core.lead;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.Timers;
import org.reassign.core.command.GatewayAnswer;

/**
 * Asks the gateway whether brokers can be commanded: all of them before the office is taken, and each that registers while
 * it is held. Used by the loop's thread only.
 */
final class BrokerCheck {
    private final Gateway gateway;
    private final Timers timers;
    private final OfficeSettings settings;
    private final Duration retryDelay;
    private final Loop loop;
    private final ControllerListener listener;
    /** Broker epochs: those that have passed, and those about which the gateway was asked while the office is held. */
    private Set<Long> settled = new TreeSet<>();

    private Optional<CompletableFuture<Optional<String>>> asked = Optional.empty();
    private Set<Long> asking = Set.of();
    private Optional<Long> failingSince = Optional.empty();
    private String warned = "";
    private boolean pausing;
    private boolean everPassed;

    BrokerCheck(Gateway gateway, Timers timers, ControllerSettings settings, Loop loop, ControllerListener listener) {
        this.gateway = gateway;
        this.timers = timers;
        this.settings = settings.office();
        this.retryDelay = settings.retryDelay();
        this.loop = loop;
        this.listener = listener;
    }

    /** Whether some brokers could be commanded at some time. */
    boolean hasEverPassed() {
        return everPassed;
    }

    /** The next question is asked again, whatever the answer was to the one before. */
    void renew() {
        asked = Optional.empty();
        failingSince = Optional.empty();
    }

    /**
     * Whether all of these can be commanded. The first call asks, and so does one with other brokers; there is a turn once
     * the answer has come.
     *
     * @throws CannotLeadException where one of them cannot be commanded, or has not answered for too long
     */
    boolean passes(List<Broker> brokers) {
        if (pausing) {
            return false;
        }
        Set<Long> now = incarnations(brokers);
        if (asked.isEmpty() || !asking.equals(now)) {
            asking = now;
            asked = Optional.of(ask(brokers));
        }
        CompletableFuture<Optional<String>> answer = asked.get();
        if (!answer.isDone()) {
            answer.whenComplete((reason, failure) -> loop.mark(() -> {}));
            return false;
        }
        try {
            answer.join().ifPresent(reason -> {
                throw new CannotLeadException(reason, null);
            });
        } catch (CompletionException e) {
            askAgain(e);
            return false;
        }
        settled = now;
        everPassed = true;
        failingSince = Optional.empty();
        return true;
    }

    private void askAgain(CompletionException failure) {
        String why = GatewayAnswer.text(failure);
        long now = timers.elapsedMillis();
        long since = failingSince.orElse(now);
        failingSince = Optional.of(since);
        if (now - since >= settings.checkLimit().toMillis()) {
            throw new CannotLeadException(why, failure);
        }
        if (!warned.equals(why)) {
            warned = why;
            listener.warning(why + "; the office is not taken, brokers are asked again for "
                    + settings.checkLimit().toSeconds() + " s");
        }
        asked = Optional.empty();
        pausing = true;
        timers.after(retryDelay, () -> loop.mark(() -> pausing = false));
    }

    /** A broker is registered while the office is held: warns if it cannot be commanded. */
    void registered(Broker broker) {
        if (!settled.add(broker.epoch())) {
            return;
        }
        ask(List.of(broker)).whenComplete((reason, failure) -> {
            Optional<String> why = failure == null ? reason : Optional.of(GatewayAnswer.text(failure));
            why.ifPresent(sentence -> loop.mark(() -> listener.warning(
                    "broker " + broker.id() + " has registered and cannot be commanded: " + sentence)));
        });
    }

    private CompletableFuture<Optional<String>> ask(List<Broker> brokers) {
        String late = "the gateway has not said for " + settings.checkLimit().toSeconds() + " s whether brokers "
                + brokers.stream().map(Broker::id).toList() + " can be commanded";
        return GatewayAnswer.within(settings.checkLimit(), timers, late, gateway.check(brokers));
    }

    private static Set<Long> incarnations(List<Broker> brokers) {
        return brokers.stream().map(Broker::epoch).collect(Collectors.toCollection(TreeSet::new));
    }
}
