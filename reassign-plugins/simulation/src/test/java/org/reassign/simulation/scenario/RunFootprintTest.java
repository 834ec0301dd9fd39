package org.reassign.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.plugin.storagelayouts.Consolidated;
import org.reassign.plugin.storagelayouts.Separate;
import org.reassign.plugin.storagelayouts.SeparateFlat;

/** What a run has made goes with it, and what others have there stays. */
class RunFootprintTest {
    private static final List<StorageLayout> LAYOUTS = List.of(new Separate(), new SeparateFlat(), new Consolidated());
    private static final Scenario SCENARIO = ScenarioParser.parse("s", """
                    name: s
                    brokers: [0]
                    topics: {a: {partitions: {0: [0]}}, a-0: {partitions: {0: [0]}}, old: {partitions: {0: [0]}}}
                    steps: []
                    """, Path.of(""));
    private static final String OF_A = "{\"topic\":\"a\",\"partition\":0,\"leader_epoch\":1,\"replicas\":[0]}";
    private static final String OF_OLD = "{\"topic\":\"old\",\"partition\":0,\"leader_epoch\":1,\"replicas\":[0]}";

    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(Runnable::run, () -> 0);
    private final ZkPort zk = zooKeeper.open("test");

    private void make(String path, String text) {
        for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
            zk.commit(List.of(ZkWrite.create(path.substring(0, end), "")));
        }
        var unused = zk.commit(List.of(ZkWrite.create(path, text)))
                .toCompletableFuture()
                .join();
    }

    /** A topic with its configuration, a record, a target and a request. */
    private void move(String topic, String request) {
        make("/brokers/topics/" + topic, "{\"version\":1,\"partitions\":{\"0\":[0]}}");
        make("/brokers/topics/" + topic + "/partitions/0/state", "{}");
        make("/config/topics/" + topic, "{}");
        make("/admin/reassignments/" + topic + "/0", "x");
        make("/admin/reassignment_targets/" + topic + "/0", "null");
        make(
                "/admin/reassignment_requests/" + request,
                "{\"version\":1,\"assignments\":{\"" + topic + "\":{\"0\":[0]}}}");
    }

    private List<String> leaves(String path) {
        List<String> names = zk.getChildren(path.isEmpty() ? "/" : path)
                .toCompletableFuture()
                .join()
                .orElseThrow();
        if (names.isEmpty()) {
            return List.of(path);
        }
        List<String> leaves = new ArrayList<>();
        names.stream().sorted().forEach(name -> leaves.addAll(leaves(path + "/" + name)));
        return leaves;
    }

    @Test
    void nothingOfTheRunStaysButTheRoots() {
        RunFootprint footprint = RunFootprint.before(zooKeeper, LAYOUTS, SCENARIO);
        move("a", "request_1");
        make("/admin/reassignments/a-0-0", "x");
        make("/admin/reassignment_requests/request_2", "{\"version\":1,\"kind\":\"names\",\"partitions\":{\"a\":[0]}}");
        make("/admin/reassignment_requests/request_3", "{\"version\":1,\"kind\":\"scan\"}");
        make("/admin/reassignment_refusals/request_1", "{\"version\":1,\"refusals\":{\"a-0\":{}},\"omitted\":0}");
        make("/admin/reassignment_deletes/0/chunk_0000000000", "{\"version\":1,\"deletes\":[" + OF_A + "]}");
        make("/admin/reassign_partitions", "{\"version\":1,\"partitions\":[" + OF_A + "]}");
        make("/isr_change_notification/isr_change_1", "{\"version\":1,\"partitions\":[" + OF_A + "]}");
        make("/controller_epoch", "1");

        RunFootprint.Remains remains = footprint.remove();

        assertThat(leaves(""))
                .containsExactly(
                        "/admin/reassignment_deletes",
                        "/admin/reassignment_refusals",
                        "/admin/reassignment_requests",
                        "/admin/reassignment_targets",
                        "/admin/reassignments",
                        "/brokers/topics",
                        "/config/topics",
                        "/controller_epoch",
                        "/isr_change_notification");
        assertThat(remains.topics()).isEmpty();
        assertThat(remains.existing()).isEmpty();
        assertThat(remains.paths()).isEmpty();
        assertThat(remains.roots())
                .containsExactly("/admin", "/brokers", "/config", "/controller_epoch", "/isr_change_notification");
    }

    @Test
    void whatWasThereBeforeAndWhatNamesOthersStays() {
        move("old", "request_1");
        RunFootprint footprint = RunFootprint.before(zooKeeper, LAYOUTS, SCENARIO);
        List<String> before = leaves("");
        move("a", "request_2");
        String both = "[" + OF_A + "," + OF_OLD + "]";
        make("/admin/reassignment_requests/request_3", "no JSON");
        make("/admin/reassign_partitions", "{\"version\":1,\"partitions\":" + both + "}");
        make("/admin/reassignment_deletes/0/chunk_0000000000", "{\"version\":1,\"deletes\":" + both + "}");

        RunFootprint.Remains remains = footprint.remove();

        assertThat(leaves(""))
                .hasSize(before.size() + 3)
                .containsAll(before)
                .contains(
                        "/admin/reassignment_requests/request_3",
                        "/admin/reassign_partitions",
                        "/admin/reassignment_deletes/0/chunk_0000000000");
        assertThat(remains.existing()).containsExactly("old");
        assertThat(remains.paths())
                .contains("/admin/reassign_partitions", "/admin/reassignment_requests/request_1")
                .noneMatch(path -> path.contains("request_2"));
    }
}
