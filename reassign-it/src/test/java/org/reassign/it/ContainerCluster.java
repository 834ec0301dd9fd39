package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.Settings;
import org.reassign.plugin.kafkabrokers.Takeover;
import org.reassign.plugin.kafkabrokers.cluster.ConfigZnodes;
import org.reassign.plugin.kafkabrokers.cluster.LabZnodes;
import org.reassign.plugin.kafkabrokers.cluster.ReplicaHolds;
import org.reassign.zk.CuratorSessions;

/**
 * Brokers in containers that are commanded from this process. What a broker has on its disk is what it says itself, by
 * DescribeLogDirs; a directory that it has forgotten is not seen here, as it is by {@link RealBrokers}.
 */
final class ContainerCluster extends RealCluster {
    private final BrokerContainers containers;
    private final LabZnodes znodes = new LabZnodes(sessions);
    private final ReplicaHolds holds = new ReplicaHolds(new ConfigZnodes(znodes));

    private ContainerCluster(BrokerContainers containers, int count) {
        super(
                new CuratorSessions(containers.zooKeeper(), CuratorSessions.SESSION_TIMEOUT, soon()),
                new Takeover(Settings.of(Takeover.class, Map.of("listener", "PLAINTEXT"))),
                new BrokerGateway.Site(
                        Optional.of(containers.zooKeeper()), false, Path.of("target", "cache"), System.err::println),
                count);
        this.containers = containers;
    }

    /** Starts brokers 0 to n − 1, and returns when all are registered. */
    static ContainerCluster start(int count) {
        BrokerContainers containers = new BrokerContainers();
        try {
            return new ContainerCluster(containers, count).started();
        } catch (RuntimeException e) {
            containers.close();
            throw e;
        }
    }

    private ContainerCluster started() {
        try {
            ids.forEach(holds::prepare);
            ids.forEach(containers::start);
            ids.forEach(this::awaitRegistered);
            awaitKafkasController();
            create(OFFSETS.topic(), List.of(Replicas.of(0, 1, 2)));
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void awaitRegistered(int broker) {
        eventually(
                "a registration of broker " + broker,
                () -> assertThat(endpoint(broker))
                        .as(() -> containers.holder(broker).lastError())
                        .isPresent());
    }

    /** Takes a broker off the network, and returns when ZooKeeper has given it up. */
    void cutOff(int broker) {
        containers.disconnect(broker);
        eventually(
                "broker " + broker + " given up",
                () -> assertThat(endpoint(broker)).isEmpty());
    }

    /** Brings a broker back to the network, and returns when it is registered again. */
    void comeBack(int broker) {
        containers.reconnect(broker);
        awaitRegistered(broker);
    }

    @Override
    void create(String topic, List<Replicas> assigned) {
        Map<Integer, List<Integer>> partitions = new TreeMap<>();
        assigned.forEach(replicas -> partitions.put(partitions.size(), replicas.ids()));
        try (Admin admin = admin()) {
            join(admin.createTopics(List.of(new NewTopic(topic, partitions)))
                    .all()
                    .toCompletionStage());
        }
        partitions.forEach((partition, replicas) -> eventually(
                topic + "-" + partition,
                () -> assertThat(text("/brokers/topics/" + topic + "/partitions/" + partition + "/state"))
                        .contains("\"isr\":" + replicas.toString().replace(" ", ""))));
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap()));
    }

    @Override
    void hold(TopicPartition partition, int broker) {
        holds.hold(partition, broker, containers.holder(broker), soon());
    }

    @Override
    void releaseAll() {
        holds.releaseAll();
    }

    @Override
    Set<TopicPartition> disk(int broker) {
        try (Admin admin = admin()) {
            Map<String, LogDirDescription> folders = join(admin.describeLogDirs(List.of(broker))
                    .descriptions()
                    .get(broker)
                    .toCompletionStage());
            return folders.values().stream()
                    .flatMap(folder -> folder.replicaInfos().keySet().stream())
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .collect(Collectors.toSet());
        } catch (CompletionException e) {
            throw new AssertionError("broker " + broker + " does not describe its log directories", e);
        }
    }

    /** Sessions end, containers are removed. */
    @Override
    public void close() {
        znodes.close();
        super.close();
        containers.close();
    }
}
