package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.Settings;
import org.reassign.plugin.kafkabrokers.Takeover;
import org.reassign.zk.EmbeddedZooKeeper;

/**
 * A ZooKeeper and real brokers as JVMs of their own, whose jars Maven fetches into {@code target} at the first use, unless
 * {@code -Dreassign.kafka.jars} names a folder with them. Only one such cluster should run at a time.
 */
final class RealBrokers extends RealCluster {
    private static final long FETCH_MINUTES = 10;

    final EmbeddedZooKeeper server;
    final Lab lab;

    /** Starts brokers 0 to n − 1 of Kafka 3.9.2 side by side, and returns when all are registered. */
    RealBrokers(int count) {
        this(
                count,
                Map.of(
                        "kafka-home",
                        Optional.ofNullable(System.getProperty("reassign.kafka.jars"))
                                .orElse("")));
    }

    /** The same with these settings of the gateway. */
    RealBrokers(int count, Map<String, String> settings) {
        this(count, settings, EmbeddedZooKeeper.start());
    }

    private RealBrokers(int count, Map<String, String> settings, EmbeddedZooKeeper server) {
        super(
                server.sessions(),
                new Takeover(Settings.of(Takeover.class, settings)),
                new BrokerGateway.Site(
                        Optional.of(server.address()), true, Path.of("target", "cache"), System.err::println),
                count);
        this.server = server;
        lab = ((BrokerGateway.LabGateway) open).lab();
        try {
            lab.prepare()
                    .toCompletableFuture()
                    .orTimeout(FETCH_MINUTES, TimeUnit.MINUTES)
                    .join();
            List<CompletionStage<Void>> starts =
                    ids.stream().map(id -> lab.start(id, Optional.empty())).toList();
            starts.forEach(RealBrokers::join);
            create(OFFSETS.topic(), List.of(Replicas.of(0, 1, 2)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    void create(String topic, List<Replicas> assigned) {
        SortedMap<Integer, Replicas> partitions = new TreeMap<>();
        assigned.forEach(replicas -> partitions.put(partitions.size(), replicas));
        join(lab.createTopic(topic, partitions, 0, 1));
    }

    @Override
    void hold(TopicPartition partition, int broker) {
        join(lab.hold(partition, broker));
    }

    @Override
    void releaseAll() {
        join(lab.releaseAll());
    }

    @Override
    Set<TopicPartition> disk(int broker) {
        return lab.disk(broker).keySet();
    }

    /** Ends a broker's process; its session lives on, and its ephemeral znodes with it. */
    void kill(int broker) {
        ProcessHandle process = process(broker);
        process.destroyForcibly();
        process.onExit().orTimeout(soon().toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Ends the session of a broker, as the time that it is not heard of would. */
    void expire(int broker) {
        server.expireOwner("/brokers/ids/" + broker);
        eventually(
                "the end of the session of broker " + broker,
                () -> assertThat(join(zk.exists("/brokers/ids/" + broker))).isEmpty());
    }

    /** A broker stands still until it is resumed; its connections stay open. */
    void pause(int broker) {
        signal("STOP", process(broker));
    }

    void resume(int broker) {
        signal("CONT", process(broker));
    }

    /** Brokers are children of this process, known by their settings. */
    private static ProcessHandle process(int broker) {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").endsWith("/" + broker + "/server.properties"))
                .findAny()
                .orElseThrow();
    }

    private static void signal(String name, ProcessHandle process) {
        String command = "kill -" + name + " " + process.pid();
        try {
            Process kill = new ProcessBuilder("sh", "-c", command).start();
            assertThat(kill.onExit()
                            .orTimeout(soon().toSeconds(), TimeUnit.SECONDS)
                            .join()
                            .exitValue())
                    .as(command)
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(command + " has failed", e);
        }
    }

    /** Sessions end, brokers are killed, folders go. */
    @Override
    public void close() {
        super.close();
        server.close();
    }
}
