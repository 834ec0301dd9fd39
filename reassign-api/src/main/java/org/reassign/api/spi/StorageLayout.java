package org.reassign.api.spi;

import java.util.List;
import org.pf4j.ExtensionPoint;
import org.reassign.api.Evolving;

/**
 * How reassignments in flight are written to ZooKeeper: points 10 and 12 of the thread. A pure codec, called by one
 * thread at a time: it says what to write, the core writes it, fenced, in order, in transactions. The core owns the
 * assigned replicas and the rest of the topic's JSON.
 */
@Evolving(since = "1.0")
public interface StorageLayout extends ExtensionPoint {
    /**
     * Where records of this layout lie; always the same. The core creates the {@linkplain Placement#recordRoot() root}
     * and keeps it.
     */
    Placement placement();

    /**
     * Reads the records of one topic, from its fields and from its znodes at its {@link #placement()}. A record that
     * cannot be read is {@linkplain StoredRecords.Fault reported}, not thrown, and does not hide the others. A topic
     * whose znode holds no topic's JSON comes without assigned replicas and fields.
     */
    StoredRecords decode(TopicSnapshot topic);

    /**
     * Says what to write so that after {@code changes} the topic's records are as they say. {@code topic} is the topic
     * before the changes, with {@link TopicSnapshot#inFlight()} and versions up to date; its {@code records} may be left
     * out. Changes are ordered by partition, each partition at most once. Equal input gives equal output. The core may
     * call it for one change at a time or for many at once; the result of all calls must be the same. A crash may come
     * between any two of the writes: whatever was in flight before the changes can be read until the topic is written.
     */
    RecordWrites encode(TopicSnapshot topic, List<RecordChange> changes);

    /**
     * Whether Kafka's own controller, once it leads, completes what is in flight in this layout, since the topic's znode
     * says it as Kafka does (KIP-455). Then the office can be handed back while replicas are being copied; always the same.
     */
    default boolean isCompletedByKafka() {
        return false;
    }
}
