package org.reassign.simulation.faults;

import java.util.Optional;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.simulation.StoredState;

/** What a request says of one partition, and what has become of it so far. */
final class RequestedEntry {
    final String request;
    final long zxid;
    final Optional<Replicas> target;
    final String place;
    boolean heardOf;
    boolean refused;
    /** In whose term it was accepted last. */
    int term;
    /** Whether a record followed it. */
    boolean recorded;
    /** What a cancel stands for, once it was accepted. */
    Optional<Replicas> original = Optional.empty();

    /** A target of which the notification is not seen yet has an id of its own. */
    boolean is(String id, TopicPartition partition) {
        return request.equals(id) || id.equals(partition + "@" + zxid);
    }

    RequestedEntry(String request, long zxid, Optional<Replicas> target, String place) {
        this.place = place;
        this.request = request;
        this.zxid = zxid;
        this.target = target;
    }

    /** Channels are read one after the other, so who comes by another while the first is unread may be seen before it. */
    boolean mayBeSeenAfter(String other) {
        return !place.startsWith(other.startsWith("request_") ? "request_" : other);
    }

    /** How the legacy znode speaks of a partition. */
    static String inLegacyZnode(TopicPartition partition) {
        return "\"topic\":\"" + partition.topic() + "\",\"partition\":" + partition.partition() + ",";
    }

    /** How it asks for a target. */
    static String asks(TopicPartition partition, Replicas target) {
        return inLegacyZnode(partition) + "\"replicas\":" + target;
    }

    /** Whether the legacy znode still names the record's target, and was not written since the request with this zxid. */
    static boolean stillAsks(StoredState stored, ReassignmentRecord legacy, long zxid) {
        return stored.node(ExpectedAssignment.LEGACY_PATH)
                .filter(node ->
                        node.stat().mzxid() < zxid && node.text().contains(asks(legacy.partition(), legacy.target())))
                .isPresent();
    }
}
