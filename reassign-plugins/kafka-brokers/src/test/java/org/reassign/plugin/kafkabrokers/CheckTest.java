package org.reassign.plugin.kafkabrokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.message.SaslAuthenticateResponseData;
import org.apache.kafka.common.message.SaslHandshakeResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.SaslAuthenticateRequest;
import org.apache.kafka.common.requests.SaslHandshakeRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;
import org.reassign.api.spi.BrokerGateway.Office;
import org.reassign.api.spi.SettingException;
import org.reassign.api.spi.Settings;
import org.reassign.plugin.kafkabrokers.ScriptedBroker.Answer;
import org.reassign.plugin.kafkabrokers.ScriptedBroker.Reaction;
import org.reassign.plugin.kafkabrokers.ScriptedBroker.Silence;

/** What stands in the way of commanding brokers, in one sentence each. */
@Timeout(value = 40, unit = TimeUnit.SECONDS)
class CheckTest {
    @TempDir
    private Path folder;

    private static Optional<String> check(TakeoverOptions options, Broker... brokers) {
        try (TakeoverGateway gateway = new TakeoverGateway(options, warning -> {})) {
            return gateway.check(List.of(brokers)).toCompletableFuture().join();
        }
    }

    private static TakeoverOptions options(Map<String, String> client) {
        return options(client, Optional.empty(), Duration.ofMinutes(10));
    }

    /** Nothing may wait for a deadline that is not what the test is about. */
    private static TakeoverOptions options(
            Map<String, String> client, Optional<String> listener, Duration connectTimeout) {
        return new TakeoverOptions(client, listener, Duration.ofMinutes(10), connectTimeout, 10_000_000);
    }

    private static Optional<String> check(ScriptedAnswers answers) {
        try (ScriptedBroker broker = new ScriptedBroker(answers)) {
            return check(options(Map.of()), broker.broker(3, 5));
        }
    }

    @Test
    void theOfficeIsTakenOver() {
        try (TakeoverGateway gateway = new TakeoverGateway(options(Map.of()), warning -> {})) {
            assertThat(gateway.office()).isEqualTo(Office.TAKE_OVER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.6", "2.6-IV0", "2.6-IV1", "2.5", "1.1-IV0", "0.10.2", "0.11.0-IV2"})
    void aProtocolUpTo26DoesNot(String protocol) {
        assertThat(check(new ScriptedAnswers().configured("inter.broker.protocol.version", protocol)))
                .isEmpty();
        assertThat(check(new ScriptedAnswers().old().configured("inter.broker.protocol.version", protocol)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.7", "2.7-IV0", "2.8", "3.0", "3.9-IV0", "4.0", "unknown"})
    void aProtocolAboveItDoes(String protocol) {
        assertThat(check(new ScriptedAnswers().configured("inter.broker.protocol.version", protocol)))
                .get()
                .asString()
                .startsWith("broker 3 at 127.0.0.1:")
                .contains("(listener PLAINTEXT) runs inter-broker protocol " + protocol + ", at which")
                .endsWith(
                        "set inter.broker.protocol.version=2.6 in the configuration of every broker and restart them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LEADER_AND_ISR", "UPDATE_METADATA", "STOP_REPLICA"})
    void aBrokerThatHasNoControllerOfThisKindDoes(String missing) {
        assertThat(check(new ScriptedAnswers().without(ApiKeys.valueOf(missing))))
                .get()
                .asString()
                .startsWith("broker 3 at 127.0.0.1:")
                .contains("does not know the request")
                .endsWith("command brokers in ZooKeeper mode, up to Kafka 3.9");
    }

    @Test
    void aUserWithoutPermissionDoes() {
        assertThat(check(new ScriptedAnswers().notPermitted()))
                .get()
                .asString()
                .contains("does not permit this user to act as a controller; give it the operation ClusterAction");
    }

    @Test
    void aBrokerThatIsNotThereFailsTheCheckAndIsTheOneThatIsNamed() {
        try (ScriptedBroker there = new ScriptedBroker(new ScriptedAnswers());
                ScriptedBroker gone = new ScriptedBroker(new ScriptedAnswers())) {
            gone.stop();
            assertThatThrownBy(() -> check(options(Map.of()), there.broker(1, 5), gone.broker(2, 6)))
                    .hasRootCauseInstanceOf(GatewayException.class)
                    .hasMessageContaining("broker 2 at 127.0.0.1:")
                    .hasMessageContaining("cannot be reached: the connection is refused");
        }
    }

    @Test
    void whatLastsIsToldBeforeWhatMayPass() {
        try (ScriptedBroker tooNew =
                        new ScriptedBroker(new ScriptedAnswers().configured("inter.broker.protocol.version", "3.9"));
                ScriptedBroker gone = new ScriptedBroker(new ScriptedAnswers())) {
            gone.stop();
            assertThat(check(options(Map.of()), gone.broker(1, 5), tooNew.broker(2, 6)))
                    .get()
                    .asString()
                    .startsWith("broker 2 at");
        }
    }

    @Test
    void aHostThatIsUnknownFailsTheCheck() {
        Endpoint endpoint = new Endpoint("PLAINTEXT", "PLAINTEXT", "no-such-host.invalid", 9092);
        Broker broker = new Broker(4, 7, List.of(endpoint), Optional.empty());
        assertThatThrownBy(() -> check(options(Map.of()), broker))
                .hasMessageContaining("broker 4 at no-such-host.invalid:9092 (listener PLAINTEXT) cannot be reached");
    }

    @Test
    void aBrokerThatAcceptsAndSaysNothingFailsTheCheck() {
        try (ScriptedBroker silent = new ScriptedBroker(request -> new Silence())) {
            TakeoverOptions impatient = options(Map.of(), Optional.empty(), Duration.ofSeconds(1));
            assertThatThrownBy(() -> check(impatient, silent.broker(1, 5)))
                    .hasMessageContaining("cannot be reached: there is no connection within 1000 ms");
            TakeoverOptions inAll = new TakeoverOptions(
                    Map.of(), Optional.empty(), Duration.ofSeconds(1), Duration.ofMinutes(10), 10_000_000);
            assertThatThrownBy(() -> check(inAll, silent.broker(1, 5)))
                    .hasMessageContaining("cannot be reached: there is no connection within 1000 ms");
        }
    }

    private static Reaction wrongPassword(AbstractRequest request) {
        if (request instanceof SaslHandshakeRequest) {
            return new Answer(new SaslHandshakeResponseData().setMechanisms(List.of("PLAIN")));
        }
        if (request instanceof SaslAuthenticateRequest) {
            return new Answer(new SaslAuthenticateResponseData()
                    .setErrorCode(Errors.SASL_AUTHENTICATION_FAILED.code())
                    .setErrorMessage("Invalid username or password"));
        }
        return new ScriptedAnswers().apply(request);
    }

    @Test
    void aWrongPasswordDoes() {
        Map<String, String> client = Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" password=\"b\";");
        try (ScriptedBroker broker = new ScriptedBroker(CheckTest::wrongPassword)) {
            int port = broker.broker(1, 5).endpoints().get(0).port();
            Endpoint sasl = new Endpoint("SASL", "SASL_PLAINTEXT", "127.0.0.1", port);
            assertThat(check(options(client), new Broker(1, 5, List.of(sasl), Optional.empty())))
                    .hasValue("broker 1 at 127.0.0.1:" + port
                            + " (listener SASL) does not authenticate this client: Invalid username or password;"
                            + " correct security.protocol, ssl.* or sasl.*"
                            + " in the file that takeover.command-config names");
        }
    }

    @Test
    void clientPropertiesThatCannotBeUsedDo() {
        try (ScriptedBroker broker = new ScriptedBroker(new ScriptedAnswers())) {
            Map<String, String> client =
                    Map.of("security.protocol", "SSL", "ssl.truststore.location", "/no/such/truststore");
            assertThat(check(options(client), broker.broker(1, 5)))
                    .get()
                    .asString()
                    .contains("/no/such/truststore", "correct the file that takeover.command-config names");
        }
    }

    @Test
    void aBrokerWithoutTheListenerDoes() {
        TakeoverOptions named = options(Map.of(), Optional.of("INSIDE"), Duration.ofMinutes(10));
        assertThat(check(named, Commands.broker(1)))
                .hasValue("broker 1 has no listener INSIDE but [CLIENT (SASL_SSL), REPLICATION (PLAINTEXT)];"
                        + " set takeover.listener to one that every broker has");
        assertThat(check(options(Map.of("security.protocol", "SSL")), Commands.broker(1)))
                .hasValue("broker 1 has no listener with security protocol SSL"
                        + " but [CLIENT (SASL_SSL), REPLICATION (PLAINTEXT)];"
                        + " set security.protocol in the file that takeover.command-config names");
    }

    @Test
    void aFileOrFolderOfNoUseIsRefusedWhenTheGatewayIsMade() throws IOException {
        Path file = folder.resolve("client.properties");
        Settings settings = Settings.of(Takeover.class, Map.of("command-config", file.toString()));
        assertThatThrownBy(() -> new Takeover(settings))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("command-config is '" + file + "', which cannot be read");
        Settings home = Settings.of(Takeover.class, Map.of("kafka-home", folder.toString()));
        assertThatThrownBy(() -> new Takeover(home))
                .isInstanceOf(SettingException.class)
                .hasMessage("kafka-home is '" + folder
                        + "', which has no kafka_2.13-3.9.2.jar, neither itself nor in libs");
        Files.writeString(file, "security.protocol=SSL\n");
        assertThat(TakeoverOptions.of(settings).securityProtocol()).isEqualTo("SSL");
    }
}
