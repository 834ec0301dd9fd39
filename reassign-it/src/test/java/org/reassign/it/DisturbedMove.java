package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.reassign.api.client.ReassignmentClient;
import org.reassign.api.client.ReassignmentRefusedException;
import org.reassign.api.client.SubmitOptions;
import org.reassign.api.client.SubmittedTarget;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.client.PublishedPlugins;
import org.reassign.core.client.StoredReassignmentClient;
import org.reassign.core.plugin.PluginHost;
import org.reassign.zk.CuratorSessions;

/**
 * Moves of all partitions of a topic, of which a quarter get another target and a quarter are cancelled. Each is
 * disturbed at a random moment, and must end as its requests asked.
 */
final class DisturbedMove implements AutoCloseable {
    private static final String TOPIC = "t-0";
    private static final int BROKERS = 5;
    private static final int LATEST_MILLIS = 2_500;
    /** About as long as a client takes to store a request once it has read what is assigned. */
    private static final int SUBMITS_MILLIS = 500;

    private static final long LIMIT_SECONDS = 120;

    /** Where a cancel comes too late; and where brokers, which run in the process that leads, are not there again yet. */
    private static final Set<Refusal.Code> LAWFUL =
            EnumSet.of(Refusal.Code.NOT_IN_FLIGHT, Refusal.Code.UNREGISTERED_BROKER);

    private static final List<String> ROOTS = List.of(
            "/admin/reassignment_requests",
            "/admin/reassignments",
            "/admin/reassignment_deletes",
            "/isr_change_notification");

    private final PluginHost plugins =
            PluginHost.open(List.of(Path.of(System.getProperty("reassign.dist"), "plugins")));
    private final Commands commands;
    private final ControllerPair controllers;
    private final Ensemble ensemble;
    private final Random random;
    private final ZkPort zk;
    private final ReassignmentClient client;
    /** Whether a target, or a cancel, was carried out after the first. */
    private final Set<Boolean> carriedOut = new HashSet<>();

    /** What is killed, or stands still. */
    enum Disturbance {
        LEADER_KILLED,
        SUBMITTER_KILLED,
        SERVER_KILLED,
        WAITER_KILLED,
        CLIENT_AND_LEADER_KILLED,
        SERVER_PAUSED,
        SERVERS_RESTARTED;

        /** In random order: the first so often, each other a fifth as often; where that is none, two of the others. */
        static List<Disturbance> drawn(int kills, Random random) {
            List<Disturbance> others = new ArrayList<>(EnumSet.range(SUBMITTER_KILLED, SERVERS_RESTARTED));
            Collections.shuffle(others, random);
            List<Disturbance> drawn = new ArrayList<>(Collections.nCopies(kills, LEADER_KILLED));
            drawn.addAll(others.subList(0, kills < 5 ? 2 : 0));
            others.forEach(other -> drawn.addAll(Collections.nCopies(kills / 5, other)));
            Collections.shuffle(drawn, random);
            return drawn;
        }
    }

    DisturbedMove(Commands commands, ControllerPair controllers, Ensemble ensemble, Random random) {
        this.commands = commands;
        this.controllers = controllers;
        this.ensemble = ensemble;
        this.random = random;
        CuratorSessions sessions = new CuratorSessions(ensemble.address());
        this.zk = sessions.open("observer");
        this.client = StoredReassignmentClient.open(sessions, new PublishedPlugins(plugins));
    }

    /** Plays one; {@code what} names it where it fails. */
    void play(Disturbance disturbance, String what) throws IOException {
        SortedMap<TopicPartition, Replicas> before = assigned();
        Map<TopicPartition, Optional<Replicas>> moved = new TreeMap<>();
        Map<TopicPartition, Optional<Replicas>> changed = new TreeMap<>();
        before.forEach((partition, replicas) -> {
            moved.put(partition, Optional.of(shifted(replicas, 1)));
            switch (random.nextInt(4)) {
                case 0 -> changed.put(partition, Optional.of(shifted(replicas, 2)));
                case 1 -> changed.put(partition, Optional.empty());
                default -> {}
            }
        });
        CompletableFuture<Void> disturbed = disturb(disturbance, moved);
        SortedMap<TopicPartition, Replicas> expected = new TreeMap<>(before);
        Map<TopicPartition, CompletableFuture<Answer>> first = submit(moved);
        Map<TopicPartition, CompletableFuture<Answer>> then = submit(changed);
        first.forEach((partition, answer) -> {
            if (isCarriedOut(join(answer))) {
                expected.put(partition, moved.get(partition).orElseThrow());
            }
        });
        then.forEach((partition, answer) -> {
            if (isCarriedOut(join(answer))) {
                expected.put(partition, changed.get(partition).orElse(before.get(partition)));
                carriedOut.add(changed.get(partition).isPresent());
            }
        });
        join(disturbed);

        assertThat(assigned()).as(what).isEqualTo(expected).isNotEqualTo(before);
        RealCluster.eventually(
                what + ", nothing left", () -> assertThat(leftovers()).isEmpty());
        RealCluster.eventually(
                what + ", no throttle",
                () -> assertThat(configurations()).noneMatch(text -> text.contains("throttled")));
        client.describe(expected.keySet())
                .forEach((partition, found) -> assertThat(join(found).isr().sameBrokers(expected.get(partition)))
                        .as(what + ", " + join(found))
                        .isTrue());
        assertThat(commands.run("verify", commands.plan(expected))).contains("is completed");
        controllers.restore();
    }

    private static boolean isCarriedOut(Answer answer) {
        answer.refusal().ifPresent(refusal -> assertThat(refusal.code()).isIn(LAWFUL));
        return answer.refusal().isEmpty();
    }

    /** Some have got another target, and some were cancelled. */
    void assertChanged() {
        assertThat(carriedOut).containsExactlyInAnyOrder(true, false);
    }

    /** Begins it; completes when it is over. A client that is killed asks for the move as well, under a throttle. */
    private CompletableFuture<Void> disturb(Disturbance disturbance, Map<TopicPartition, Optional<Replicas>> moved)
            throws IOException {
        return switch (disturbance) {
            case LEADER_KILLED -> later(controllers::killLeader);
            case SERVER_KILLED -> later(() -> restart(random.nextBoolean() ? ensemble.leader() : ensemble.aFollower()));
            case SERVER_PAUSED -> later(() -> ensemble.pauseAndResume(ensemble.aFollower()));
            case SERVERS_RESTARTED -> later(() -> ensemble.nodes().forEach(this::restart));
            case SUBMITTER_KILLED -> {
                Launched client = execute(moved).awaitPrinted("Current partition replica assignment");
                CompletableFuture<Void> killed = later(SUBMITS_MILLIS, client::kill);
                join(killed);
                yield killed;
            }
            case WAITER_KILLED -> later(execute(moved).awaitPrinted("Submitted ")::kill);
            case CLIENT_AND_LEADER_KILLED -> {
                Launched client = execute(moved).awaitPrinted("Submitted ");
                yield later(() -> {
                    client.kill();
                    controllers.killLeader();
                });
            }
        };
    }

    private Launched execute(Map<TopicPartition, Optional<Replicas>> moved) throws IOException {
        Map<TopicPartition, Replicas> lists = new TreeMap<>();
        moved.forEach((partition, replicas) -> lists.put(partition, replicas.orElseThrow()));
        return commands.start("execute", commands.plan(lists), "--throttle=1000000", "--wait");
    }

    private CompletableFuture<Void> later(Runnable deed) {
        return later(LATEST_MILLIS, deed);
    }

    private CompletableFuture<Void> later(int latestMillis, Runnable deed) {
        return CompletableFuture.runAsync(
                deed, CompletableFuture.delayedExecutor(random.nextInt(latestMillis), TimeUnit.MILLISECONDS));
    }

    private void restart(EnsembleNode node) {
        ensemble.stop(node);
        ensemble.start(node);
    }

    /** The answers to come; none of what is refused at once. */
    private SortedMap<TopicPartition, CompletableFuture<Answer>> submit(
            Map<TopicPartition, Optional<Replicas>> targets) {
        List<SubmittedTarget> stored = new ArrayList<>();
        client.submit(targets, SubmitOptions.NONE.answered())
                .values()
                .forEach(submitted ->
                        join(submitted.handle(DisturbedMove::unlessRefused)).ifPresent(stored::add));
        return client.await(stored);
    }

    private static Optional<SubmittedTarget> unlessRefused(SubmittedTarget stored, Throwable failure) {
        if (failure != null) {
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            ReassignmentRefusedException.class,
                            refused -> assertThat(refused.refusal().code()).isIn(LAWFUL));
        }
        return Optional.ofNullable(stored);
    }

    private SortedMap<TopicPartition, Replicas> assigned() {
        SortedMap<TopicPartition, Replicas> assigned = new TreeMap<>();
        join(client.assignments(List.of(TOPIC)))
                .get(TOPIC)
                .forEach((number, replicas) -> assigned.put(new TopicPartition(TOPIC, number), replicas));
        return assigned;
    }

    private List<String> leftovers() {
        return ROOTS.stream().flatMap(this::children).toList();
    }

    /** Those of topics and brokers. */
    private List<String> configurations() {
        return Stream.of("/config/topics", "/config/brokers")
                .flatMap(this::children)
                .flatMap(path -> join(zk.getData(path).toCompletableFuture()).stream())
                .map(ZkNode::text)
                .toList();
    }

    private Stream<String> children(String parent) {
        return join(zk.getChildren(parent).toCompletableFuture()).stream()
                .flatMap(Collection::stream)
                .map(child -> parent + "/" + child);
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    private static Replicas shifted(Replicas replicas, int by) {
        return new Replicas(
                replicas.ids().stream().map(id -> (id + by) % BROKERS).toList());
    }

    @Override
    public void close() {
        client.close();
        zk.close();
        plugins.close();
    }
}
