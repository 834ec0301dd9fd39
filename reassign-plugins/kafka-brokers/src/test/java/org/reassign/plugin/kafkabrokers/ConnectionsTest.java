package org.reassign.plugin.kafkabrokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.message.UpdateMetadataResponseData;
import org.apache.kafka.common.requests.AbstractControlRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest.Header;
import org.reassign.api.spi.BrokerRequest.UpdateMetadataRequest;
import org.reassign.plugin.kafkabrokers.ScriptedBroker.Answer;
import org.reassign.plugin.kafkabrokers.ScriptedBroker.Close;
import org.reassign.plugin.kafkabrokers.ScriptedBroker.Silence;

/** How connections begin, are kept, and end. */
@Timeout(value = 40, unit = TimeUnit.SECONDS)
class ConnectionsTest {
    private static final BrokerReply NONE = new BrokerReply(BrokerReply.NONE, Map.of());

    private final ScriptedBroker one = new ScriptedBroker(new ScriptedAnswers());
    private final ScriptedBroker two = new ScriptedBroker(new ScriptedAnswers());
    private final ScriptedBroker old = new ScriptedBroker(new ScriptedAnswers().old());
    private TakeoverGateway gateway = gateway(Duration.ofMinutes(10));

    private static TakeoverGateway gateway(Duration requestTimeout) {
        return new TakeoverGateway(
                new TakeoverOptions(Map.of(), Optional.empty(), requestTimeout, Duration.ofMinutes(10), 10_000),
                warning -> {});
    }

    @AfterEach
    void close() {
        gateway.close();
        one.close();
        two.close();
        old.close();
    }

    /** A request that its controller epoch tells from others. */
    private CompletableFuture<BrokerReply> send(Broker to, int number) {
        Header header = new Header(1000, number, to.epoch());
        UpdateMetadataRequest request = new UpdateMetadataRequest(
                header, Commands.metadata().partitions(), Commands.metadata().liveBrokers());
        return gateway.send(to, request).toCompletableFuture();
    }

    private static int number(ScriptedBroker broker) {
        return ((AbstractControlRequest) broker.take()).controllerEpoch();
    }

    private static Answer answer() {
        return new Answer(new UpdateMetadataResponseData());
    }

    @Test
    void requestsToOneBrokerGoOverOneConnectionInOrder() {
        Broker broker = one.broker(1, 5);
        var replies = IntStream.range(0, 100).mapToObj(n -> send(broker, n)).toList();

        assertThat(replies).allSatisfy(reply -> assertThat(reply.join()).isEqualTo(NONE));
        IntStream.range(0, 100).forEach(n -> assertThat(number(one)).isEqualTo(n));
        assertThat(one.connections()).isEqualTo(1);
    }

    @Test
    void aBrokerThatDoesNotAnswerHoldsUpNoOther() {
        one.then(new Silence());
        CompletableFuture<BrokerReply> silent = send(one.broker(1, 5), 1);
        number(one);

        assertThat(send(two.broker(2, 6), 1).join()).isEqualTo(NONE);
        assertThat(silent).isNotDone();
    }

    @Test
    void nothingIsSentWhileAnAnswerIsOutstanding() {
        one.then(new Silence());
        CompletableFuture<BrokerReply> first = send(one.broker(1, 5), 1);
        CompletableFuture<BrokerReply> second = send(one.broker(1, 5), 2);
        assertThat(number(one)).isEqualTo(1);
        one.closeConnections();

        assertThatThrownBy(first::join).hasMessageContaining("closed the connection before it answered");
        assertThatThrownBy(second::join).hasMessageContaining("closed the connection before it answered");
        assertThat(one.hasMore()).isFalse();
    }

    @Test
    void aConnectionThatTheBrokerClosedWhileIdleIsOpenedAgain() {
        Broker broker = one.broker(1, 5);
        assertThat(send(broker, 1).join()).isEqualTo(NONE);
        one.closeConnections();

        assertThat(send(broker, 2).join()).isEqualTo(NONE);
        assertThat(one.connections()).isEqualTo(2);
    }

    @Test
    void aRequestThatMetTheEndOfAnIdleConnectionIsSentOnceMore() {
        Broker broker = one.broker(1, 5);
        assertThat(send(broker, 1).join()).isEqualTo(NONE);
        one.then(new Close());

        assertThat(send(broker, 2).join()).isEqualTo(NONE);
        assertThat(number(one)).isEqualTo(1);
        assertThat(number(one)).isEqualTo(2);
        assertThat(number(one)).isEqualTo(2);
        assertThat(one.connections()).isEqualTo(2);
    }

    @Test
    void itIsNotSentAThirdTime() {
        Broker broker = one.broker(1, 5);
        assertThat(send(broker, 1).join()).isEqualTo(NONE);
        one.then(new Close(), new Close());

        assertThatThrownBy(send(broker, 2)::join).hasMessageContaining("closed the connection before it answered");
        assertThat(one.connections()).isEqualTo(2);
    }

    @Test
    void itIsNotSentAgainToABrokerThatChecksNoBrokerEpoch() {
        Broker broker = old.broker(1, 5);
        assertThat(send(broker, 1).join()).isEqualTo(NONE);
        old.then(new Close());

        assertThatThrownBy(send(broker, 2)::join).hasMessageContaining("closed the connection before it answered");
        assertThat(old.connections()).isEqualTo(1);
    }

    @Test
    void aBrokerThatDoesNotAnswerInTimeIsSaidToAndTheNextRequestHasANewConnection() {
        gateway.close();
        gateway = gateway(Duration.ofSeconds(5));
        one.then(new Silence());
        Broker broker = one.broker(1, 5);

        assertThatThrownBy(send(broker, 1)::join)
                .hasRootCauseInstanceOf(GatewayException.class)
                .hasMessageContaining("broker 1 at 127.0.0.1:")
                .hasMessageContaining("has not answered within 5000 ms;");
        assertThat(send(broker, 2).join()).isEqualTo(NONE);
        assertThat(one.connections()).isEqualTo(2);
    }

    @Test
    void aConnectionThatIsRefusedIsSaidToBe() {
        Broker broker = one.broker(1, 5);
        one.stop();
        assertThatThrownBy(send(broker, 1)::join)
                .hasRootCauseInstanceOf(GatewayException.class)
                .hasMessageContaining("broker 1 at 127.0.0.1:")
                .hasMessageContaining("cannot be reached: the connection is refused");
    }

    @Test
    void aNewRegistrationEndsTheConnectionAndDropsItsQueue() {
        one.then(new Silence());
        CompletableFuture<BrokerReply> unanswered = send(one.broker(1, 5), 1);
        CompletableFuture<BrokerReply> queued = send(one.broker(1, 5), 2);
        assertThat(number(one)).isEqualTo(1);

        assertThat(send(one.broker(1, 9), 3).join()).isEqualTo(NONE);
        assertThatThrownBy(unanswered::join).hasMessageContaining("has registered again");
        assertThatThrownBy(queued::join).hasMessageContaining("has registered again");
        assertThat(number(one)).isEqualTo(3);
        assertThat(one.connections()).isEqualTo(2);

        assertThatThrownBy(send(one.broker(1, 5), 4)::join).hasMessageContaining("has registered again as of epoch 9");
        assertThat(one.hasMore()).isFalse();
    }

    @Test
    void anAddressThatChangesInPlaceIsUsed() {
        assertThat(send(one.broker(1, 5), 1).join()).isEqualTo(NONE);
        assertThat(send(two.broker(1, 5), 2).join()).isEqualTo(NONE);
        assertThat(number(two)).isEqualTo(2);
    }

    @Test
    void partsOfARequestAreSentOneAfterTheOtherAndAnsweredAsOne() {
        one.then(answer(), new Answer(new UpdateMetadataResponseData().setErrorCode((short) 11)));
        CompletableFuture<BrokerReply> reply =
                gateway.send(one.broker(1, 5), Commands.metadata(300)).toCompletableFuture();

        assertThat(reply.join().error()).isEqualTo(11);
        one.take();
        assertThat(one.hasMore()).isTrue();
    }

    @Test
    void whatIsNotAnsweredWhenTheGatewayClosesFailsAndSoDoesWhatComesLater() {
        one.then(new Silence());
        CompletableFuture<BrokerReply> unanswered = send(one.broker(1, 5), 1);
        number(one);
        gateway.close();

        assertThatThrownBy(unanswered::join).hasMessageContaining("is closed");
        assertThatThrownBy(send(one.broker(1, 5), 2)::join).hasMessageContaining("is closed");
    }
}
