package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.LabGateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.store.WriteMode;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;

/** A cluster of three brokers with the topics t, u and one that is being deleted, and what is said there. */
final class SmallCluster {
    private static final String REQUESTS = "/admin/reassignment_requests";
    private static final String TARGETS = "/admin/reassignment_targets";
    private static final String LEGACY = "/admin/reassign_partitions";

    private final VirtualTime time = new VirtualTime(() -> {});
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);
    private final ZkPort zk = zooKeeper.open("operator");
    private final List<Answer> answers = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Controller controller;

    SmallCluster(String channel) {
        LabGateway gateway = new SimulatedBrokers().open(new BrokerGateway.Context(zooKeeper, time));
        Lab lab = gateway.lab();
        List.of(0, 1, 2).forEach(broker -> lab.start(broker, Optional.empty()));
        passes();
        List.of("t", "u", "going")
                .forEach(topic -> lab.createTopic(topic, new TreeMap<>(Map.of(0, Replicas.of(0, 1))), 1_000, 1));
        passes();
        make("/admin");
        make("/admin/delete_topics");
        make("/admin/delete_topics/going");
        controller = new Controller(
                zooKeeper,
                gateway,
                Combination.DEFAULT.plugins(channel, "arrival-order"),
                ControllerSettings.of(WriteMode.BATCHED),
                time,
                new ControllerListener() {
                    @Override
                    public void answered(Answer answer) {
                        answers.add(answer);
                    }

                    @Override
                    public void warning(String sentence) {
                        warnings.add(sentence);
                    }
                });
        controller.start();
        assertThat(time.await(controller::leads, Duration.ofSeconds(20))).isTrue();
    }

    /** An entry, and in the same request one that is good; returns the path where the first stands. */
    String write(String channel, String topic, int partition, String replicas) {
        boolean alone = topic.equals("u");
        if (channel.equals("legacy")) {
            legacy("{\"topic\":\"" + topic + "\",\"partition\":" + partition + ",\"replicas\":" + replicas + "}"
                    + ",{\"topic\":\"u\",\"partition\":0,\"replicas\":[1,2]}");
            return LEGACY;
        }
        if (channel.equals("payload")) {
            String other = alone ? "" : ",\"u\":{\"0\":[1,2]}";
            return request("{\"version\":1,\"kind\":\"payload\",\"assignments\":{\"" + topic + "\":{\"" + partition
                    + "\":" + replicas + "}" + other + "}}");
        }
        target(topic, partition, "{\"version\":1,\"replicas\":" + replicas + "}");
        if (!alone) {
            target("u", 0, "{\"version\":1,\"replicas\":[1,2]}");
        }
        String others = alone ? ",\"t\":[0]" : ",\"u\":[0]";
        String names = "\"partitions\":{\"" + topic + "\":[" + partition + "]" + others + "}";
        request(
                channel.equals("notify-scan")
                        ? "{\"version\":1,\"kind\":\"scan\"}"
                        : "{\"version\":1,\"kind\":\"names\"," + names + "}");
        return TARGETS + "/" + topic + "/" + partition;
    }

    String request(String text) {
        return commit(ZkWrite.createSequential(REQUESTS + "/request_", text));
    }

    void legacy(String entries) {
        create(LEGACY, "{\"version\":1,\"partitions\":[" + entries + "]}");
    }

    void create(String path, String text) {
        commit(ZkWrite.create(path, text));
    }

    void target(String topic, int partition, String text) {
        make(TARGETS + "/" + topic);
        commit(ZkWrite.create(TARGETS + "/" + topic + "/" + partition, text));
    }

    private void make(String path) {
        commit(ZkWrite.create(path, ""));
    }

    private String commit(ZkWrite write) {
        return zk.commit(List.of(write)).toCompletableFuture().join().get(0).path();
    }

    void remove(String path) {
        zk.commit(List.of(ZkWrite.delete(path, ZkWrite.ANY_VERSION)))
                .toCompletableFuture()
                .join();
    }

    /** All is over, what was good is done, and nothing is left of what was handed in. */
    void ends() {
        passes();
        assertThat(time.await(controller::idle, Duration.ofSeconds(20))).isTrue();
        assertThat(answer("u-0").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(read("/brokers/topics/u")).contains("\"0\":[1,2]");
        Stream.of(REQUESTS, TARGETS)
                .forEach(root -> assertThat(
                                zk.getChildren(root).toCompletableFuture().join())
                        .as(root)
                        .isIn(Optional.of(List.of()), Optional.empty()));
        assertThat(zk.getData(LEGACY).toCompletableFuture().join()).isEmpty();
        controller.kill();
    }

    void refuses(String name, Code code, String path, String shown) {
        Answer answer = answer(name);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.refusal().orElseThrow().code()).isEqualTo(code);
        String sentence = answer.refusal().orElseThrow().sentence();
        Sentences.require(sentence, shown);
        // a target's path says which partition it is; what is known only beside it is said of the notification
        assertThat(sentence)
                .satisfiesAnyOf(
                        it -> assertThat(it).contains(path, name),
                        it -> assertThat(it).contains(TARGETS + "/" + name.replace('-', '/')),
                        it -> assertThat(it).contains(REQUESTS + "/" + answer.request(), name));
        assertThat(version("/brokers/topics/t")).isZero();
    }

    Answer answer(String name) {
        return answers.stream()
                .filter(answer -> answer.partition().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no answer for " + name + " in " + answers));
    }

    String read(String path) {
        return zk.getData(path).toCompletableFuture().join().orElseThrow().text();
    }

    int version(String path) {
        return zk.getData(path)
                .toCompletableFuture()
                .join()
                .orElseThrow()
                .stat()
                .version();
    }

    /** What became of an entry so far. */
    List<Outcome> outcomes(String name) {
        return answers.stream()
                .filter(answer -> answer.partition().equals(name))
                .map(Answer::outcome)
                .toList();
    }

    List<String> warnings() {
        return warnings;
    }

    boolean isIdle() {
        return controller.idle();
    }

    boolean exists(String path) {
        return zk.exists(path).toCompletableFuture().join().isPresent();
    }

    void passes() {
        passes(3);
    }

    void passes(int seconds) {
        time.await(() -> false, Duration.ofSeconds(seconds));
    }
}
