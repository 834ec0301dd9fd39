package org.reassign.cli.client;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.client.Reassignment;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * What is copied of a partition, and by whom.
 *
 * @param partition which one
 * @param leader the broker that sends it
 * @param complete the replicas among those to be copied that have all of it, since they are in sync
 * @param behind the replicas that do not have all of it yet
 */
record CopyJob(TopicPartition partition, OptionalInt leader, Replicas complete, Replicas behind) {
    /** Of a reassignment: the target without the original replicas that are in sync, which never needed a copy. */
    static CopyJob of(Reassignment running) {
        Replicas copied =
                running.record().target().minus(running.record().original().filter(running.isr()::contains));
        return new CopyJob(
                running.partition(),
                running.leader(),
                copied.filter(running.isr()::contains),
                copied.minus(running.isr()));
    }

    /** Of a partition that is to have this target: what is not in sync. */
    static CopyJob to(Replicas target, PartitionDescription one) {
        return new CopyJob(one.partition(), one.leader(), Replicas.NONE, target.minus(one.isr()));
    }

    /** The part of it for one broker that is behind. */
    CopyJob to(int broker) {
        return new CopyJob(partition, leader, Replicas.NONE, Replicas.of(broker));
    }

    /** Which partitions are to be looked for on which broker, to know how these stand. */
    static Map<Integer, Set<TopicPartition>> wanted(Collection<CopyJob> jobs) {
        Map<Integer, Set<TopicPartition>> wanted = new TreeMap<>();
        for (CopyJob job : jobs) {
            if (job.complete().isEmpty() && job.behind().isEmpty()
                    || job.leader().isEmpty()) {
                continue;
            }
            job.behind()
                    .append(Replicas.of(job.leader().getAsInt()))
                    .ids()
                    .forEach(broker -> wanted.computeIfAbsent(broker, id -> new HashSet<>())
                            .add(job.partition()));
        }
        return wanted;
    }

    /**
     * How far it is: what is in sync counts as the leader's size, what is not as what it has, up to that size. Empty where
     * one of these sizes is not known.
     */
    Optional<CopyProgress> progress(DiskSnapshot disks) {
        if (complete.isEmpty() && behind.isEmpty()) {
            return Optional.of(CopyProgress.NOTHING);
        }
        OptionalLong size = leader.isPresent() ? disks.bytes(leader.getAsInt(), partition) : OptionalLong.empty();
        if (size.isEmpty()) {
            return Optional.empty();
        }
        long copied = size.getAsLong() * complete.size();
        long left = 0;
        for (int broker : behind.ids()) {
            OptionalLong has = disks.bytes(broker, partition);
            if (has.isEmpty()) {
                return Optional.empty();
            }
            copied += Math.min(has.getAsLong(), size.getAsLong());
            left += Math.max(0, size.getAsLong() - has.getAsLong());
        }
        return Optional.of(new CopyProgress(copied, left));
    }
}
