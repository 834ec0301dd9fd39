package org.reassign.plugin.kafkabrokers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersionCollection;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.message.StopReplicaResponseData;
import org.apache.kafka.common.message.UpdateMetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractControlRequest;
import org.apache.kafka.common.requests.AbstractRequest;
import org.reassign.plugin.kafkabrokers.ScriptedBroker.Answer;
import org.reassign.plugin.kafkabrokers.ScriptedBroker.Reaction;

/** How a broker answers as long as nothing is wrong with it, and what may be wrong. */
final class ScriptedAnswers implements Function<AbstractRequest, Reaction> {
    private final Map<ApiKeys, Integer> versions = new HashMap<>(Map.of(
            ApiKeys.LEADER_AND_ISR,
            7,
            ApiKeys.STOP_REPLICA,
            4,
            ApiKeys.UPDATE_METADATA,
            8,
            ApiKeys.DESCRIBE_CONFIGS,
            4));
    private final Map<String, String> configuration = new HashMap<>(
            Map.of("inter.broker.protocol.version", "2.6", "security.inter.broker.protocol", "PLAINTEXT"));
    private boolean permitted = true;

    /** Versions of Kafka 1.1. */
    ScriptedAnswers old() {
        versions.putAll(Map.of(
                ApiKeys.LEADER_AND_ISR,
                1,
                ApiKeys.STOP_REPLICA,
                0,
                ApiKeys.UPDATE_METADATA,
                4,
                ApiKeys.DESCRIBE_CONFIGS,
                1));
        configuration.put("inter.broker.protocol.version", "1.1-IV0");
        return this;
    }

    ScriptedAnswers knowing(ApiKeys api, int highest) {
        versions.put(api, highest);
        return this;
    }

    ScriptedAnswers without(ApiKeys api) {
        versions.remove(api);
        return this;
    }

    ScriptedAnswers configured(String name, String value) {
        configuration.put(name, value);
        return this;
    }

    ScriptedAnswers notPermitted() {
        permitted = false;
        return this;
    }

    /** Whether it is a command, and not part of the inquiry that a connection begins with. */
    static boolean isCommand(AbstractRequest request) {
        return request instanceof AbstractControlRequest control && control.controllerEpoch() >= 0;
    }

    @Override
    public Reaction apply(AbstractRequest request) {
        return new Answer(
                switch (request.apiKey()) {
                    case API_VERSIONS -> new ApiVersionsResponseData().setApiKeys(apis());
                    case DESCRIBE_CONFIGS -> configuration();
                    case STOP_REPLICA -> new StopReplicaResponseData().setErrorCode(stopError(request));
                    case UPDATE_METADATA -> new UpdateMetadataResponseData();
                    default -> throw new AssertionError(request.apiKey());
                });
    }

    private short stopError(AbstractRequest request) {
        if (!permitted) {
            return Errors.forException(new ClusterAuthorizationException("")).code();
        }
        return isCommand(request) ? Errors.NONE.code() : Errors.STALE_CONTROLLER_EPOCH.code();
    }

    private ApiVersionCollection apis() {
        ApiVersionCollection all = new ApiVersionCollection();
        all.add(new ApiVersion().setApiKey(ApiKeys.API_VERSIONS.id).setMaxVersion((short) 3));
        all.add(Commands.version(ApiKeys.SASL_HANDSHAKE, 1));
        all.add(Commands.version(ApiKeys.SASL_AUTHENTICATE, 2));
        versions.forEach((api, highest) -> all.add(Commands.version(api, highest)));
        return all;
    }

    private DescribeConfigsResponseData configuration() {
        List<DescribeConfigsResourceResult> values = configuration.entrySet().stream()
                .map(entry -> new DescribeConfigsResourceResult()
                        .setName(entry.getKey())
                        .setValue(entry.getValue()))
                .toList();
        short error = (permitted ? Errors.NONE : Errors.CLUSTER_AUTHORIZATION_FAILED).code();
        return new DescribeConfigsResponseData()
                .setThrottleTimeMs(60_000)
                .setResults(List.of(
                        new DescribeConfigsResult().setErrorCode(error).setConfigs(permitted ? values : List.of())));
    }
}
