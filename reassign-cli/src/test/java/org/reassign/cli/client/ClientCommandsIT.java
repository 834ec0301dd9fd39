package org.reassign.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkWrite;

/** The client commands against simulated brokers and a controller, each test in a chroot of its own. */
class ClientCommandsIT extends ClusterCase {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    private String file(Path plan) {
        return "--reassignment-json-file=" + plan;
    }

    @Test
    void aMoveIsSubmittedAwaitedAndVerified() {
        cluster.lead();
        Path plan = cluster.plan("plan.json", "orders-0=2,3", "orders-1=3,4");

        CommandRun executed = cluster.run("execute", file(plan), "--wait", "--timeout=30s");

        assertThat(executed.err()).isEmpty();
        assertThat(executed.code()).isZero();
        assertThat(executed.out()).isEqualToNormalizingNewlines("""
                        Current partition replica assignment

                        {"version":1,"partitions":[{"topic":"orders","partition":0,"replicas":[0,1],"log_dirs":["any","any"]},{"topic":"orders","partition":1,"replicas":[1,2],"log_dirs":["any","any"]}]}

                        Save this to use as the --reassignment-json-file option during rollback

                        Plan
                        orders-0: [0,1] to [2,3], adds 2,3, removes 0,1
                        orders-1: [1,2] to [3,4], adds 3,4, removes 1,2
                        broker 0: adds 0 replicas, removes 1 replica
                        broker 1: adds 0 replicas, removes 2 replicas
                        broker 2: adds 1 replica, removes 1 replica
                        broker 3: adds 2 replicas, removes 0 replicas
                        broker 4: adds 1 replica, removes 0 replicas
                        It is not known how many bytes this copies: not every broker concerned has told what it has.
                        Submitted reassignment of orders-0,orders-1 as request_0000000000
                        orders-0 completed
                        orders-1 completed
                        """);
        CommandRun verified = cluster.run("verify", file(plan));
        assertThat(verified.out()).isEqualToNormalizingNewlines("""
                Status of partition reassignment:
                Reassignment of partition orders-0 is completed.
                Reassignment of partition orders-1 is completed.
                """);
        assertThat(verified.code()).isZero();
    }

    @Test
    void aMoveInFlightIsListedChangedAndCancelled() {
        cluster.lead();
        RunningCluster.done(cluster.lab().hold(ORDERS, 3));
        Path plan = cluster.plan("plan.json", "orders-0=2,3");
        assertThat(cluster.run("execute", file(plan), "--requester=alice", "--reason=rack move")
                        .code())
                .isZero();
        cluster.untilListed("in sync: 0,1,2.");

        CommandRun listed = cluster.run("list");
        assertThat(listed.out())
                .startsWith("Current partition reassignments:" + System.lineSeparator()
                        + "orders-0: replicas: 2,3,0,1. adding: 2,3. removing: 0,1. in sync: 0,1,2. waits for broker 3 to"
                        + " be in sync since ")
                .endsWith(" requester: alice. reason: rack move." + System.lineSeparator());
        assertThat(cluster.run("verify", file(plan)).code()).isEqualTo(1);

        CommandRun refused = cluster.run("execute", file(cluster.plan("other.json", "orders-0=3,4", "orders-1=0,1")));
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith(
                        folder.resolve("other.json") + ", orders-0: is being moved to [2,3] by request_0000000000, so"
                                + " nothing of the file was submitted; say --additional");
        assertThat(refused.out()).isEmpty();

        assertThat(cluster.run("execute", "--additional", file(folder.resolve("other.json")))
                        .code())
                .isZero();
        cluster.untilListed("orders-0: replicas: 3,4,");

        CommandRun planned = cluster.run("cancel", "--topic=orders", "--dry-run");
        assertThat(planned.out()).startsWith("orders-0: back to [0,1], removes ");
        CommandRun cancelled = cluster.run("cancel", "--broker=4", "--wait", "--timeout=30s");
        assertThat(cancelled.err()).isEmpty();
        assertThat(cancelled.code()).isZero();
        assertThat(cancelled.out()).endsWith("orders-0 completed" + System.lineSeparator());
        assertThat(cluster.run("list").out()).isEqualToNormalizingNewlines("No partition reassignments found.\n");
        CommandRun verified = cluster.run("verify", file(plan));
        assertThat(verified.out())
                .contains(
                        "There is no active reassignment of partition orders-0, but replica set is 0,1 rather than 2,3.");
        assertThat(verified.code()).isEqualTo(1);
    }

    @Test
    void withoutAControllerARequestIsStoredAndWaits() {
        Path plan = cluster.plan("plan.json", "orders-0=2,3");

        CommandRun executed = cluster.run("execute", file(plan), "--wait", "--timeout=50ms", "--reason=move");

        assertThat(executed.code()).isEqualTo(1);
        assertThat(executed.out()).contains("Submitted reassignment of orders-0 as request_0000000000");
        assertThat(executed.err())
                .isEqualToNormalizingNewlines("no controller leads at " + cluster.address()
                        + ", so nothing happens yet; the request stays stored until one does\n"
                        + "orders-0 is not finished after 50 ms: it waits to be accepted by a controller; it goes on, and"
                        + " verify shows when it is done\n");
        assertThat(cluster.run("list").out()).isEqualToNormalizingNewlines("""
                No partition reassignments found.
                Requests that no controller has carried out yet:
                orders-0: to 2,3, request_0000000000: move
                """);
        CommandRun again = cluster.run("execute", file(plan));
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("orders-0: request_0000000000 waits to move it to [2,3], so nothing");
        CommandRun verified = cluster.run("verify", file(plan), "--output=json");
        assertThat(verified.code()).isEqualTo(1);
        assertThat(verified.json().path("partitions").path(0).path("status").asText())
                .isEqualTo("waiting");
        assertThat(cluster.run("cancel", "--all", "--dry-run").out())
                .isEqualToNormalizingNewlines("orders-0: what is requested is given up, and it stays [0,1]\n");

        assertThat(cluster.run("cancel", "--all").code()).isZero();
        cluster.lead();
        RunningCluster.until("both are answered", () -> cluster.listed().isEmpty());
        assertThat(cluster.run("verify", file(plan)).out()).contains("but replica set is 0,1 rather than 2,3.");
    }

    @Test
    void everyBadEntryIsRefusedInASentenceAndTheOthersGoOn() {
        cluster.topic("going", Replicas.of(0)).lead();
        RunningCluster.done(cluster.zk().commit(List.of(ZkWrite.create("/admin/delete_topics", ""))));
        RunningCluster.done(cluster.zk().commit(List.of(ZkWrite.create("/admin/delete_topics/going", ""))));
        Path plan = cluster.file("plan.json", """
                {"version":1,"partitions":[
                  {"topic":"none","partition":0,"replicas":[1]},
                  {"topic":"orders","partition":9,"replicas":[1]},
                  {"topic":"going","partition":0,"replicas":[1]},
                  {"topic":"orders","partition":1,"replicas":[1,9]},
                  {"topic":"t","partition":1,"replicas":[]},
                  {"topic":"t","partition":2,"replicas":[1,1]},
                  {"topic":"t","partition":3,"replicas":[-1]},
                  {"topic":"t","partition":4,"replicas":[1]},{"topic":"t","partition":4,"replicas":[2]},
                  {"topic":"t","partition":5,"replicas":[1],"log_dirs":["/data"]},
                  {"topic":"t","partition":"6","replicas":[1]},
                  {"topic":"orders","partition":0,"replicas":[2,3]}]}
                """);

        CommandRun executed = cluster.run("execute", file(plan), "--wait", "--timeout=30s", "--output=json");

        assertThat(executed.code()).isEqualTo(1);
        assertThat(executed.json().path("refused"))
                .extracting(one ->
                        one.path("partition").asText() + " " + one.path("code").asText())
                .containsExactlyInAnyOrder(
                        "t-1 EMPTY_REPLICAS",
                        "t-2 DUPLICATE_BROKERS",
                        "t-3 NEGATIVE_BROKER",
                        "t-4 DUPLICATE_PARTITION",
                        "t-5 LOG_DIRS",
                        "entry 11 WRONG_TYPE",
                        "none-0 UNKNOWN_TOPIC",
                        "orders-9 UNKNOWN_PARTITION",
                        "going-0 TOPIC_BEING_DELETED",
                        "orders-1 UNREGISTERED_BROKER");
        assertThat(executed.err().lines())
                .hasSize(10)
                .allMatch(line -> line.startsWith(plan + ", "))
                .contains(plan + ", orders-1: target [1,9] adds [9], not registered in /brokers/ids; start it or choose"
                        + " another");
        assertThat(executed.json().path("outcomes").toString())
                .isEqualTo("[{\"partition\":\"orders-0\",\"answer\":\"completed\",\"code\":null,\"reason\":null}]");
    }

    @Test
    void aCancelOfWhatIsNotInFlightIsRefused() {
        cluster.lead();

        CommandRun cancelled = cluster.run("cancel", file(cluster.plan("plan.json", "orders-0=2,3")));

        assertThat(cancelled.code()).isEqualTo(1);
        assertThat(cancelled.err())
                .endsWith("plan.json, orders-0: nothing is in flight that could be cancelled; it stays [0,1]"
                        + System.lineSeparator());
        assertThat(cluster.run("cancel", "--all").code()).isZero();
        assertThat(cluster.run("cancel", "--all", "--topic=t").code()).isEqualTo(2);
        assertThat(cluster.run("cancel").err()).startsWith("nothing is named to cancel; say --reassignment-json-file");
    }

    @Test
    void aDryRunSaysWhatWouldBeDoneAndDoesNothing() {
        cluster.lead();
        Path plan = cluster.plan("plan.json", "orders-0=2,0", "orders-1=1,2", "none-0=1");

        CommandRun planned = cluster.run("execute", file(plan), "--dry-run");

        assertThat(planned.code()).isEqualTo(1);
        assertThat(planned.err()).contains("none-0: there is no topic 'none'");
        assertThat(planned.out())
                .contains("orders-0: [0,1] to [2,0], adds 2, removes 1" + System.lineSeparator()
                        + "orders-1: stays [1,2]" + System.lineSeparator()
                        + "broker 1: adds 0 replicas, removes 1 replica" + System.lineSeparator());
        assertThat(cluster.run("list", "--output=json").out().replaceAll("\\s", ""))
                .isEqualTo("{\"reassignments\":[],\"waiting\":[]}");
    }

    @Test
    void whatContradictsTheControllerIsWrongUsage() {
        cluster.lead("separate-flat", "payload");

        CommandRun layout = cluster.run("list", "--storage-layout=separate");
        assertThat(layout.code()).isEqualTo(2);
        assertThat(layout.err())
                .isEqualToNormalizingNewlines(
                        "storage-layout 'separate' contradicts the controller that leads, which has"
                                + " published 'separate-flat'; leave the option out\n");
        CommandRun channel = cluster.run("list", "--request-channel=notify-scan");
        assertThat(channel.code()).isEqualTo(2);
        assertThat(channel.err())
                .startsWith(
                        "request-channel 'notify-scan' is not open at the controller that leads, which has published"
                                + " payload;");
        assertThat(cluster.run("list", "--storage-layout=separate-flat").code()).isZero();
        cluster.resign();
        assertThat(cluster.run("list", "--storage-layout=separate").code())
                .as("no controller leads, so nothing is contradicted")
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "separate-flat, notify-names",
        "consolidated,  notify-scan",
        "kip-455,       payload",
    })
    void whatTheControllerHasPublishedIsFollowed(String layout, String channel) {
        cluster.lead(layout, channel);
        RunningCluster.done(cluster.lab().hold(ORDERS, 3));
        Path plan = cluster.plan("plan.json", "orders-0=2,3", "orders-1=1,4");
        assertThat(cluster.run("execute", file(plan)).code()).isZero();
        RunningCluster.until(
                "orders-1 is done", () -> cluster.listed().matches("orders-0: replicas: 2,3,.*in sync: 0,1,2[.].*"));

        JsonNode running = cluster.run("list", "--output=json").json().path("reassignments");
        assertThat(running).hasSize(1);
        assertThat(running.path(0).path("target").toString()).isEqualTo("[2,3]");
        assertThat(running.path(0).path("original").toString()).isEqualTo("[0,1]");

        CommandRun cancelled = cluster.run("cancel", file(plan), "--wait", "--timeout=30s");
        assertThat(cancelled.err()).as("orders-1 is done").contains("orders-1: nothing is in flight");
        assertThat(cancelled.out()).endsWith("orders-0 completed" + System.lineSeparator());
    }

    @Test
    void theLegacyChannelKnowsNoCancel() {
        cluster.lead("separate", "legacy");
        RunningCluster.done(cluster.lab().hold(ORDERS, 3));
        assertThat(cluster.run("execute", file(cluster.plan("plan.json", "orders-0=2,3")))
                        .code())
                .isZero();
        cluster.untilListed("orders-0: replicas: 2,3,");

        CommandRun cancelled = cluster.run("cancel", "--all");

        assertThat(cancelled.code()).isEqualTo(2);
        assertThat(cancelled.err()).startsWith("the legacy channel knows no cancel, so orders-0 cannot be cancelled");
    }

    @Test
    void whatTheControllerRefusesIsToldToThoseWhoWait() {
        cluster.leadWith("separate", "refuse-cross-mechanism", "payload", "legacy");
        RunningCluster.done(cluster.lab().hold(ORDERS, 3));
        Path plan = cluster.plan("plan.json", "orders-0=2,3");
        assertThat(cluster.run("execute", file(plan), "--request-channel=legacy")
                        .code())
                .isZero();
        cluster.untilListed("orders-0: replicas: 2,3,");

        CommandRun changed = cluster.run(
                "execute", "--additional", "--wait", file(cluster.plan("other.json", "orders-0=3,4")), "--timeout=30s");

        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.err())
                .contains("request_0000000000")
                .contains("orders-0")
                .hasLineCount(1);
    }

    @Test
    void aWaitSurvivesAChangeOfTheControllerAndOfTheLayout() throws Exception {
        cluster.lead();
        RunningCluster.done(cluster.lab().hold(ORDERS, 3));
        Path plan = cluster.plan("plan.json", "orders-0=2,3");
        CompletableFuture<CommandRun> waiting =
                CompletableFuture.supplyAsync(() -> cluster.run("execute", file(plan), "--wait", "--timeout=30s"));
        cluster.untilListed("orders-0: replicas: 2,3,");

        cluster.resign();
        cluster.lead("consolidated", "payload", "legacy");
        RunningCluster.done(cluster.lab().releaseAll());

        assertThat(waiting.get(30, TimeUnit.SECONDS).out()).endsWith("orders-0 completed" + System.lineSeparator());
    }

    @Test
    void aMoveThatIsCancelledIsToldAsThat() throws Exception {
        cluster.lead();
        RunningCluster.done(cluster.lab().hold(ORDERS, 3));
        Path plan = cluster.plan("plan.json", "orders-0=2,3");
        CompletableFuture<CommandRun> waiting =
                CompletableFuture.supplyAsync(() -> cluster.run("execute", file(plan), "--wait", "--timeout=30s"));
        cluster.untilListed("orders-0: replicas: 2,3,");

        assertThat(cluster.run("cancel", "--all", "--wait", "--timeout=30s").code())
                .isZero();

        CommandRun ended = waiting.get(30, TimeUnit.SECONDS);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).startsWith("orders-0: a later request has cancelled request_0000000000;");
    }

    @Test
    void anInterruptEndsTheWaitAndNotTheReassignment() throws Exception {
        Path plan = cluster.plan("plan.json", "orders-0=2,3");
        CompletableFuture<CommandRun> waiting = new CompletableFuture<>();
        Thread user = new Thread(() -> waiting.complete(cluster.run("execute", file(plan), "--wait")));
        user.start();
        cluster.untilListed("request_0000000000");

        user.interrupt();

        CommandRun ended = waiting.get(30, TimeUnit.SECONDS);
        assertThat(ended.code()).isEqualTo(130);
        assertThat(ended.err()).contains("interrupted; what was submitted goes on");
        assertThat(cluster.run("list").out()).contains("request_0000000000");
    }

    @Test
    void partitionsAreDescribedWithWhatTheyWaitForAndWhatIsOwed() {
        cluster.lead();
        RunningCluster.done(cluster.lab().kill(0));
        Path plan = cluster.plan("plan.json", "orders-0=1,2");
        assertThat(cluster.run("execute", file(plan), "--wait", "--timeout=30s").code())
                .isZero();
        RunningCluster.done(cluster.lab().hold(ORDERS, 2));
        RunningCluster.done(cluster.lab().kill(4));

        JsonNode described =
                cluster.run("describe", "orders-0", "--output=json").json();
        assertThat(described.path("partitions").toString())
                .isEqualTo("[{\"topic\":\"orders\",\"partition\":0,\"replicas\":[1,2],\"leader\":1,\"isr\":[1],"
                        + "\"inFlight\":false}]");
        assertThat(described.path("owedDeletes").path(0).path("broker").asInt()).isZero();
        assertThat(described.path("owedDeletes").path(0).path("topic").asText()).isEqualTo("orders");

        assertThat(cluster.run("describe", "orders-1").out()).isEqualToNormalizingNewlines("""
                orders-1
                  replicas    1,2
                  leader      1
                  in sync     1,2
                  nothing in flight
                """);
        CommandRun unknown = cluster.run("describe", "none-0", "orders-1");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).startsWith("none-0: there is no topic 'none'");
        assertThat(cluster.run("describe", "orders").code()).isEqualTo(2);
        CommandRun all = cluster.run("describe");
        assertThat(all.out())
                .startsWith("No partition reassignments found.")
                .contains("Replicas that their brokers are still to delete:", "broker 0: orders-0, since ");
    }

    @Test
    void whatStallsIsDescribedAndCancelled() {
        cluster.lead();
        RunningCluster.done(cluster.lab().hold(ORDERS, 3));
        assertThat(cluster.run("execute", file(cluster.plan("plan.json", "orders-0=3,4")))
                        .code())
                .isZero();
        cluster.untilListed("in sync: 0,1,4.");
        RunningCluster.done(cluster.lab().kill(3));
        cluster.untilListed("waits for broker 3, which is not registered");

        assertThat(cluster.run("describe").out())
                .contains("  target      3,4", "  original    0,1", "  waits for   broker 3, which is not registered");
        assertThat(cluster.run("cancel", "--stalled-for=1d").out())
                .isEqualToNormalizingNewlines("None of the specified partition reassignments are active.\n");
        assertThat(cluster.run("cancel", "--stalled-for=0ms", "--broker=3", "--dry-run")
                        .out())
                .isEqualToNormalizingNewlines("orders-0: back to [0,1], removes 3,4, at once\n");
        assertThat(cluster.run("cancel", "--stalled-for=0ms", "--wait", "--timeout=30s")
                        .code())
                .isZero();
    }

    @Test
    void aProposalIsWhatExecuteTakes() {
        cluster.lead();
        Path topics = cluster.file("topics.json", "{\"topics\":[{\"topic\":\"orders\"}],\"version\":1}");

        CommandRun generated =
                cluster.run("generate", "--topics-to-move-json-file=" + topics, "--broker-list=3,4", "--output=json");
        assertThat(generated.code()).isZero();
        assertThat(generated
                        .json()
                        .path("current")
                        .path("partitions")
                        .path(0)
                        .path("replicas")
                        .toString())
                .isEqualTo("[0,1]");
        Path plan = cluster.file("plan.json", generated.json().path("proposed").toString());
        assertThat(cluster.run("execute", file(plan), "--wait", "--timeout=30s").code())
                .isZero();
        assertThat(cluster.run("generate", "--topics-to-move-json-file=" + topics, "--broker-list=0,1,2")
                        .out())
                .startsWith("Current partition replica assignment" + System.lineSeparator() + "{\"version\":1,")
                .contains(System.lineSeparator() + "Proposed partition reassignment configuration"
                        + System.lineSeparator());
        assertThat(cluster.run("generate", "--topics-to-move-json-file=" + topics, "--broker-list=3,9")
                        .err())
                .startsWith("broker 9 of --broker-list is not registered in /brokers/ids;");
        assertThat(cluster.run("generate", "--topics-to-move-json-file=" + topics, "--broker-list=3")
                        .err())
                .startsWith("topic 'orders' has 2 replicas of its first partition");
        assertThat(cluster.run("generate", "--topics-to-move-json-file=" + topics, "--broker-list=3,3")
                        .err())
                .startsWith("--broker-list names broker 3 twice;");
    }

    @Test
    void theExampleProgramMovesAPartition() throws Exception {
        cluster.lead();
        Path dist = Path.of(System.getProperty("reassign.dist"));
        Path output = folder.resolve("out");

        Process example = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        dist.resolve("lib") + "/*",
                        Path.of("..", "docs", "examples", "MovePartition.java").toString(),
                        cluster.address(),
                        dist.resolve("plugins").toString(),
                        "orders-0",
                        "2,3")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(example.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(output))
                .containsSubsequence("stored as [request_0000000000]", "orders-0 COMPLETED");
    }

    @Test
    void visitsNeedALayoutThatKafkaReads() {
        CommandRun refused = cluster.run("controller", "--gateway=takeover", "--office=visits");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualToNormalizingNewlines(
                        "controller.office=visits leaves what is in flight to Kafka's controller, which does not read"
                                + " records in layout 'separate'; choose --storage-layout kip-455, or"
                                + " controller.office=while-busy\n");
    }

    @Test
    void aClusterMustBeNamed() {
        assertThat(CommandRun.of(List.of("list")).err()).startsWith("no cluster is named; say which with --zookeeper");
        assertThat(CommandRun.of(List.of("list")).code()).isEqualTo(2);
        CommandRun none = CommandRun.of(List.of("list", "--zookeeper=" + server.address() + "/none"));
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).startsWith("there is no chroot /none at " + server.address() + ";");
        CommandRun limited = cluster.run("cancel", "--all", "--timeout=1s");
        assertThat(limited.err()).startsWith("--timeout limits a wait; say --wait with it");
        assertThat(cluster.run("cancel", "--all", "--wait", "--timeout=5").err())
                .contains("'5' is no duration;");
    }
}
