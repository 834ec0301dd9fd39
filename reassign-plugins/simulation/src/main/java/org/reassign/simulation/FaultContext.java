package org.reassign.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.store.TopicJson;

/**
 * What can happen around one controller's process.
 *
 * @param session the process's own session, as it is by then
 * @param foreigner the session of somebody who writes what controllers write, and is none
 */
record FaultContext(
        VirtualTime time, MemoryZooKeeper zooKeeper, Supplier<ZkPort> session, ZkPort foreigner, Supplier<Lab> lab) {
    /** The field that a foreigner adds to the znodes of topics; it must survive whatever a controller writes. */
    static final String FIELD = "foreign_field";

    private static final String TOPICS = "/brokers/topics";

    /** The number of the event that is under way. */
    long event() {
        return time.event();
    }

    void pass(Duration duration) {
        time.pass(duration);
    }

    void expire() {
        zooKeeper.expire(session.get());
    }

    /** As an operator does who wants another controller. */
    void depose() {
        if (foreigner.exists("/controller").toCompletableFuture().join().isPresent()) {
            write(ZkWrite.delete("/controller", ZkWrite.ANY_VERSION));
        }
    }

    void disconnect(Duration duration) {
        ZkPort broken = session.get();
        zooKeeper.suspend(broken);
        time.after(duration, () -> zooKeeper.reconnect(broken));
    }

    /** Writes every topic's znode, as another tool of the operator may, and every topic's configuration. */
    void meddle() {
        for (String topic : children(TOPICS)) {
            ZkNode node = data(TOPICS + "/" + topic).orElseThrow();
            TopicSnapshot read = TopicJson.decode(topic, node).orElseThrow();
            SortedMap<String, String> fields = new TreeMap<>(read.fields());
            fields.put(FIELD, "\"kept\"");
            String json = TopicJson.encode(read.assigned(), fields);
            write(ZkWrite.setData(TOPICS + "/" + topic, json, node.stat().version()));
            data("/config/topics/" + topic)
                    .ifPresent(config -> write(ZkWrite.setData(
                            "/config/topics/" + topic,
                            config.text(),
                            config.stat().version())));
        }
    }

    /** The answer, so much later than it was given. */
    <T> CompletionStage<T> late(CompletionStage<T> answer, Duration duration) {
        CompletableFuture<T> late = new CompletableFuture<>();
        answer.whenComplete((reply, failure) -> time.after(duration, () -> {
            if (failure == null) {
                late.complete(reply);
            } else {
                late.completeExceptionally(failure);
            }
        }));
        return late;
    }

    /** The broker dies as soon as it has answered, and another incarnation of it starts. */
    void restartOnceDone(int broker, CompletionStage<?> answer) {
        answer.whenComplete((reply, failure) -> {
            if (failure == null) {
                lab.get().kill(broker).thenRun(() -> lab.get().start(broker, Optional.empty()));
            }
        });
    }

    private void write(ZkWrite write) {
        foreigner.commit(List.of(write)).toCompletableFuture().join();
    }

    private List<String> children(String path) {
        return foreigner.getChildren(path).toCompletableFuture().join().orElse(List.of());
    }

    private Optional<ZkNode> data(String path) {
        return foreigner.getData(path).toCompletableFuture().join();
    }
}
