package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.reassign.it.Contender.next;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkPort;
import org.reassign.zk.CuratorSessions;

/** Where ZooKeeper's limit was raised others write znodes that we read and could not write again. */
class RaisedLimitIT {
    private static final String MOVED = "\"0\":[1,2]}";
    private static final String LEGACY = "/admin/reassign_partitions";
    /** More than ZooKeeper's client takes in by default, which is twice the limit. */
    private static final String PAD = "x".repeat(3 * ZkPort.MAX_BYTES);

    private GenerousZooKeeper server;
    private ZkPort observer;
    private Contender controller;

    @BeforeEach
    void start() throws IOException {
        server = new GenerousZooKeeper(8 << 20);
        CuratorSessions sessions = new CuratorSessions(server.address());
        observer = sessions.open("observer");
        controller = new Contender(sessions, 1001, new LinkedBlockingQueue<>());
        List.of(0, 1, 2).forEach(broker -> done(controller.lab().start(broker, Optional.empty())));
        for (String topic : List.of("t", "u", "huge")) {
            done(controller.lab().createTopic(topic, new TreeMap<>(Map.of(0, Replicas.of(0, 1))), 1_000, 1));
        }
    }

    @AfterEach
    void stop() {
        controller.close();
        observer.close();
        server.close();
    }

    @Test
    void aRequestIsDoneAndATopicThatCannotBeWrittenIsRefused() throws Exception {
        String topic = read("/brokers/topics/huge");
        server.write("/brokers/topics/huge", topic.replaceFirst("}$", ",\"note\":\"" + PAD + "\"}"));
        server.write(
                "/admin/reassignment_requests/request_0000000000",
                "{\"version\":1,\"kind\":\"payload\",\"assignments\":{\"t\":{\"0\":[1,2]},\"huge\":{\"0\":[1,2]}},"
                        + "\"reason\":\"r\",\"note\":\"" + PAD + "\"}");
        controller.start();
        next(controller.epochsLed);

        Answer refused = next(controller.answers);
        assertThat(refused.partition()).isEqualTo("huge-0");
        assertThat(refused.refusal().orElseThrow().code()).isEqualTo(Refusal.Code.TOO_LARGE);
        assertThat(refused.refusal().orElseThrow().sentence()).contains("/brokers/topics/huge would have");
        assertThat(next(controller.answers).partition()).isEqualTo("t-0");
        until(controller.controller::idle);
        assertThat(read("/brokers/topics/t")).contains(MOVED);
        assertThat(children("/admin/reassignment_requests")).isEmpty();
        assertThat(controller.stops).isEmpty();
    }

    @Test
    void theLegacyZnodeIsDoneEntryByEntryAndStaysUntilNothingOfItIsLeft() throws Exception {
        controller.start();
        next(controller.epochsLed);
        controller.lab().hold(new TopicPartition("u", 0), 2);
        server.write(LEGACY, legacy("t", "u"));
        assertThat(next(controller.warnings)).startsWith("finished entries cannot be removed from " + LEGACY + ": ");
        assertThat(read("/brokers/topics/t")).contains(MOVED);
        assertThat(read("/brokers/topics/u")).doesNotContain(MOVED);
        controller.lab().releaseAll();
        until(controller.controller::idle);

        assertThat(read("/brokers/topics/u")).contains(MOVED);
        assertThat(exists(LEGACY)).isFalse();
        assertThat(controller.stops).isEmpty();
    }

    private static String legacy(String... topics) {
        List<String> entries = List.of(topics).stream()
                .map(topic -> "{\"topic\":\"" + topic + "\",\"partition\":0,\"replicas\":[1,2]}")
                .toList();
        return "{\"version\":1,\"partitions\":[" + String.join(",", entries) + "],\"note\":\"" + PAD + "\"}";
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20)).until(condition);
    }

    private boolean exists(String path) {
        return done(observer.exists(path)).isPresent();
    }

    private String read(String path) {
        return done(observer.getData(path)).orElseThrow().text();
    }

    private List<String> children(String path) {
        return done(observer.getChildren(path)).orElse(List.of());
    }
}
