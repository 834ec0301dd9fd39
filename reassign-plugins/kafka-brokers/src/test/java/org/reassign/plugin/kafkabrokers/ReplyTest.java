package org.reassign.plugin.kafkabrokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.LeaderAndIsrResponseData;
import org.apache.kafka.common.message.LeaderAndIsrResponseData.LeaderAndIsrPartitionError;
import org.apache.kafka.common.message.StopReplicaResponseData;
import org.apache.kafka.common.message.StopReplicaResponseData.StopReplicaPartitionError;
import org.apache.kafka.common.message.UpdateMetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;

/** Answers in each version, as a broker writes them, and the replies that come of them. */
class ReplyTest {
    private static AbstractResponse read(ApiKeys api, ApiMessage answer, int version) {
        ByteBuffer bytes = MessageUtil.toByteBuffer(answer, (short) version);
        return AbstractResponse.parseResponse(api, bytes, (short) version);
    }

    private static BrokerReply reply(BrokerRequest request, AbstractResponse... answers) {
        return new Command(request, Integer.MAX_VALUE, new Registrations(warning -> {}))
                .result(Commands.peer(4, 3, 6), List.of(answers));
    }

    private static LeaderAndIsrResponseData leaderAndIsr(int error, int ofOrders, int ofOther) {
        return new LeaderAndIsrResponseData()
                .setErrorCode((short) error)
                .setPartitionErrors(new ArrayList<>(List.of(
                        new LeaderAndIsrPartitionError()
                                .setTopicName("orders")
                                .setPartitionIndex(3)
                                .setErrorCode((short) ofOrders),
                        new LeaderAndIsrPartitionError()
                                .setTopicName("other")
                                .setPartitionIndex(0)
                                .setErrorCode((short) ofOther))));
    }

    private static StopReplicaResponseData stop(int error, int ofOrders) {
        return new StopReplicaResponseData()
                .setErrorCode((short) error)
                .setPartitionErrors(new ArrayList<>(List.of(new StopReplicaPartitionError()
                        .setTopicName("orders")
                        .setPartitionIndex(3)
                        .setErrorCode((short) ofOrders))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void errorsOfPartitionsAreThoseThatAreNot0(int version) {
        AbstractResponse answer = read(ApiKeys.LEADER_AND_ISR, leaderAndIsr(0, 56, 0), version);
        assertThat(reply(Commands.leaderAndIsr(), answer)).isEqualTo(new BrokerReply(0, Map.of(Commands.ORDERS, 56)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aStopThatIsFencedIsSoForItsPartition(int version) {
        AbstractResponse answer = read(ApiKeys.STOP_REPLICA, stop(0, 74), version);
        assertThat(reply(Commands.stop(), answer)).isEqualTo(new BrokerReply(0, Map.of(Commands.ORDERS, 74)));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6})
    void anErrorOfTheWholeIsOne(int version) {
        UpdateMetadataResponseData refused = new UpdateMetadataResponseData().setErrorCode((short) 77);
        assertThat(reply(Commands.metadata(), read(ApiKeys.UPDATE_METADATA, refused, version)))
                .isEqualTo(new BrokerReply(77, Map.of()));
    }

    @Test
    void partsAreOneReplyAndOneRefusalIsThatOfTheWhole() {
        AbstractResponse first = read(ApiKeys.STOP_REPLICA, stop(0, 74), 0);
        AbstractResponse second = read(ApiKeys.STOP_REPLICA, stop(11, 0), 0);
        AbstractResponse third = read(ApiKeys.STOP_REPLICA, stop(0, 0), 0);
        assertThat(reply(Commands.stop(), first, third)).isEqualTo(new BrokerReply(0, Map.of(Commands.ORDERS, 74)));
        assertThat(reply(Commands.stop(), third, second).error()).isEqualTo(11);
    }

    @Test
    void aPermissionThatWasWithdrawnIsAFailureWithItsRemedy() {
        AbstractResponse answer = read(ApiKeys.LEADER_AND_ISR, leaderAndIsr(31, 31, 31), 4);
        assertThatThrownBy(() -> reply(Commands.leaderAndIsr(), answer))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("give it the operation ClusterAction on the cluster");
    }
}
