package org.reassign.plugin.simulatedbrokers;

import java.util.Optional;
import java.util.SortedMap;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * Who copies what from whom, and who is in sync: decided anew for one partition whenever something about it changed.
 *
 * <p>A follower copies while its leader runs and believes it leads at the very epoch at which the follower fetches
 * (Kafka fences a lower one and does not know a higher one), serves it as one of its replicas, and the follower is not
 * held. What the leader has on disk is the whole partition: a follower that has more is truncated to it, also where
 * the leader itself never had everything.
 */
final class Replication {
    private final SortedMap<Integer, SimulatedBroker> running;
    private final Disks disks;
    private final Flows flows;
    private final Holds holds;

    Replication(SortedMap<Integer, SimulatedBroker> running, Disks disks, Flows flows, Holds holds) {
        this.running = running;
        this.disks = disks;
        this.flows = flows;
        this.holds = holds;
    }

    /** Starts and ends the copies of a partition as its brokers' roles demand, and lets leaders write the ISR. */
    void review(TopicPartition partition, long nowMillis) {
        for (Copy copy : flows.running(partition)) {
            endUnlessDue(copy, nowMillis);
        }
        for (SimulatedBroker follower : running.values()) {
            source(partition, follower).ifPresent(leader -> copy(partition, leader, follower.id(), nowMillis));
        }
        for (SimulatedBroker leader : running.values()) {
            leader.leading(partition)
                    .ifPresent(role -> leader.writeIsr(partition, role, isr(partition, leader.id(), role, nowMillis)));
        }
    }

    private void endUnlessDue(Copy copy, long nowMillis) {
        TopicPartition partition = copy.partition();
        int to = copy.lane().to();
        boolean due = Optional.ofNullable(running.get(to))
                .flatMap(follower -> source(partition, follower))
                .filter(leader -> leader == copy.lane().from())
                .isPresent();
        boolean stored =
                disks.of(to).get(partition).filter(content -> content == copy).isPresent();
        if (due && stored && copy.bytesAt(nowMillis) < copy.fullBytes()) {
            return;
        }
        disks.of(to).replace(partition, copy, new Disk.AtRest(copy.bytesAt(nowMillis)));
        flows.end(copy, nowMillis);
    }

    private void copy(TopicPartition partition, int from, int to, long nowMillis) {
        long full = disks.bytes(from, partition, nowMillis);
        long have = disks.bytes(to, partition, nowMillis);
        if (have > full) {
            disks.of(to).put(partition, new Disk.AtRest(full));
        }
        if (have < full && flows.running(partition, to).isEmpty()) {
            disks.of(to).put(partition, flows.start(partition, from, to, have, full, nowMillis));
        }
    }

    /** The leader that serves a follower now; empty where none does. */
    private Optional<Integer> source(TopicPartition partition, SimulatedBroker follower) {
        if (holds.contains(partition, follower.id())) {
            return Optional.empty();
        }
        return follower.following(partition)
                .filter(role -> Optional.ofNullable(running.get(role.leader()))
                        .flatMap(leader -> leader.leading(partition))
                        .filter(leading -> leading.leaderEpoch() == role.leaderEpoch())
                        .filter(leading -> leading.replicas().contains(follower.id()))
                        .isPresent())
                .map(Role.Following::leader);
    }

    /**
     * The ISR that the leader wants: without the held, with those that have caught up. A follower that is dead or
     * behind stays in it if it was: nothing is produced, so its leader does not miss it.
     */
    private Replicas isr(TopicPartition partition, int leader, Role.Leading role, long nowMillis) {
        Replicas kept = role.state().isr().filter(id -> id == leader || !holds.contains(partition, id));
        long full = disks.bytes(leader, partition, nowMillis);
        Replicas caughtUp = role.replicas()
                .filter(id -> Optional.ofNullable(running.get(id))
                        .flatMap(follower -> source(partition, follower))
                        .filter(source -> source == leader && disks.bytes(id, partition, nowMillis) >= full)
                        .isPresent());
        return kept.append(caughtUp);
    }
}
