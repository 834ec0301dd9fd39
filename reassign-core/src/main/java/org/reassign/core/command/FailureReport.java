package org.reassign.core.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;

/** Why a broker does not carry out its requests, in words: each reason once until a request of the kind succeeds. */
final class FailureReport {
    /** Errors that say how the broker stands to the controller; the protocol knows what to do. */
    private static final Set<Integer> EXPECTED = Set.of(
            BrokerReply.NONE,
            BrokerReply.NOT_A_REPLICA,
            BrokerReply.STALE_CONTROLLER_EPOCH,
            BrokerReply.STORAGE_ERROR,
            BrokerReply.FENCED_LEADER_EPOCH,
            BrokerReply.STALE_BROKER_EPOCH);

    private final Map<Class<? extends BrokerRequest>, String> reported = new HashMap<>();

    /** The sentence to report, if there is a new one. */
    Optional<String> of(BrokerRequest request, Optional<BrokerReply> reply, Optional<Throwable> failure) {
        Optional<String> reason = failure.map(GatewayAnswer::text).or(() -> reply.flatMap(FailureReport::error));
        if (reason.isEmpty()) {
            reported.remove(request.getClass());
            return Optional.empty();
        }
        boolean known = reason.get().equals(reported.put(request.getClass(), reason.get()));
        String kind = request.getClass().getSimpleName().replace("Request", "");
        return known ? Optional.empty() : Optional.of(kind + " was not carried out: " + reason.get());
    }

    private static Optional<String> error(BrokerReply reply) {
        if (!EXPECTED.contains(reply.error())) {
            return Optional.of("it answered with Kafka's error " + reply.error());
        }
        List<Map.Entry<TopicPartition, Integer>> unexpected = reply.errors().entrySet().stream()
                .filter(entry -> !EXPECTED.contains(entry.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .toList();
        if (reply.error() != BrokerReply.NONE || unexpected.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("it answered with Kafka's error " + unexpected.get(0).getValue() + " for "
                + unexpected.get(0).getKey()
                + (unexpected.size() > 1 ? " and " + (unexpected.size() - 1) + " more partitions" : ""));
    }
}
