package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.reassign.api.model.Endpoint;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.Settings;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.store.StateJson;
import org.reassign.core.store.TopicJson;
import org.reassign.plugin.kafkabrokers.Takeover;
import org.reassign.zk.EmbeddedZooKeeper;

/**
 * A ZooKeeper and real brokers as JVMs of their own, whose jars Maven fetches into {@code target} at the first use, unless
 * {@code -Dreassign.kafka.jars} names a folder with them. Only one such cluster should run at a time.
 */
final class RealBrokers implements AutoCloseable {
    private static final long LIMIT_SECONDS = 120;
    private static final long FETCH_MINUTES = 10;
    private static final Pattern ADDRESS = Pattern.compile("PLAINTEXT://([^\":]+):([0-9]+)");
    private static final Duration POLL = Duration.ofMillis(50);
    /** The partition with the offsets of all groups. */
    static final TopicPartition OFFSETS = new TopicPartition("__consumer_offsets", 0);

    private final ThreadTimers timers = new ThreadTimers();
    final EmbeddedZooKeeper server = EmbeddedZooKeeper.start();
    final ZkPort zk = server.sessions().open("observer");
    final BrokerGateway gateway;
    final BrokerGateway.LabGateway open;
    final Lab lab;
    final List<Integer> ids;

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
        gateway = new Takeover(Settings.of(Takeover.class, settings));
        open = (BrokerGateway.LabGateway) gateway.open(new BrokerGateway.Context(
                server.sessions(),
                timers,
                new BrokerGateway.Site(
                        Optional.of(server.address()), true, Path.of("target", "cache"), System.err::println)));
        lab = open.lab();
        ids = IntStream.range(0, count).boxed().toList();
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

    static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** The address of a broker that is registered. */
    Optional<Endpoint> endpoint(int broker) {
        return Optional.of(text("/brokers/ids/" + broker))
                .map(ADDRESS::matcher)
                .filter(Matcher::find)
                .map(found -> new Endpoint("PLAINTEXT", "PLAINTEXT", found.group(1), Integer.parseInt(found.group(2))));
    }

    /** All that are registered, as clients are given them. */
    String bootstrap() {
        return String.join(
                ",",
                ids.stream()
                        .map(this::endpoint)
                        .flatMap(Optional::stream)
                        .map(at -> at.host() + ":" + at.port())
                        .toList());
    }

    /** A topic without data on these replicas. */
    void create(String topic, List<Replicas> assigned) {
        SortedMap<Integer, Replicas> partitions = new TreeMap<>();
        assigned.forEach(replicas -> partitions.put(partitions.size(), replicas));
        join(lab.createTopic(topic, partitions, 0, 1));
    }

    /** AR as stored. */
    Replicas assigned(TopicPartition partition) {
        ZkNode node = join(zk.getData("/brokers/topics/" + partition.topic())).orElseThrow();
        return TopicJson.decode(partition.topic(), node)
                .orElseThrow()
                .assigned()
                .get(partition.partition());
    }

    /** Leader and ISR as stored. */
    LeaderAndIsr state(TopicPartition partition) {
        return StateJson.decode(text(StateJson.path(partition))).orElseThrow();
    }

    void awaitInSync(TopicPartition partition, int broker) {
        eventually(
                partition + " in sync on " + broker,
                () -> assertThat(state(partition).isr().ids()).contains(broker));
    }

    void awaitAssigned(TopicPartition partition, Integer... replicas) {
        eventually(partition.toString(), () -> assertThat(assigned(partition)).isEqualTo(Replicas.of(replicas)));
    }

    /** The requests that are not recorded yet. */
    List<String> requests() {
        return join(zk.getChildren("/admin/reassignment_requests")).orElse(List.of());
    }

    /** All topics, those of Kafka's own included. */
    List<String> topics() {
        return join(zk.getChildren("/brokers/topics")).orElse(List.of());
    }

    /** Ends a broker's process; its session lives on, and its ephemeral znodes with it. */
    void kill(int broker) {
        ProcessHandle process = process(broker);
        process.destroyForcibly();
        process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
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
                            .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                            .join()
                            .exitValue())
                    .as(command)
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(command + " has failed", e);
        }
    }

    /** Waits until one of the brokers is the controller, and any other process is not. */
    void awaitKafkasController() {
        eventually(
                "a broker in office",
                () -> assertThat(ids)
                        .anySatisfy(id -> assertThat(text("/controller")).contains("\"brokerid\":" + id + ",")));
    }

    String text(String path) {
        return join(zk.getData(path)).map(ZkNode::text).orElse("");
    }

    /** Sessions end, brokers are killed, folders go. */
    @Override
    public void close() {
        open.close();
        zk.close();
        timers.close();
        server.close();
    }

    /** A time that is long enough on any machine, for what is looked at again and again. */
    static Duration soon() {
        return Duration.ofSeconds(LIMIT_SECONDS);
    }

    /** Looks until it holds. */
    static void eventually(String what, ThrowingRunnable assertion) {
        await(what).atMost(soon()).pollInterval(POLL).untilAsserted(assertion);
    }
}
