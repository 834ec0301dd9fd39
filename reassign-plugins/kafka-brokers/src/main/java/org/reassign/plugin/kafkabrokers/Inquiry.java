package org.reassign.plugin.kafkabrokers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DescribeConfigsRequest;
import org.apache.kafka.common.requests.DescribeConfigsResponse;
import org.apache.kafka.common.requests.StopReplicaResponse;
import org.reassign.api.spi.BrokerRequest.Header;
import org.reassign.api.spi.BrokerRequest.StopReplicaRequest;

/**
 * Asks a broker whether it can be commanded: its inter-broker protocol, and where {@code permission} is set, whether this
 * user may act as a controller. The latter is asked by a StopReplica without partitions of a controller epoch that is
 * below every other: a broker refuses it after it has looked at the permission.
 */
record Inquiry(boolean permission) implements Exchange.Content<BrokerFacts> {
    private static final String PROTOCOL = "inter.broker.protocol.version";
    private static final String LISTENER = "inter.broker.listener.name";
    private static final String SECURITY = "security.inter.broker.protocol";
    private static final String MAX_REQUEST = "socket.request.max.bytes";
    private static final Pattern VERSION = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4}).*");
    private static final Header OLDEST = new Header(-1, -1, -1);

    @Override
    public List<AbstractRequest.Builder<?>> requests(Peer peer) {
        List<AbstractRequest.Builder<?>> requests = new ArrayList<>();
        if (permission) {
            for (ApiKeys api : List.of(ApiKeys.LEADER_AND_ISR, ApiKeys.UPDATE_METADATA)) {
                peer.version(api, api.latestVersion());
            }
            requests.addAll(
                    StopReplicaEncoder.encode(new StopReplicaRequest(OLDEST, List.of()), peer, Integer.MAX_VALUE));
        }
        requests.add(new Configuration(peer.broker().id()));
        return requests;
    }

    /** From version 2 on a client has to send nothing to a broker that throttles it, commands included (KIP-219). */
    private static final class Configuration extends AbstractRequest.Builder<DescribeConfigsRequest> {
        private static final short UNTHROTTLED = 1;
        private final int broker;

        Configuration(int broker) {
            super(ApiKeys.DESCRIBE_CONFIGS, ApiKeys.DESCRIBE_CONFIGS.oldestVersion(), UNTHROTTLED);
            this.broker = broker;
        }

        @Override
        public DescribeConfigsRequest build(short version) {
            DescribeConfigsResource resource = new DescribeConfigsResource()
                    .setResourceType(ConfigResource.Type.BROKER.id())
                    .setResourceName(Integer.toString(broker))
                    .setConfigurationKeys(List.of(PROTOCOL, LISTENER, SECURITY, MAX_REQUEST));
            return new DescribeConfigsRequest(
                    new DescribeConfigsRequestData().setResources(List.of(resource)), version);
        }
    }

    @Override
    public BrokerFacts result(Peer peer, List<AbstractResponse> answers) {
        for (AbstractResponse answer : answers) {
            if (answer instanceof StopReplicaResponse stop && stop.error() == Errors.CLUSTER_AUTHORIZATION_FAILED) {
                throw Command.notPermitted(peer);
            }
        }
        DescribeConfigsResponse described = (DescribeConfigsResponse) answers.get(answers.size() - 1);
        DescribeConfigsResult result = described.data().results().get(0);
        if (result.errorCode() != Errors.NONE.code()) {
            throw GatewayException.lasting(peer + " does not tell its configuration ("
                    + Errors.forCode(result.errorCode())
                    + "); give this user the operation DescribeConfigs on the cluster, or make it one of super.users");
        }
        return facts(peer, values(result));
    }

    private static Map<String, String> values(DescribeConfigsResult result) {
        return result.configs().stream()
                .filter(config -> config.value() != null)
                .collect(Collectors.toMap(DescribeConfigsResourceResult::name, DescribeConfigsResourceResult::value));
    }

    private static BrokerFacts facts(Peer peer, Map<String, String> values) {
        String protocol = values.getOrDefault(PROTOCOL, "unknown");
        if (!writesIsrToZooKeeper(protocol)) {
            throw GatewayException.lasting(peer + " runs inter-broker protocol " + protocol
                    + ", at which leaders report ISR changes to a controller that is a broker;"
                    + " set inter.broker.protocol.version=2.6 in the configuration of every broker and restart them");
        }
        return new BrokerFacts(
                values.getOrDefault(LISTENER, values.getOrDefault(SECURITY, "PLAINTEXT")),
                Integer.parseInt(
                        values.getOrDefault(MAX_REQUEST, String.valueOf(BrokerFacts.NOT_ASKED.maxRequestBytes()))));
    }

    private static boolean writesIsrToZooKeeper(String protocol) {
        Matcher matcher = VERSION.matcher(protocol);
        if (!matcher.matches()) {
            return false;
        }
        int major = Integer.parseInt(matcher.group(1));
        return major < 2 || major == 2 && Integer.parseInt(matcher.group(2)) <= 6;
    }
}
