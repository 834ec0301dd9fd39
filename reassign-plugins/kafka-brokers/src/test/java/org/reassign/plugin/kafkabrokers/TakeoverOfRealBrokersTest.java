package org.reassign.plugin.kafkabrokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.reassign.api.model.Broker;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest.LeaderAndIsrRequest;
import org.reassign.api.spi.BrokerRequest.PartitionState;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.spi.BrokerRequest.StopReplicaRequest;
import org.reassign.api.spi.BrokerRequest.UpdateMetadataRequest;
import org.reassign.zk.EmbeddedZooKeeper;

/**
 * The gateway against three real brokers, with the test in the controller's place. Runs where {@code reassign.kafka.jars}
 * names a folder with the jars of a Kafka broker; {@code reassign.kafka.protocol} is their protocol, 2.6 by default.
 */
@EnabledIfSystemProperty(named = "reassign.kafka.jars", matches = ".+")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TakeoverOfRealBrokersTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final int RECORDS = 2_000;

    @TempDir
    private Path folder;

    private final EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start();

    private static TakeoverOptions options() {
        return new TakeoverOptions(
                Map.of(), Optional.of("PLAINTEXT"), Duration.ofSeconds(30), Duration.ofSeconds(10), 10_000_000);
    }

    private BrokerProcesses processes() {
        return new BrokerProcesses(Path.of(System.getProperty("reassign.kafka.jars")), folder, zooKeeper.address());
    }

    private static PartitionState partition(LeaderAndIsr state, int zkVersion, Replicas replicas, Replicas adding) {
        return new PartitionState(ORDERS, state, zkVersion, replicas, adding, Replicas.NONE, Replicas.NONE, false);
    }

    @Test
    void aPartitionGrowsAndShrinksByTheThreeRequestsAndKeepsItsRecords() {
        try (zooKeeper;
                BrokerProcesses processes = processes();
                ClusterZnodes znodes = new ClusterZnodes(zooKeeper.sessions());
                Gateway gateway = new TakeoverGateway(options(), warning -> {})) {
            processes.startAll(3, Map.of());
            List<Broker> brokers = znodes.awaitBrokers(3);
            Traffic traffic = new Traffic(brokers);
            traffic.createTopic(ORDERS, List.of(1, 2));
            traffic.produce(ORDERS, 0, RECORDS);
            assertThat(znodes.join(gateway.check(brokers))).isEmpty();

            znodes.takeOver();
            Replicas grown = Replicas.of(1, 2, 3);
            tellMetadata(gateway, znodes, brokers, Replicas.of(1, 2), Replicas.NONE);

            znodes.writeAssigned(ORDERS, grown);
            znodes.writeState(ORDERS, 1, Replicas.of(1, 2));
            tellMetadata(gateway, znodes, brokers, grown, Replicas.of(3));
            tellReplicas(gateway, znodes, brokers, grown, Replicas.of(3));
            znodes.awaitIsr(ORDERS, grown);

            Replicas target = Replicas.of(3, 2);
            int epoch = znodes.writeState(ORDERS, 3, target);
            tellReplicas(gateway, znodes, brokers, target, Replicas.NONE);
            BrokerReply stopped = znodes.join(gateway.send(
                    brokers.get(0),
                    new StopReplicaRequest(
                            znodes.header(brokers.get(0)), List.of(new StopPartition(ORDERS, epoch + 1, true)))));
            assertThat(stopped).isEqualTo(new BrokerReply(BrokerReply.NONE, Map.of()));
            znodes.writeAssigned(ORDERS, target);
            tellMetadata(gateway, znodes, brokers, target, Replicas.NONE);

            assertThat(processes.data(1).resolve("orders-0")).doesNotExist();
            assertThat(processes.data(3).resolve("orders-0")).isDirectory();
            traffic.produce(ORDERS, RECORDS, RECORDS);
            assertThat(traffic.consume(ORDERS, 2 * RECORDS)).isEqualTo(2 * RECORDS);
            znodes.handBack();
        }
    }

    private static void tellMetadata(
            Gateway gateway, ClusterZnodes znodes, List<Broker> brokers, Replicas replicas, Replicas adding) {
        PartitionState told = partition(znodes.state(ORDERS), znodes.stateVersion(ORDERS), replicas, adding);
        List<BrokerReply> replies = znodes.joinAll(brokers.stream()
                .map(broker ->
                        gateway.send(broker, new UpdateMetadataRequest(znodes.header(broker), List.of(told), brokers)))
                .toList());
        assertThat(replies).containsOnly(new BrokerReply(BrokerReply.NONE, Map.of()));
    }

    private static void tellReplicas(
            Gateway gateway, ClusterZnodes znodes, List<Broker> brokers, Replicas replicas, Replicas adding) {
        PartitionState told = partition(znodes.state(ORDERS), znodes.stateVersion(ORDERS), replicas, adding);
        List<BrokerReply> replies = znodes.joinAll(brokers.stream()
                .filter(broker -> replicas.contains(broker.id()))
                .map(broker ->
                        gateway.send(broker, new LeaderAndIsrRequest(znodes.header(broker), List.of(told), brokers)))
                .toList());
        assertThat(replies).containsOnly(new BrokerReply(BrokerReply.NONE, Map.of()));
    }

    @Test
    void aProtocolOf27IsRefusedInASentence() {
        try (zooKeeper;
                BrokerProcesses processes = processes();
                ClusterZnodes znodes = new ClusterZnodes(zooKeeper.sessions());
                Gateway gateway = new TakeoverGateway(options(), warning -> {})) {
            processes.startAll(1, Map.of("inter.broker.protocol.version", ""));
            List<Broker> brokers = znodes.awaitBrokers(1);
            assertThat(znodes.join(gateway.check(brokers)))
                    .get()
                    .asString()
                    .contains("broker 1 at 127.0.0.1:", "runs inter-broker protocol 3.9")
                    .contains("set inter.broker.protocol.version=2.6");
        }
    }

    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    private static TakeoverOptions withPassword(String user, String password) {
        Map<String, String> client = Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                PLAIN + " username=\"" + user + "\" password=\"" + password + "\";");
        return new TakeoverOptions(
                client, Optional.empty(), Duration.ofSeconds(30), Duration.ofSeconds(10), 10_000_000);
    }

    private static Map<String, String> authenticating() {
        return Map.of(
                "listeners",
                "SASL_PLAINTEXT://127.0.0.1:0,REPLICATION://127.0.0.1:0",
                "listener.security.protocol.map",
                "SASL_PLAINTEXT:SASL_PLAINTEXT,REPLICATION:PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                PLAIN + " user_admin=\"right\" user_guest=\"right\";",
                "authorizer.class.name",
                "kafka.security.authorizer.AclAuthorizer",
                "super.users",
                "User:admin;User:ANONYMOUS");
    }

    @Test
    void aPasswordAndAPermissionAreNeededWhereBrokersAskForThem() {
        try (zooKeeper;
                BrokerProcesses processes = processes();
                ClusterZnodes znodes = new ClusterZnodes(zooKeeper.sessions());
                Gateway wrong = new TakeoverGateway(withPassword("admin", "wrong"), warning -> {});
                Gateway guest = new TakeoverGateway(withPassword("guest", "right"), warning -> {});
                Gateway admin = new TakeoverGateway(withPassword("admin", "right"), warning -> {})) {
            processes.startAll(1, authenticating());
            List<Broker> brokers = znodes.awaitBrokers(1);
            assertThat(znodes.join(wrong.check(brokers)))
                    .get()
                    .asString()
                    .contains("does not authenticate this client: Authentication failed");
            assertThat(znodes.join(guest.check(brokers)))
                    .get()
                    .asString()
                    .contains("does not permit this user to act as a controller");
            assertThat(znodes.join(admin.check(brokers))).isEmpty();
        }
    }
}
