package org.reassign.plugin.simulatedbrokers;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.reassign.api.model.TopicPartition;

/**
 * The replicas on one broker's disk and their bytes. Outlives the broker's death. Written by the brokers' thread, read
 * by any.
 */
final class Disk {
    private final ConcurrentMap<TopicPartition, Content> replicas = new ConcurrentHashMap<>();

    /** How many bytes a replica has. */
    interface Content {
        long bytesAt(long nowMillis);
    }

    /** A replica that nobody copies to. */
    record AtRest(long bytes) implements Content {
        @Override
        public long bytesAt(long nowMillis) {
            return bytes;
        }
    }

    /** Makes an empty replica; one that is there keeps its bytes. */
    void create(TopicPartition partition) {
        replicas.putIfAbsent(partition, new AtRest(0));
    }

    void put(TopicPartition partition, Content content) {
        replicas.put(partition, content);
    }

    /** Replaces what is there if it is {@code before}; a replica that was deleted meanwhile stays so. */
    void replace(TopicPartition partition, Content before, Content after) {
        replicas.replace(partition, before, after);
    }

    Optional<Content> get(TopicPartition partition) {
        return Optional.ofNullable(replicas.get(partition));
    }

    void delete(TopicPartition partition) {
        replicas.remove(partition);
    }

    /** Deletes all partitions of a topic. */
    void deleteTopic(String topic) {
        replicas.keySet().removeIf(partition -> partition.topic().equals(topic));
    }

    /** All replicas and their bytes. */
    SortedMap<TopicPartition, Long> bytesAt(long nowMillis) {
        SortedMap<TopicPartition, Long> bytes = new TreeMap<>();
        replicas.forEach((partition, content) -> bytes.put(partition, content.bytesAt(nowMillis)));
        return Collections.unmodifiableSortedMap(bytes);
    }
}
