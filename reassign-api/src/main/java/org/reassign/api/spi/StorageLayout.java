package org.reassign.api.spi;

import java.util.List;
import org.pf4j.ExtensionPoint;
import org.reassign.api.Evolving;
import org.reassign.api.zk.PathPattern;

/**
 * How reassignments in flight are written to ZooKeeper: points 10 and 12 of the thread. A pure codec, called by one
 * thread at a time: it says what to write, the core writes it, fenced, in order, in transactions. The core owns the
 * assigned replicas and the rest of the topic's JSON.
 */
@Evolving(since = "1.0")
public interface StorageLayout extends ExtensionPoint {
    /**
     * Where records of this layout lie outside the topic znodes, such as {@code /admin/reassignments/*}{@code /*}; empty
     * for a layout that has none. The core makes the {@linkplain PathPattern#root() root} of each and keeps it. The
     * first star must stand for the topic, or for {@code topic-partition}.
     */
    List<PathPattern> recordPaths();

    /**
     * Reads the records of one topic, from its fields and from its znodes under {@link #recordPaths()}. A record that
     * cannot be read is {@linkplain StoredRecords.Fault reported}, not thrown, and does not hide the others.
     */
    StoredRecords decode(TopicSnapshot topic);

    /**
     * Says what to write so that after {@code changes} the topic's records are as they say. {@code topic} is the topic
     * before the changes, with {@link TopicSnapshot#inFlight()} and versions up to date; its {@code records} may be left
     * out. Changes are ordered by partition, each partition at most once. Equal input gives equal output. The core may
     * call it for one change at a time or for many at once; the result of all calls must be the same.
     */
    RecordWrites encode(TopicSnapshot topic, List<RecordChange> changes);
}
