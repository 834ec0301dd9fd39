package org.reassign.plugin.kafkabrokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.message.LeaderAndIsrResponseData;
import org.apache.kafka.common.message.UpdateMetadataRequestData.UpdateMetadataBroker;
import org.apache.kafka.common.requests.LeaderAndIsrRequest;
import org.apache.kafka.common.requests.UpdateMetadataRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.plugin.kafkabrokers.ScriptedBroker.Answer;

/** A broker that has registered an address which cannot be used takes no request from the others. */
@Timeout(value = 40, unit = TimeUnit.SECONDS)
class BadRegistrationsTest {
    private static final BrokerReply NONE = new BrokerReply(BrokerReply.NONE, Map.of());

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final ScriptedBroker good = new ScriptedBroker(new ScriptedAnswers());
    private final TakeoverGateway gateway = new TakeoverGateway(
            new TakeoverOptions(Map.of(), Optional.empty(), Duration.ofMinutes(10), Duration.ofMinutes(10), 10_000_000),
            warnings::add);

    @AfterEach
    void close() {
        gateway.close();
        good.close();
    }

    private BrokerReply metadata(Broker... live) {
        return gateway.send(
                        good.broker(1, 5),
                        new BrokerRequest.UpdateMetadataRequest(Commands.HEADER, List.of(), List.of(live)))
                .toCompletableFuture()
                .join();
    }

    private static Broker broker(int id, Endpoint... endpoints) {
        return new Broker(id, 50, List.of(endpoints), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "PLAINTEXT, 99999, whose port is not one of 1 to 65535",
        "PLAINTEXT, -1, whose port is not one of 1 to 65535",
        "GSSAPI, 9092, whose security protocol 'GSSAPI' is unknown"
    })
    void anEndpointThatCannotBeUsedIsLeftOutWithOneWarning(String protocol, int port, String why) {
        Endpoint usable = new Endpoint("INSIDE", "PLAINTEXT", "h", 9093);
        Broker half = broker(2, new Endpoint("OUTSIDE", protocol, "h", port), usable);
        assertThat(metadata(good.broker(1, 5), half)).isEqualTo(NONE);
        assertThat(metadata(good.broker(1, 5), half)).isEqualTo(NONE);

        assertThat(((UpdateMetadataRequest) good.take()).liveBrokers())
                .filteredOn(told -> told.id() == 2)
                .singleElement()
                .satisfies(told -> assertThat(told.endpoints())
                        .singleElement()
                        .satisfies(endpoint -> assertThat(endpoint.port()).isEqualTo(9093)));
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("broker 2 is registered with the endpoint OUTSIDE://h:" + port + ", " + why);
    }

    @Test
    void aBrokerWithoutAnyOtherIsLeftOut() {
        Broker none = broker(2);
        Broker bad = broker(3, new Endpoint("PLAINTEXT", "PLAINTEXT", "h", 70_000));
        assertThat(metadata(good.broker(1, 5), none, bad)).isEqualTo(NONE);

        assertThat(((UpdateMetadataRequest) good.take()).liveBrokers())
                .extracting(UpdateMetadataBroker::id)
                .containsExactly(1);
        assertThat(warnings)
                .hasSize(3)
                .anySatisfy(sentence ->
                        assertThat(sentence).startsWith("broker 2 is registered without an endpoint that can be used"));
    }

    @Test
    void itCannotBeCommandedAndTheOthersCan() {
        Broker bad = broker(2, new Endpoint("PLAINTEXT", "PLAINTEXT", "127.0.0.1", 99_999));
        BrokerRequest request = new BrokerRequest.UpdateMetadataRequest(Commands.HEADER, List.of(), List.of());
        assertThatThrownBy(
                        () -> gateway.send(bad, request).toCompletableFuture().join())
                .hasMessageContaining("broker 2 has no listener at all but [PLAINTEXT (PLAINTEXT)]");
        assertThat(metadata(good.broker(1, 5))).isEqualTo(NONE);
    }

    @Test
    void leadersWithoutTheListenerOfBrokersAreLeftOut() {
        good.then(new Answer(new LeaderAndIsrResponseData()));
        BrokerRequest request = new BrokerRequest.LeaderAndIsrRequest(
                Commands.HEADER,
                Stream.of(Commands.ORDERS, Commands.OTHER)
                        .map(Commands::partition)
                        .toList(),
                List.of(good.broker(1, 5), broker(2, new Endpoint("CLIENT", "PLAINTEXT", "h", 9093))));
        assertThat(gateway.send(good.broker(1, 5), request)
                        .toCompletableFuture()
                        .join())
                .isEqualTo(NONE);

        assertThat(((LeaderAndIsrRequest) good.take()).liveLeaders()).isEmpty();
        assertThat(warnings)
                .singleElement()
                .isEqualTo("broker 2 has no listener PLAINTEXT that can be used, over which other brokers fetch,"
                        + " but [CLIENT (PLAINTEXT)], so that no follower fetches from it;"
                        + " give it one, or set inter.broker.listener.name alike on all brokers");
    }
}
