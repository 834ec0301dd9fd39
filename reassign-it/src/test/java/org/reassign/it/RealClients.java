package org.reassign.it;

import java.util.List;
import org.reassign.api.model.TopicPartition;

/** A producer and a consumer group that work while partitions are moved, and what they have to see. */
final class RealClients implements AutoCloseable {
    private static final int RECORDS = 100;

    private final CheckedTraffic traffic;
    private final CheckedGroup group;

    /** They begin with some records. */
    RealClients(RealCluster brokers, List<TopicPartition> partitions) {
        traffic = new CheckedTraffic(
                brokers::bootstrap, partitions.stream().map(RealClients::kafkas).toList(), RECORDS);
        try {
            group = new CheckedGroup(partitions.get(0).topic() + "-readers", brokers::bootstrap, traffic.written);
        } catch (RuntimeException e) {
            traffic.close();
            throw e;
        }
    }

    /** Members of the group change. */
    void rotate() {
        group.rotate();
    }

    /** Everything goes on, and every acknowledged record and commit is there. */
    void assertUnharmed() {
        traffic.awaitProgress();
        group.assertFollows();
        traffic.assertNothingLost();
    }

    /** How many records were acknowledged so far. */
    long acknowledged() {
        return traffic.written.count();
    }

    /** A partition as Kafka's clients name it. */
    static org.apache.kafka.common.TopicPartition kafkas(TopicPartition partition) {
        return new org.apache.kafka.common.TopicPartition(partition.topic(), partition.partition());
    }

    @Override
    public void close() {
        group.close();
        traffic.close();
    }
}
