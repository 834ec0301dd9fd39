package org.reassign.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.lead.OfficeSettings;
import org.reassign.core.store.WriteMode;

/**
 * The office changes between a controller of ours and Kafka's own while partitions are in flight, which are held there by a
 * replica that copies nothing. Producer and consumer group go on all the time.
 */
final class HandOver {
    private static final Replicas BEFORE = Replicas.of(0, 1);
    private static final Replicas TARGET = Replicas.of(2, 3);

    private final RealBrokers brokers;
    private final List<TopicPartition> partitions;

    /** With a topic of its own of this name, and the partition with the group's offsets beside it. */
    HandOver(RealBrokers brokers, String topic) {
        this.brokers = brokers;
        brokers.create(topic, List.of(BEFORE, BEFORE, BEFORE));
        this.partitions = IntStream.range(0, 3)
                .mapToObj(p -> new TopicPartition(topic, p))
                .toList();
    }

    /** Killed with {@code kip-455}, Kafka's controller completes; with another layout the next one of ours does. */
    void killedInFlight(String layout) {
        List<TopicPartition> moved = new ArrayList<>(partitions);
        moved.add(RealBrokers.OFFSETS);
        Map<TopicPartition, Set<Replicas>> ends =
                moved.stream().collect(Collectors.toMap(one -> one, one -> Set.of(TARGET)));
        try (RealClients clients = new RealClients(brokers, partitions);
                ZkPort requester = brokers.server.sessions().open("requester")) {
            holdAll();
            try (OurController killed = ours(layout)) {
                RealBrokers.join(killed.submit(
                        requester, moved.stream().collect(Collectors.toMap(one -> one, one -> Optional.of(TARGET)))));
                partitions.forEach(partition -> brokers.awaitInSync(partition, 2));
            }
            brokers.awaitKafkasController();
            clients.assertUnharmed();
            if (layout.equals("kip-455")) {
                RealBrokers.join(brokers.lab.releaseAll());
                new SettledCluster(brokers).await(ends);
            } else {
                partitions.forEach(partition -> brokers.awaitAssigned(partition, 2, 3, 0, 1));
                try (OurController next = ours(layout)) {
                    RealBrokers.join(brokers.lab.releaseAll());
                    new SettledCluster(brokers).await(ends);
                    next.stop();
                }
            }
            clients.assertUnharmed();
        }
    }

    /** A controller that only visits changes and cancels what Kafka's is completing, which completes the rest. */
    void visited() {
        OfficeSettings visits = OfficeSettings.DEFAULT.with(OfficeSettings.Mode.VISITS);
        try (RealClients clients = new RealClients(brokers, partitions);
                ZkPort requester = brokers.server.sessions().open("requester");
                OurController visitor = new OurController(
                        brokers, Choice.DEFAULT.in("kip-455", WriteMode.BATCHED), visits, new ControllerLog())) {
            holdAll();
            RealBrokers.join(visitor.submit(
                    requester, partitions.stream().collect(Collectors.toMap(one -> one, one -> Optional.of(TARGET)))));
            partitions.forEach(partition -> brokers.awaitInSync(partition, 2));
            brokers.awaitKafkasController();
            partitions.forEach(partition -> brokers.awaitAssigned(partition, 2, 3, 0, 1));
            RealBrokers.join(visitor.submit(
                    requester,
                    Map.of(
                            partitions.get(1), Optional.of(Replicas.of(4, 3)),
                            partitions.get(2), Optional.empty())));
            brokers.awaitAssigned(partitions.get(2), 0, 1);
            brokers.awaitInSync(partitions.get(1), 4);
            brokers.awaitKafkasController();
            RealBrokers.join(brokers.lab.releaseAll());
            new SettledCluster(brokers)
                    .await(Map.of(
                            partitions.get(0), Set.of(TARGET),
                            partitions.get(1), Set.of(Replicas.of(4, 3)),
                            partitions.get(2), Set.of(BEFORE)));
            brokers.awaitKafkasController();
            clients.assertUnharmed();
            visitor.stop();
        }
    }

    /** Of three reassignments that Kafka has begun one is completed, one sent elsewhere, and one cancelled. */
    void inTheMiddleOfKafkas() {
        try (RealClients clients = new RealClients(brokers, partitions);
                ZkPort requester = brokers.server.sessions().open("requester");
                Admin admin = Admin.create(Map.of("bootstrap.servers", brokers.bootstrap()))) {
            holdAll();
            brokers.awaitKafkasController();
            RealBrokers.join(admin.alterPartitionReassignments(partitions.stream()
                            .collect(Collectors.toMap(
                                    RealClients::kafkas,
                                    one -> Optional.of(new NewPartitionReassignment(TARGET.ids())))))
                    .all()
                    .toCompletionStage());
            partitions.forEach(partition -> brokers.awaitInSync(partition, 2));
            try (OurController next = ours("kip-455")) {
                RealBrokers.join(next.submit(
                        requester,
                        Map.of(
                                partitions.get(1), Optional.of(Replicas.of(4, 2)),
                                partitions.get(2), Optional.empty())));
                brokers.awaitAssigned(partitions.get(1), 4, 2);
                brokers.awaitAssigned(partitions.get(2), 0, 1);
                RealBrokers.join(brokers.lab.releaseAll());
                new SettledCluster(brokers)
                        .await(Map.of(
                                partitions.get(0), Set.of(TARGET),
                                partitions.get(1), Set.of(Replicas.of(4, 2)),
                                partitions.get(2), Set.of(BEFORE)));
                next.stop();
            }
            clients.assertUnharmed();
        }
    }

    private OurController ours(String layout) {
        return new OurController(brokers, layout, "per-partition");
    }

    private void holdAll() {
        partitions.forEach(partition -> RealBrokers.join(brokers.lab.hold(partition, 3)));
    }
}
