package org.reassign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.zk.EmbeddedZooKeeper;

/** Runs on a ZooKeeper that was there before and is there after. */
@Execution(ExecutionMode.CONCURRENT)
class ExistingZooKeeperIT {
    private static EmbeddedZooKeeper server;
    private static ZkPort zk;

    @TempDir
    private Path temp;

    @BeforeAll
    static void aServer() {
        server = EmbeddedZooKeeper.start();
        zk = server.sessions().open("test");
    }

    @AfterAll
    static void noServer() {
        zk.close();
        server.close();
    }

    private Process start(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(List.of(arguments));
        return Distribution.reassign(words.toArray(String[]::new))
                .redirectOutput(temp.resolve("out").toFile())
                .redirectError(temp.resolve("err").toFile())
                .start();
    }

    private int run(String... arguments) throws Exception {
        return end(start(arguments));
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("the run ends").isTrue();
        return process.exitValue();
    }

    private String read(String stream) throws IOException {
        return Files.readString(temp.resolve(stream));
    }

    private static String at(String chroot) {
        return "--zookeeper=" + server.address() + chroot;
    }

    private static void make(ZkWrite write) {
        var unused = zk.commit(List.of(write)).toCompletableFuture().join();
    }

    private static List<String> leaves(String path) {
        List<String> names = zk.getChildren(path).toCompletableFuture().join().orElseThrow();
        if (names.isEmpty()) {
            return List.of(path);
        }
        List<String> leaves = new ArrayList<>();
        names.stream().sorted().forEach(name -> leaves.addAll(leaves(path + "/" + name)));
        return leaves;
    }

    private static void assertOnlyRootsAt(String chroot) {
        assertThat(leaves(chroot))
                .containsExactly(
                        chroot + "/admin/reassignment_deletes",
                        chroot + "/admin/reassignment_refusals",
                        chroot + "/admin/reassignment_requests",
                        chroot + "/admin/reassignments",
                        chroot + "/brokers/ids",
                        chroot + "/brokers/topics",
                        chroot + "/config/topics",
                        chroot + "/controller_epoch",
                        chroot + "/isr_change_notification",
                        chroot + "/reassign/active",
                        chroot + "/reassign/answers");
    }

    @Test
    void aRunMakesTheChrootAndLeavesTheRootsAndSaysBoth() throws Exception {
        assertThat(run("interrupt", at("/own/place"), "--output=json")).isZero();

        assertThat(read("err"))
                .isEqualToIgnoringNewLines(
                        "warning: made the chroot /own/place, which was missing at " + server.address());
        JsonNode remains = new ObjectMapper().readTree(read("out")).path("remains");
        assertThat(remains.path("topics")).isEmpty();
        assertThat(remains.path("roots").toString())
                .isEqualTo("[\"/admin\",\"/brokers\",\"/config\",\"/controller_epoch\",\"/isr_change_notification\","
                        + "\"/reassign\"]");
        assertOnlyRootsAt("/own/place");
    }

    @Test
    void aRunThatIsEndedInTheMidstRemovesWhatItHasMade() throws Exception {
        Path stuck = Files.writeString(temp.resolve("stuck.yaml"), """
                name: stuck
                brokers: [0, 1, 2, 3]
                topics: {t: {partitions: {0: [0, 1]}, bytesPerPartition: 1MB}}
                steps:
                  - hold: [t-0@3]
                  - request: {t-0: [2, 3]}
                  - {await: settled, timeout: 600s}
                """);
        make(ZkWrite.create("/stuck", ""));
        make(ZkWrite.create("/stuck/admin", ""));
        make(ZkWrite.create("/stuck/admin/reassignments", ""));
        make(ZkWrite.create("/stuck/admin/reassignments/t", ""));
        CompletableFuture<Void> inFlight = new CompletableFuture<>();
        var unused = zk.getData("/stuck/admin/reassignments/t/0", event -> inFlight.complete(null))
                .toCompletableFuture()
                .join();

        Process process = start(stuck.toString(), at("/stuck"));
        inFlight.get(1, TimeUnit.MINUTES);
        process.destroy();

        assertThat(end(process)).as("the signal").isEqualTo(143);
        assertThat(read("err"))
                .contains("interrupted; what the run had started has been ended")
                .contains("left for later runs: the roots /admin, /brokers")
                .doesNotContain("could not be removed");
        assertOnlyRootsAt("/stuck");
    }

    @Test
    void whatIsKeptIsNamedAndInTheWayOfTheNextRun() throws Exception {
        assertThat(run("interrupt", at("/kept"), "--keep")).isZero();
        assertThat(read("out")).contains("kept as asked: topics orders; a run with --use-existing goes on with them");

        assertThat(run("interrupt", at("/kept"))).isEqualTo(2);
        assertThat(read("err")).startsWith("topic 'orders' exists already; say --use-existing");
        assertThat(leaves("/kept")).contains("/kept/brokers/topics/orders/partitions/0/state");
    }

    @Test
    void topicsOfOthersAreNamedBeforeTheControllerLeadsThem() throws Exception {
        for (String path : List.of("/stopped", "/stopped/brokers", "/stopped/brokers/topics")) {
            make(ZkWrite.create(path, ""));
        }
        make(ZkWrite.create("/stopped/brokers/topics/theirs", "{\"version\":1,\"partitions\":{\"0\":[7]}}"));

        assertThat(run("interrupt", at("/stopped"))).isZero();

        assertThat(read("err"))
                .startsWith("warning: the scenario does not name topics theirs at " + server.address() + "/stopped,");
        assertThat(leaves("/stopped")).contains("/stopped/brokers/topics/theirs");
    }

    @Test
    void aZooKeeperWhereAClusterLivesIsLeftAlone() throws Exception {
        make(ZkWrite.create("/kafka", ""));
        make(ZkWrite.create("/kafka/brokers", ""));
        make(ZkWrite.create("/kafka/brokers/ids", ""));
        make(ZkWrite.createEphemeral("/kafka/brokers/ids/1", "{\"host\":\"kafka\"}"));
        List<String> before = leaves("/kafka");

        assertThat(run("interrupt", at("/kafka"))).isEqualTo(2);

        assertThat(read("err")).startsWith("brokers 1 live at " + server.address() + "/kafka; `run` is for");
        assertThat(leaves("/kafka")).isEqualTo(before);
    }
}
