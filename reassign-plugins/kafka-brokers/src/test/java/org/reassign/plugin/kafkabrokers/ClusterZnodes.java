package org.reassign.plugin.kafkabrokers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest.Header;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;

/** What a controller reads and writes in ZooKeeper, by hand. */
final class ClusterZnodes implements AutoCloseable {
    static final int CONTROLLER = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ZkPort zk;
    private int controllerEpoch;

    ClusterZnodes(ZkSessions sessions) {
        this.zk = sessions.open("controller");
    }

    <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    <T> List<T> joinAll(List<? extends CompletionStage<T>> stages) {
        return stages.stream().map(this::join).toList();
    }

    private JsonNode json(ZkNode node) {
        try {
            return JSON.readTree(node.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<ZkNode> await(String path, Predicate<Optional<ZkNode>> holds) {
        while (true) {
            CountDownLatch changed = new CountDownLatch(1);
            Optional<ZkNode> node = join(zk.getData(path, event -> changed.countDown()));
            if (holds.test(node)) {
                return node;
            }
            try {
                changed.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Brokers 1 to {@code count} once they are registered and one of them is the controller. */
    List<Broker> awaitBrokers(int count) {
        List<Broker> brokers = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            brokers.add(
                    broker(id, await("/brokers/ids/" + id, Optional::isPresent).orElseThrow()));
        }
        await("/controller", Optional::isPresent);
        return brokers;
    }

    private Broker broker(int id, ZkNode node) {
        JsonNode json = json(node);
        List<Endpoint> endpoints = new ArrayList<>();
        for (JsonNode text : json.path("endpoints")) {
            String listener = text.asText().substring(0, text.asText().indexOf(':'));
            URI uri = URI.create(text.asText().substring(listener.length() + 1));
            String protocol =
                    json.path("listener_security_protocol_map").path(listener).asText();
            endpoints.add(new Endpoint(listener, protocol, uri.getHost(), uri.getPort()));
        }
        return new Broker(id, node.stat().czxid(), endpoints, Optional.empty());
    }

    Header header(Broker broker) {
        return new Header(CONTROLLER, controllerEpoch, broker.epoch());
    }

    /** Deposes the controller in one transaction. */
    void takeOver() {
        ZkNode epoch = join(zk.getData("/controller_epoch")).orElseThrow();
        ZkNode controller = join(zk.getData("/controller")).orElseThrow();
        controllerEpoch = Integer.parseInt(epoch.text()) + 1;
        commit(
                ZkWrite.delete("/controller", controller.stat().version()),
                ZkWrite.createEphemeral(
                        "/controller", "{\"version\":1,\"brokerid\":" + CONTROLLER + ",\"timestamp\":\"1\"}"),
                ZkWrite.setData(
                        "/controller_epoch",
                        Integer.toString(controllerEpoch),
                        epoch.stat().version()));
    }

    /** Gives the office back and waits until a broker has it. */
    void handBack() {
        commit(ZkWrite.delete("/controller", 0));
        await("/controller", Optional::isPresent);
    }

    private void commit(ZkWrite... writes) {
        join(zk.commit(List.of(writes)));
    }

    private static String path(TopicPartition partition) {
        return "/brokers/topics/" + partition.topic() + "/partitions/" + partition.partition() + "/state";
    }

    LeaderAndIsr state(TopicPartition partition) {
        return state(join(zk.getData(path(partition))).orElseThrow());
    }

    private LeaderAndIsr state(ZkNode node) {
        JsonNode json = json(node);
        List<Integer> isr = new ArrayList<>();
        json.path("isr").forEach(id -> isr.add(id.asInt()));
        return new LeaderAndIsr(
                json.path("leader").asInt(),
                json.path("leader_epoch").asInt(),
                json.path("controller_epoch").asInt(),
                new Replicas(isr),
                Map.of());
    }

    int stateVersion(TopicPartition partition) {
        return join(zk.getData(path(partition))).orElseThrow().stat().version();
    }

    /** Writes the next leader epoch; returns it. */
    int writeState(TopicPartition partition, int leader, Replicas isr) {
        LeaderAndIsr next = state(partition).next(leader, isr, controllerEpoch);
        commit(ZkWrite.setData(
                path(partition),
                "{\"controller_epoch\":" + controllerEpoch + ",\"leader\":" + leader
                        + ",\"version\":1,\"leader_epoch\":" + next.leaderEpoch() + ",\"isr\":" + isr + "}",
                stateVersion(partition)));
        return next.leaderEpoch();
    }

    void writeAssigned(TopicPartition partition, Replicas replicas) {
        ZkNode topic = join(zk.getData("/brokers/topics/" + partition.topic())).orElseThrow();
        String text = "{\"version\":2,\"partitions\":{\"" + partition.partition() + "\":" + replicas
                + "},\"adding_replicas\":{},\"removing_replicas\":{}}";
        commit(ZkWrite.setData(
                "/brokers/topics/" + partition.topic(), text, topic.stat().version()));
    }

    void awaitIsr(TopicPartition partition, Replicas isr) {
        await(
                path(partition),
                node -> node.isPresent() && state(node.get()).isr().sameBrokers(isr));
    }

    @Override
    public void close() {
        zk.close();
    }
}
