package org.reassign.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.reassign.api.model.Answer;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.LabGateway;
import org.reassign.api.spi.BrokerGateway.Office;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.Lab;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.OfficeSettings;
import org.reassign.core.lead.Plugins;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.store.StateJson;
import org.reassign.core.store.WriteMode;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;

/**
 * Five brokers and a controller under virtual time, and an outsider who writes to ZooKeeper beside them, on demand right
 * before or right after a commit of the controller. The invariants are checked throughout.
 */
final class OutsiderCluster {
    private static final Duration LONG = Duration.ofSeconds(60);

    final StoredState stored;
    final Lab lab;
    final List<String> warnings = new ArrayList<>();
    final List<Answer> answers = new ArrayList<>();
    final List<BrokerRequest> sent = new ArrayList<>();
    Controller controller;

    private final VirtualTime time = new VirtualTime(this::check);
    private final Office office;
    private final Plugins plugins;
    private final WriteMode mode;
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);
    private final Invariants invariants;
    private final ZkSessions sessions;
    private final LabGateway gateway;
    private final ZkPort outsider;
    private Optional<Hook> hook = Optional.empty();

    /** Done once, at the first commit that it is meant for. */
    private record Hook(boolean before, Predicate<List<ZkWrite>> which, Runnable deed) {}

    OutsiderCluster(Combination combination) {
        this(combination.plugins(), combination.mode());
    }

    OutsiderCluster(Plugins plugins, WriteMode mode) {
        this(plugins, mode, Office.CONTEND);
    }

    OutsiderCluster(Plugins plugins, WriteMode mode, Office office) {
        this.office = office;
        this.plugins = plugins;
        this.mode = mode;
        stored = new StoredState(
                zooKeeper.open("invariants"), List.of(plugins.layout().plugin()));
        AtomicReference<Lab> inside = new AtomicReference<>();
        invariants = new Invariants(stored, inside::get, plugins.layout().name());
        sessions = new ObservedSessions(zooKeeper, invariants, new AnswerRules(stored));
        gateway = new SimulatedBrokers().open(new BrokerGateway.Context(sessions, time));
        lab = gateway.lab();
        inside.set(lab);
        outsider = sessions.open("outsider");
        List.of(0, 1, 2, 3, 4).forEach(broker -> lab.start(broker, Optional.empty()));
        pass(1);
    }

    private void check() {
        invariants.stillHold();
    }

    void topic(String name, Map<Integer, Replicas> assigned) {
        lab.createTopic(name, new TreeMap<>(assigned), 1_000, 1);
        pass(1);
    }

    void start() {
        campaigns();
        assertThat(time.await(controller::leads, LONG)).isTrue();
    }

    /** Starts a controller, and does not wait until it leads. */
    void campaigns() {
        controller = new Controller(
                actor -> hooked(sessions.open(actor)),
                new DisturbedGateway(
                        office == Office.TAKE_OVER ? new TakeOverGateway(gateway) : gateway,
                        Disturbance.never(),
                        invariants),
                plugins,
                ControllerSettings.of(mode).with(OfficeSettings.DEFAULT.with(OfficeSettings.Mode.ALWAYS)),
                time,
                new ControllerListener() {
                    @Override
                    public void warning(String sentence) {
                        warnings.add(sentence);
                    }

                    @Override
                    public void sent(int broker, BrokerRequest request) {
                        sent.add(request);
                    }

                    @Override
                    public void answered(Answer answer) {
                        answers.add(answer);
                    }
                });
        controller.start();
    }

    /** The outsider acts once, right before the controller's next commit of this kind. */
    void before(Predicate<List<ZkWrite>> commit, Runnable deed) {
        hook = Optional.of(new Hook(true, commit, deed));
    }

    /** The same right after it. */
    void after(Predicate<List<ZkWrite>> commit, Runnable deed) {
        hook = Optional.of(new Hook(false, commit, deed));
    }

    /** Whether the outsider has nothing left to do. */
    boolean acted() {
        return hook.isEmpty();
    }

    @SuppressWarnings("unchecked") // it is what a port's commit takes
    private ZkPort hooked(ZkPort port) {
        return (ZkPort) Proxy.newProxyInstance(
                ZkPort.class.getClassLoader(), new Class<?>[] {ZkPort.class}, (proxy, method, arguments) -> {
                    Optional<Hook> due = method.getName().equals("commit")
                            ? hook.filter(h -> h.which().test((List<ZkWrite>) arguments[0]))
                            : Optional.empty();
                    due.ifPresent(h -> hook = Optional.empty());
                    due.filter(Hook::before).ifPresent(h -> h.deed().run());
                    try {
                        return method.invoke(port, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        due.filter(h -> !h.before()).ifPresent(h -> h.deed().run());
                    }
                });
    }

    /** The state of a partition that a commit writes. */
    static Optional<LeaderAndIsr> state(List<ZkWrite> writes, TopicPartition partition) {
        return writes.stream()
                .filter(ZkWrite.SetData.class::isInstance)
                .map(ZkWrite.SetData.class::cast)
                .filter(write -> write.path().equals(StateJson.path(partition)))
                .findFirst()
                .flatMap(write -> StateJson.decode(new String(write.data(), UTF_8)));
    }

    String request(String assignments) {
        String text = "{\"version\":1,\"kind\":\"payload\",\"assignments\":" + assignments + "}";
        String path = commit(ZkWrite.createSequential("/admin/reassignment_requests/request_", text));
        pass(2);
        return path;
    }

    /** The read-only znodes. */
    Set<String> readOnly() {
        return zooKeeper.readOnly();
    }

    /** An outsider's write. */
    String commit(ZkWrite write) {
        return outsider.commit(List.of(write))
                .toCompletableFuture()
                .join()
                .get(0)
                .path();
    }

    void set(String path, String text) {
        commit(ZkWrite.setData(path, text, ZkWrite.ANY_VERSION));
    }

    void create(String path) {
        commit(ZkWrite.create(path, ""));
    }

    ZkNode node(String path) {
        return stored.node(path).orElseThrow(() -> new AssertionError("there is no " + path));
    }

    boolean exists(String path) {
        return stored.node(path).isPresent();
    }

    List<String> children(String path) {
        return outsider.getChildren(path).toCompletableFuture().join().orElse(List.of());
    }

    /** A request by the legacy znode. */
    void legacy(String topic, int partition, Replicas target) {
        String path = "/admin/reassign_partitions";
        String text = "{\"version\":1,\"partitions\":[{\"topic\":\"" + topic + "\",\"partition\":" + partition
                + ",\"replicas\":" + target + "}]}";
        commit(exists(path) ? ZkWrite.setData(path, text, ZkWrite.ANY_VERSION) : ZkWrite.create(path, text));
        pass(2);
    }

    List<Answer.Outcome> outcomes(TopicPartition partition) {
        return answers.stream()
                .filter(answer -> answer.partition().equals(partition.toString()))
                .map(Answer::outcome)
                .toList();
    }

    /** The controller's process ends, and another one starts, which has warned of nothing and told brokers nothing yet. */
    void restarts() {
        controller.kill();
        pass(1);
        warnings.clear();
        answers.clear();
        sent.clear();
        start();
        pass(5);
    }

    /** The assigned replicas, as they are. */
    Replicas assigned(TopicPartition partition) {
        stored.refresh();
        return stored.assigned(partition).orElseThrow();
    }

    /** Every broker tells its clients what ZooKeeper holds. */
    void brokersKnowAll() {
        brokersKnow(Map.of());
    }

    /** The same where these replicas are offline on live brokers. */
    void brokersKnow(Map<TopicPartition, Replicas> failed) {
        stored.refresh();
        assertThat(new BrokerMetadata(stored, lab).differences(failed, (broker, topic) -> false))
                .isEmpty();
    }

    void failDisk(TopicPartition partition, int broker) {
        lab.failDisk(partition, broker);
        pass(1);
    }

    /** All comes to its end, and no broker holds what is not assigned to it. */
    void settles() {
        lab.releaseAll();
        pass(2);
        assertThat(time.await(controller::idle, LONG))
                .as("idle, warnings " + warnings)
                .isTrue();
        pass(2);
        stored.refresh();
        invariants.settled((broker, topic) -> false);
    }

    /** Lets time pass until there is a child, of which nothing was read yet. */
    void awaitChild(String path) {
        assertThat(time.await(() -> !children(path).isEmpty(), LONG)).isTrue();
    }

    void pass(int seconds) {
        time.await(() -> false, Duration.ofSeconds(seconds));
    }
}
