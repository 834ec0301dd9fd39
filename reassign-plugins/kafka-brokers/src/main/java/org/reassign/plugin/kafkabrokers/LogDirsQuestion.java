package org.reassign.plugin.kafkabrokers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopic;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopicCollection;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DescribeLogDirsRequest;
import org.apache.kafka.common.requests.DescribeLogDirsResponse;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerDisks.DiskContent;
import org.reassign.api.spi.BrokerDisks.DiskReplica;

/**
 * DescribeLogDirs v1 or lower: later versions only add a refusal, which these show by a broker without log directories, and
 * the space of the volume. Brokers up to 1.1 have v0, of which those of 3.x log each request, as deprecated.
 *
 * @param only the partitions that are asked for; empty for all that the broker has
 */
record LogDirsQuestion(Optional<Set<TopicPartition>> only) implements Exchange.Content<DiskContent> {
    private static final short ENOUGH = 1;

    @Override
    public List<AbstractRequest.Builder<?>> requests(Peer peer) {
        DescribeLogDirsRequestData data = new DescribeLogDirsRequestData()
                .setTopics(only.map(LogDirsQuestion::topics).orElse(null));
        short version = peer.version(ApiKeys.DESCRIBE_LOG_DIRS, ENOUGH);
        return List.of(new Builder(version, data));
    }

    private static DescribableLogDirTopicCollection topics(Set<TopicPartition> partitions) {
        DescribableLogDirTopicCollection topics = new DescribableLogDirTopicCollection();
        for (TopicPartition partition : partitions) {
            DescribableLogDirTopic topic = topics.find(partition.topic());
            if (topic == null) {
                topic = new DescribableLogDirTopic().setTopic(partition.topic());
                topics.add(topic);
            }
            topic.partitions().add(partition.partition());
        }
        return topics;
    }

    /** One version only: that of kafka-clients takes the highest that both sides have. */
    private static final class Builder extends AbstractRequest.Builder<DescribeLogDirsRequest> {
        private final DescribeLogDirsRequestData data;

        Builder(short version, DescribeLogDirsRequestData data) {
            super(ApiKeys.DESCRIBE_LOG_DIRS, version);
            this.data = data;
        }

        @Override
        public DescribeLogDirsRequest build(short version) {
            return new DescribeLogDirsRequest(data, version);
        }
    }

    @Override
    public DiskContent result(Peer peer, List<AbstractResponse> answers) {
        List<DescribeLogDirsResult> directories =
                ((DescribeLogDirsResponse) answers.get(0)).data().results();
        if (directories.isEmpty()) {
            throw GatewayException.lasting(peer + " does not tell its log directories;"
                    + " give this user the operation Describe on the cluster, or make it one of super.users");
        }
        List<DiskReplica> replicas = new ArrayList<>();
        boolean complete = true;
        for (DescribeLogDirsResult directory : directories) {
            complete &= directory.errorCode() == Errors.NONE.code();
            directory
                    .topics()
                    .forEach(topic -> topic.partitions()
                            .forEach(replica -> replicas.add(new DiskReplica(
                                    new TopicPartition(topic.name(), replica.partitionIndex()),
                                    replica.partitionSize(),
                                    replica.offsetLag(),
                                    replica.isFutureKey()))));
        }
        return new DiskContent(replicas, complete);
    }
}
