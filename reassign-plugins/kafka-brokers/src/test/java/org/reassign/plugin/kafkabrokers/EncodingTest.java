package org.reassign.plugin.kafkabrokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.LeaderAndIsrRequestData.LeaderAndIsrLiveLeader;
import org.apache.kafka.common.message.LeaderAndIsrRequestData.LeaderAndIsrPartitionState;
import org.apache.kafka.common.message.StopReplicaRequestData.StopReplicaPartitionState;
import org.apache.kafka.common.message.UpdateMetadataRequestData.UpdateMetadataBroker;
import org.apache.kafka.common.message.UpdateMetadataRequestData.UpdateMetadataEndpoint;
import org.apache.kafka.common.message.UpdateMetadataRequestData.UpdateMetadataPartitionState;
import org.apache.kafka.common.requests.AbstractControlRequest;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.LeaderAndIsrRequest;
import org.apache.kafka.common.requests.StopReplicaRequest;
import org.apache.kafka.common.requests.UpdateMetadataRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest;

/** Each request in each version that a broker up to 3.9 may need, as Kafka's own parser reads it. */
class EncodingTest {
    /** The requests as the broker reads them. */
    private static <R extends AbstractControlRequest> List<R> sent(Class<R> type, BrokerRequest request, Peer peer) {
        return sent(type, request, peer, Integer.MAX_VALUE);
    }

    private static <R extends AbstractControlRequest> List<R> sent(
            Class<R> type, BrokerRequest request, Peer peer, int maxBytes) {
        List<R> read = new ArrayList<>();
        for (AbstractRequest.Builder<?> builder :
                new Command(request, maxBytes, new Registrations(warning -> {})).requests(peer)) {
            AbstractRequest built = builder.build(builder.latestAllowedVersion());
            ByteBuffer bytes = built.serialize();
            R parsed = type.cast(AbstractRequest.parseRequest(built.apiKey(), built.version(), bytes).request);
            assertThat(bytes.hasRemaining()).isFalse();
            assertThat(parsed.controllerId()).isEqualTo(1000);
            assertThat(parsed.controllerEpoch()).isEqualTo(7);
            read.add(parsed);
        }
        return read;
    }

    @Test
    void theVersionsAreThoseOfProtocol26HoweverMuchNewerTheBrokerIs() {
        Peer newest = Commands.peer(7, 4, 8);
        assertThat(sent(LeaderAndIsrRequest.class, Commands.leaderAndIsr(), newest))
                .extracting(AbstractRequest::version)
                .containsExactly((short) 4);
        assertThat(sent(StopReplicaRequest.class, Commands.stop(), newest))
                .extracting(AbstractRequest::version)
                .containsExactly((short) 3);
        assertThat(sent(UpdateMetadataRequest.class, Commands.metadata(), newest))
                .extracting(AbstractRequest::version)
                .containsExactly((short) 6);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void leaderAndIsrSaysAllThatItsVersionCan(int version) {
        List<LeaderAndIsrRequest> sent =
                sent(LeaderAndIsrRequest.class, Commands.leaderAndIsr(), Commands.peer(version, 0, 0));

        assertThat(sent).hasSize(1);
        LeaderAndIsrRequest request = sent.get(0);
        assertThat(request.version()).isEqualTo((short) version);
        assertThat(request.brokerEpoch()).isEqualTo(version >= 2 ? 55 : -1);
        assertThat(request.liveLeaders())
                .as("the leaders alone, at the listener over which brokers fetch")
                .containsExactly(new LeaderAndIsrLiveLeader()
                        .setBrokerId(2)
                        .setHostName("inside-2")
                        .setPort(9092));
        assertThat(request.partitionStates())
                .containsExactlyInAnyOrder(
                        leaderAndIsrState(Commands.ORDERS, version), leaderAndIsrState(Commands.OTHER, version));
    }

    private static LeaderAndIsrPartitionState leaderAndIsrState(TopicPartition partition, int version) {
        LeaderAndIsrPartitionState state = new LeaderAndIsrPartitionState()
                .setTopicName(partition.topic())
                .setPartitionIndex(partition.partition())
                .setControllerEpoch(6)
                .setLeader(2)
                .setLeaderEpoch(9)
                .setIsr(List.of(2, 3))
                .setPartitionEpoch(12)
                .setReplicas(List.of(2, 3, 4, 1))
                .setIsNew(version >= 1);
        return version < 3 ? state : state.setAddingReplicas(List.of(4)).setRemovingReplicas(List.of(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6})
    void updateMetadataNamesEveryEndpointAndTheReplicasThatAreOffline(int version) {
        List<UpdateMetadataRequest> sent =
                sent(UpdateMetadataRequest.class, Commands.metadata(), Commands.peer(0, 0, version));

        assertThat(sent).hasSize(1);
        UpdateMetadataRequest request = sent.get(0);
        assertThat(request.version()).isEqualTo((short) version);
        assertThat(request.brokerEpoch()).isEqualTo(version >= 5 ? 55 : -1);
        assertThat(request.liveBrokers()).containsExactly(metadataBroker(1), metadataBroker(2), metadataBroker(3));
        assertThat(request.partitionStates())
                .containsExactlyInAnyOrder(metadataState(Commands.ORDERS), metadataState(Commands.OTHER));
    }

    private static UpdateMetadataPartitionState metadataState(TopicPartition partition) {
        return new UpdateMetadataPartitionState()
                .setTopicName(partition.topic())
                .setPartitionIndex(partition.partition())
                .setControllerEpoch(6)
                .setLeader(2)
                .setLeaderEpoch(9)
                .setIsr(List.of(2, 3))
                .setZkVersion(12)
                .setReplicas(List.of(2, 3, 4, 1))
                .setOfflineReplicas(List.of(4));
    }

    private static UpdateMetadataBroker metadataBroker(int id) {
        return new UpdateMetadataBroker()
                .setId(id)
                .setRack("rack-" + id)
                .setEndpoints(List.of(
                        new UpdateMetadataEndpoint()
                                .setListener("CLIENT")
                                .setSecurityProtocol((short) 3)
                                .setHost("client-" + id)
                                .setPort(9093),
                        new UpdateMetadataEndpoint()
                                .setListener("REPLICATION")
                                .setSecurityProtocol((short) 0)
                                .setHost("inside-" + id)
                                .setPort(9092)));
    }

    @Test
    void stopReplica3HasALeaderEpochAndAFlagForEachPartition() {
        List<StopReplicaRequest> sent = sent(StopReplicaRequest.class, Commands.stop(), Commands.peer(4, 3, 6));

        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).brokerEpoch()).isEqualTo(55);
        assertThat(sent.get(0).partitionStates())
                .containsOnly(
                        Map.entry(kafka(Commands.ORDERS), stopState(3, 10, true)),
                        Map.entry(kafka(Commands.OTHER), stopState(0, 11, false)));
    }

    private static org.apache.kafka.common.TopicPartition kafka(TopicPartition partition) {
        return new org.apache.kafka.common.TopicPartition(partition.topic(), partition.partition());
    }

    private static StopReplicaPartitionState stopState(int partition, int leaderEpoch, boolean delete) {
        return new StopReplicaPartitionState()
                .setPartitionIndex(partition)
                .setLeaderEpoch(leaderEpoch)
                .setDeletePartition(delete);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void olderStopReplicasHaveOneFlagSoThatAMixedOneBecomesTwo(int version) {
        List<StopReplicaRequest> sent = sent(StopReplicaRequest.class, Commands.stop(), Commands.peer(1, version, 4));

        assertThat(sent).hasSize(2);
        assertThat(sent).extracting(AbstractControlRequest::brokerEpoch).containsOnly(version == 0 ? -1L : 55L);
        assertThat(sent.get(0).data().deletePartitions()).isFalse();
        assertThat(sent.get(0).partitionStates().keySet()).hasToString("[other-0]");
        assertThat(sent.get(1).data().deletePartitions()).isTrue();
        assertThat(sent.get(1).partitionStates().keySet()).hasToString("[orders-3]");
    }

    @Test
    void aRequestThatIsTooLargeIsSplitInOrderWithAllBrokersInEachPart() {
        List<UpdateMetadataRequest> sent =
                sent(UpdateMetadataRequest.class, Commands.metadata(1_000), Commands.peer(4, 3, 6), 10_000);

        assertThat(sent).hasSizeGreaterThan(5).allSatisfy(part -> {
            assertThat(part.serialize().remaining()).isLessThan(10_000);
            assertThat(part.liveBrokers()).hasSize(2);
        });
        List<Integer> partitions = new ArrayList<>();
        sent.forEach(part -> part.partitionStates().forEach(state -> partitions.add(state.partitionIndex())));
        assertThat(partitions).hasSize(1_000).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aBrokersOwnLimitCountsWhereItIsSmaller() {
        Peer peer = Commands.peer(4, 3, 6).knowing(new BrokerFacts("REPLICATION", 10_000));
        assertThat(sent(UpdateMetadataRequest.class, Commands.metadata(1_000), peer, 10_000_000))
                .hasSizeGreaterThan(5);
    }

    @Test
    void metadataOfNoPartitionIsOneRequest() {
        assertThat(sent(UpdateMetadataRequest.class, Commands.metadata(0), Commands.peer(4, 3, 6)))
                .hasSize(1);
    }
}
