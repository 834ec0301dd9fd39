package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.store.StateJson;
import org.reassign.core.store.TopicJson;

/** A ZooKeeper and real brokers, in whatever way they were started, and what is read of them. */
abstract class RealCluster implements AutoCloseable {
    private static final long LIMIT_SECONDS = 120;
    private static final Pattern ADDRESS = Pattern.compile("PLAINTEXT://([^\":]+):([0-9]+)");
    private static final Duration POLL = Duration.ofMillis(50);
    /** The partition with the offsets of all groups. */
    static final TopicPartition OFFSETS = new TopicPartition("__consumer_offsets", 0);

    private final ThreadTimers timers = new ThreadTimers();
    final ZkSessions sessions;
    final ZkPort zk;
    final BrokerGateway gateway;
    final BrokerGateway.Gateway open;
    final List<Integer> ids;

    /**
     * Brokers 0 to n − 1, which are not started yet, and a ZooKeeper that runs.
     *
     * @param sessions with the ZooKeeper
     * @param gateway is opened, and closed with this
     */
    RealCluster(ZkSessions sessions, BrokerGateway gateway, BrokerGateway.Site site, int count) {
        this.sessions = sessions;
        this.zk = sessions.open("observer");
        this.gateway = gateway;
        this.open = gateway.open(new BrokerGateway.Context(sessions, timers, site));
        this.ids = IntStream.range(0, count).boxed().toList();
    }

    /** A topic without data on these replicas; returns when all are in sync. */
    abstract void create(String topic, List<Replicas> assigned);

    /** Holds a replica that is not in the ISR, so that it copies nothing. */
    abstract void hold(TopicPartition partition, int broker);

    /** Lets all replicas copy again. */
    abstract void releaseAll();

    /** The replicas that a broker has on its disk; none that is marked for deletion. */
    abstract Set<TopicPartition> disk(int broker);

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

    static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Connections and sessions end. */
    @Override
    public void close() {
        open.close();
        zk.close();
        timers.close();
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
