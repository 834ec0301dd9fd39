package org.reassign.api.spi;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.reassign.api.Evolving;
import org.reassign.api.model.Broker;
import org.reassign.api.model.TopicPartition;

/**
 * Asks brokers which replicas lie on their disks, as Kafka's DescribeLogDirs does (KIP-113). Reads only. Its methods may be
 * called from any thread and as often as wanted, and do not block.
 *
 * <p>A stage completes on any thread, by a deadline of the gateway's own. It fails where the broker could not be asked or does
 * not permit it, with a message that is one sentence with the broker and the remedy; the next call asks again.
 */
@Evolving(since = "1.0")
public interface BrokerDisks extends AutoCloseable {
    /** The replicas of these partitions that the broker has; those that it does not have are absent. */
    CompletionStage<DiskContent> replicas(Broker broker, Set<TopicPartition> partitions);

    /** All replicas that the broker has, whether they are assigned to it or not. */
    CompletionStage<DiskContent> allReplicas(Broker broker);

    /** Closes all connections; calls that have no answer yet fail. Repeated calls do nothing. */
    @Override
    void close();

    /**
     * What a broker has told.
     *
     * @param replicas the replicas, in no order; of a partition whose log directory is being changed there are two
     * @param isComplete whether every log directory could be read; else a replica that is absent may lie in another
     */
    record DiskContent(List<DiskReplica> replicas, boolean isComplete) {
        /** Copies the list. */
        public DiskContent {
            replicas = List.copyOf(replicas);
        }
    }

    /**
     * A replica on a broker's disk.
     *
     * @param partition of which partition
     * @param bytes size of its log segments
     * @param offsetLag how many records its log ends before the high watermark, or, of a future replica, before the current
     *     one; negative where the broker does not know
     * @param isFuture whether it is a copy in another log directory of the same broker that is to replace the current one
     */
    record DiskReplica(TopicPartition partition, long bytes, long offsetLag, boolean isFuture) {}
}
