package org.reassign.plugin.simulatedbrokers;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Broker;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest.PartitionState;

/**
 * What a broker has learnt from UpdateMetadata since it started: it tells its clients nothing else.
 *
 * @param partitions every partition that it knows
 * @param live the brokers that it takes for live
 */
public record MetadataCache(SortedMap<TopicPartition, PartitionState> partitions, List<Broker> live) {
    /** Copies both. */
    public MetadataCache {
        partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
        live = List.copyOf(live);
    }
}
