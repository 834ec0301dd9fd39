package org.reassign.api.spi;

import java.util.List;
import java.util.Optional;
import org.reassign.api.Evolving;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * A request as read from ZooKeeper.
 *
 * @param id its id: the last segment of its path, such as {@code request_0000000007} or {@code reassign_partitions}
 * @param path the znode that it lies in, for sentences; a channel without values reads it from this znode alone
 * @param mechanism the mechanism of the channel
 * @param zxid orders requests among all channels: czxid of a request znode, mzxid of the legacy znode and of targets
 * @param requester the requester's name, if given
 * @param reason why, if said
 * @param entries what it asks for, in the order written
 * @param refusal why the whole of it cannot be read; then there are no entries
 * @param answer the name under which the outcome of each entry is to be kept, see {@link
 *     org.reassign.api.model.KeptAnswer}; empty where no answer is asked for
 */
@Evolving(since = "1.0")
public record StoredRequest(
        String id,
        String path,
        Mechanism mechanism,
        long zxid,
        Optional<String> requester,
        Optional<String> reason,
        List<Entry> entries,
        Optional<Refusal> refusal,
        Optional<String> answer) {
    /** Copies the list. */
    public StoredRequest {
        entries = List.copyOf(entries);
    }

    /** A request of which no answer is to be kept. */
    public StoredRequest(
            String id,
            String path,
            Mechanism mechanism,
            long zxid,
            Optional<String> requester,
            Optional<String> reason,
            List<Entry> entries,
            Optional<Refusal> refusal) {
        this(id, path, mechanism, zxid, requester, reason, entries, refusal, Optional.empty());
    }

    /** A request without requester and reason, all of which could be read. */
    public static StoredRequest of(String path, Mechanism mechanism, long zxid, List<Entry> entries) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        return new StoredRequest(
                id, path, mechanism, zxid, Optional.empty(), Optional.empty(), entries, Optional.empty());
    }

    /** The part of a request about one partition. */
    public sealed interface Entry {
        /** The partition as written. */
        String name();
    }

    /**
     * A well-formed entry. Whether topic, partition and brokers exist is for the core to check.
     *
     * @param partition which partition
     * @param target the replica list asked for; empty to cancel
     */
    public record Valid(TopicPartition partition, Optional<Replicas> target) implements Entry {
        @Override
        public String name() {
            return partition.toString();
        }
    }

    /**
     * An entry that cannot be read: empty or duplicate or negative brokers, named twice, wrong types.
     *
     * @param name the partition as written
     * @param refusal the fault
     */
    public record Invalid(String name, Refusal refusal) implements Entry {}

    /**
     * An entry whose value was overwritten by a later request: what it asked for is lost. The core refuses it, unless
     * the value had been read before, or the partition's record follows this request.
     *
     * @param partition which partition
     * @param refusal the answer if no controller had read the value
     */
    public record Overwritten(TopicPartition partition, Refusal refusal) implements Entry {
        @Override
        public String name() {
            return partition.toString();
        }
    }
}
