package org.reassign.core.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;
import org.reassign.api.zk.ZkNode;

/**
 * The JSON of {@code /brokers/ids/N} in the versions 1 to 5 of Kafka's {@code BrokerIdZNode}: version 1 has {@code host}
 * and {@code port} alone; version 2 adds {@code "endpoints":["PLAINTEXT://h:9092"]}, where the listener's name is its
 * security protocol; 3 adds {@code rack}; 4 adds {@code listener_security_protocol_map}; 5 adds {@code features}. A broker
 * without a PLAINTEXT listener has host null and port -1 beside its endpoints.
 */
public final class RegistrationJson {
    private static final String PLAINTEXT = "PLAINTEXT";
    private static final Pattern ENDPOINT = Pattern.compile("(.*)://\\[?([0-9a-zA-Z\\-%._:]*)]?:([0-9]{1,5})");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RegistrationJson() {}

    /** The broker; without endpoints where its registration cannot be understood: it is live all the same. */
    public static Broker decode(int id, ZkNode node) {
        JsonNode json = MAPPER.missingNode();
        try {
            json = MAPPER.readTree(node.text());
        } catch (JsonProcessingException e) {
            // a live broker without endpoints: commands to it fail with that reason
        }
        Optional<String> rack = Optional.ofNullable(json.path("rack").textValue());
        return new Broker(id, node.stat().czxid(), endpoints(json), rack);
    }

    private static List<Endpoint> endpoints(JsonNode json) {
        JsonNode protocols = json.path("listener_security_protocol_map");
        List<Endpoint> endpoints = new ArrayList<>();
        for (JsonNode text : json.path("endpoints")) {
            Matcher matcher = ENDPOINT.matcher(text.asText());
            if (matcher.matches()) {
                String listener = matcher.group(1);
                String protocol = protocols.path(listener).asText(listener);
                endpoints.add(new Endpoint(listener, protocol, matcher.group(2), Integer.parseInt(matcher.group(3))));
            }
        }
        JsonNode host = json.path("host");
        if (endpoints.isEmpty() && host.isTextual()) {
            endpoints.add(new Endpoint(
                    PLAINTEXT, PLAINTEXT, host.textValue(), json.path("port").asInt(-1)));
        }
        return endpoints;
    }
}
