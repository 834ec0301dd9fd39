package org.reassign.it;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.MetadataResponse.PartitionMetadata;
import org.apache.kafka.common.requests.RequestHeader;
import org.reassign.api.model.Endpoint;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * What one broker's own metadata cache says of a partition. A client of Kafka's would ask any broker.
 *
 * @param leader −1 for none
 * @param epoch of the leader
 * @param replicas in order
 * @param isr sorted
 */
record BrokerMetadata(int leader, int epoch, List<Integer> replicas, List<Integer> isr) {
    /** With all fields, in versions of Kafka from 2.1 on. */
    private static final short VERSION = 7;
    /** Without the leader epoch, for Kafka 1.1. */
    static final short WITHOUT_EPOCH = 5;

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int LARGEST = 10_000_000;

    /** What a broker should say of a partition. */
    static BrokerMetadata of(Replicas assigned, LeaderAndIsr state) {
        return new BrokerMetadata(
                state.leader(),
                state.leaderEpoch(),
                assigned.ids(),
                state.isr().ids().stream().sorted().toList());
    }

    /** The same from a broker that was asked {@link #WITHOUT_EPOCH}. */
    BrokerMetadata withoutEpoch() {
        return new BrokerMetadata(leader, -1, replicas, isr);
    }

    /** Asks the broker at an address; what it does not know is missing. */
    static SortedMap<TopicPartition, BrokerMetadata> ask(Endpoint broker, Collection<String> topics) {
        return ask(broker, topics, VERSION);
    }

    /** The same in a version of the request. */
    static SortedMap<TopicPartition, BrokerMetadata> ask(Endpoint broker, Collection<String> topics, short version) {
        MetadataRequest request =
                new MetadataRequest.Builder(List.copyOf(topics), false, version, version).build(version);
        RequestHeader header = new RequestHeader(request.apiKey(), version, "it", 1);
        try (Socket socket = new Socket(broker.host(), broker.port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            ByteBuffer sent = request.serializeWithHeader(header);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(sent.remaining());
            out.write(sent.array(), sent.arrayOffset() + sent.position(), sent.remaining());
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] received = new byte[Math.min(LARGEST, in.readInt())];
            in.readFully(received);
            MetadataResponse response =
                    (MetadataResponse) AbstractResponse.parseResponse(ByteBuffer.wrap(received), header);
            SortedMap<TopicPartition, BrokerMetadata> known = new TreeMap<>();
            response.topicMetadata()
                    .forEach(topic -> topic.partitionMetadata()
                            .forEach(found -> known.put(
                                    new TopicPartition(found.topic(), found.partition()), BrokerMetadata.of(found))));
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException("broker at " + broker + " has not answered", e);
        }
    }

    private static BrokerMetadata of(PartitionMetadata found) {
        return new BrokerMetadata(
                found.leaderId.orElse(-1),
                found.leaderEpoch.orElse(-1),
                found.replicaIds,
                found.inSyncReplicaIds.stream().sorted().toList());
    }
}
