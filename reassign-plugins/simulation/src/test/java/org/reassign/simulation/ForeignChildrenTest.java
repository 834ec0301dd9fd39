package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Answer.Outcome;
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

/** Somebody creates znodes below ours, which cannot be deleted then: they are emptied, and nothing waits for them. */
class ForeignChildrenTest {
    private static final String DEBTS = "/admin/reassignment_deletes/2";
    private static final String CHUNK = DEBTS + "/chunk_0000000003";
    private static final String NOTIFICATION = "/isr_change_notification/isr_change_0000000007";
    private static final String RECORD = "/admin/reassignments/t/0";
    private static final Duration LONG = Duration.ofSeconds(60);

    private final VirtualTime time = new VirtualTime(() -> {});
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);
    private final ZkPort zk = zooKeeper.open("operator");
    private final LabGateway gateway = new SimulatedBrokers().open(new BrokerGateway.Context(zooKeeper, time));
    private final List<String> warnings = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void theyAreEmptiedAndNamedOnceAndTheReassignmentEnds(WriteMode mode) {
        clusterWithADebt();
        commit(ZkWrite.create(CHUNK + "/odd", ""));
        Controller controller = controller(mode);
        commit(
                ZkWrite.create(NOTIFICATION, "{\"version\":1,\"partitions\":[]}"),
                ZkWrite.create(NOTIFICATION + "/odd", ""));
        commit(ZkWrite.createSequential(
                "/admin/reassignment_requests/request_",
                "{\"version\":1,\"kind\":\"payload\",\"assignments\":{\"t\":{\"0\":[1,2]}}}"));
        assertThat(time.await(() -> text(RECORD).isPresent(), LONG)).isTrue();
        commit(ZkWrite.create(RECORD + "/odd", ""));
        passes();

        assertThat(controller.idle()).isTrue();
        assertThat(answers).extracting(Answer::outcome).containsExactly(Outcome.COMPLETED);
        assertThat(text("/brokers/topics/t").orElseThrow()).contains("\"0\":[1,2]");
        assertThat(text(CHUNK)).contains("");
        assertThat(text(NOTIFICATION)).contains("");
        assertThat(text(RECORD)).contains("");
        assertThat(warnings).containsExactlyInAnyOrder(sentence(CHUNK), sentence(NOTIFICATION), sentence(RECORD));
    }

    @Test
    void oneThatWasEmptiedIsNothingToTheNextControllerAndGoesWithItsChildren() {
        clusterWithADebt();
        commit(ZkWrite.create(CHUNK + "/odd", ""));
        controller(WriteMode.BATCHED).kill();
        passes();
        warnings.clear();
        controller(WriteMode.BATCHED).kill();
        assertThat(text(CHUNK)).contains("");
        assertThat(warnings).isEmpty();

        commit(ZkWrite.delete(CHUNK + "/odd", 0));
        controller(WriteMode.BATCHED);
        assertThat(text(DEBTS)).isEmpty();
        assertThat(warnings).isEmpty();
    }

    private void clusterWithADebt() {
        Lab lab = gateway.lab();
        List.of(0, 1, 2).forEach(broker -> lab.start(broker, Optional.empty()));
        passes();
        lab.createTopic("t", new TreeMap<>(Map.of(0, Replicas.of(0, 1), 1, Replicas.of(0, 1))), 1_000, 1);
        passes();
        for (String path : List.of("/admin", "/admin/reassignment_deletes", DEBTS)) {
            commit(ZkWrite.create(path, ""));
        }
        commit(ZkWrite.create(
                CHUNK, "{\"version\":1,\"deletes\":[{\"topic\":\"t\",\"partition\":1,\"leader_epoch\":5}]}"));
    }

    private Controller controller(WriteMode mode) {
        Controller controller = new Controller(
                zooKeeper,
                gateway,
                Combination.DEFAULT.plugins("payload", "arrival-order"),
                ControllerSettings.of(mode),
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
        passes();
        assertThat(controller.leads() && controller.idle()).isTrue();
        return controller;
    }

    private static String sentence(String path) {
        return path + " cannot be deleted because it has children; it is empty and has no effect;"
                + " delete the children";
    }

    private void commit(ZkWrite... writes) {
        zk.commit(Arrays.asList(writes)).toCompletableFuture().join();
    }

    private Optional<String> text(String path) {
        return zk.getData(path).toCompletableFuture().join().map(node -> node.text());
    }

    private void passes() {
        time.await(() -> false, Duration.ofSeconds(30));
    }
}
