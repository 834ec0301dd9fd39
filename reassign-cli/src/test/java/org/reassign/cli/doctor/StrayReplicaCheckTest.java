package org.reassign.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.reassign.api.client.OwedReplica;
import org.reassign.api.client.ReassignmentListing;
import org.reassign.api.client.WaitingTarget;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerDisks.DiskContent;
import org.reassign.api.spi.BrokerDisks.DiskReplica;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.cli.doctor.StrayReplicaCheck.Stray;
import org.reassign.core.store.TopicRead;

/** Broker 2 has replicas of orders-0, which is assigned to 0 and 1, and of a topic that does not exist. */
class StrayReplicaCheckTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final TopicPartition GONE = new TopicPartition("gone", 3);

    private final SortedMap<String, TopicRead> topics = new TreeMap<>(Map.of("orders", topic(Map.of())));
    private final List<WaitingTarget> waiting = new ArrayList<>();
    private final List<OwedReplica> owed = new ArrayList<>();
    private final Set<String> deleted = new HashSet<>();
    private final Map<Integer, DiskContent> disks = new TreeMap<>(Map.of(
            0, disk(new DiskReplica(ORDERS, 10, 0, false)),
            2, disk(new DiskReplica(ORDERS, 10, 0, false), new DiskReplica(GONE, 20, 0, false))));

    private static DiskContent disk(DiskReplica... replicas) {
        return new DiskContent(List.of(replicas), true);
    }

    private static TopicRead topic(Map<Integer, ReassignmentRecord> records) {
        TopicSnapshot snapshot = new TopicSnapshot(
                "orders", new TreeMap<>(Map.of(0, Replicas.of(0, 1))), Map.of(), 0, new TreeMap<>(), ZkSnapshot.EMPTY);
        return topic(new TopicRead.Content.Present(1, snapshot), records);
    }

    private static TopicRead topic(TopicRead.Content content, Map<Integer, ReassignmentRecord> records) {
        return new TopicRead(
                "orders", content, List.of(new TreeMap<>(records)), ZkSnapshot.EMPTY, List.of(), List.of());
    }

    private List<Stray> strays() {
        ReassignmentListing listing = new ReassignmentListing(new TreeMap<>(), waiting);
        return StrayReplicaCheck.strays(
                new Examination(null, null, null, List.of(), topics, listing), disks, owed, deleted);
    }

    @Test
    void whatIsNotAssignedIsFoundAlsoWithoutTopic() {
        assertThat(strays()).containsExactly(new Stray(2, ORDERS, 10), new Stray(2, GONE, 20));
    }

    @Test
    void whatIsOwedOrBeingDeletedIsNotStray() {
        owed.add(new OwedReplica(2, ORDERS, 0));
        owed.add(new OwedReplica(1, GONE, 0));
        assertThat(strays()).containsExactly(new Stray(2, GONE, 20));

        deleted.add("gone");
        assertThat(strays()).isEmpty();
    }

    @Test
    void aFutureReplicaIsNotStray() {
        disks.put(2, disk(new DiskReplica(ORDERS, 10, 0, true)));

        assertThat(strays()).isEmpty();
    }

    @Test
    void whatIsRequestedOrInFlightIsNotStray() {
        waiting.add(new WaitingTarget(
                ORDERS,
                Optional.of(Replicas.of(1, 2)),
                "request_0000000000",
                Mechanism.REQUEST,
                Optional.empty(),
                Optional.empty()));
        assertThat(strays()).containsExactly(new Stray(2, GONE, 20));

        waiting.clear();
        topics.put("orders", topic(Map.of(0, record())));
        assertThat(strays()).containsExactly(new Stray(2, GONE, 20));
    }

    private static ReassignmentRecord record() {
        return new ReassignmentRecord(
                ORDERS,
                Replicas.of(3),
                Replicas.of(0, 1),
                Replicas.NONE,
                Mechanism.REQUEST,
                1,
                "r",
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }

    @Test
    void aTopicThatCannotBeReadHasNoStray() {
        topics.put("orders", topic(new TopicRead.Content.Unreadable(1, 1), Map.of()));

        assertThat(strays()).containsExactly(new Stray(2, GONE, 20));
    }
}
