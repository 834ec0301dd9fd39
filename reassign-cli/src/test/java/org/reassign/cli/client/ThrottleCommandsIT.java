package org.reassign.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;
import picocli.CommandLine;

/** Throttles of execute, verify and cancel, each test in a chroot of its own. */
class ThrottleCommandsIT extends ClusterCase {
    private static final String TOPIC = "/config/topics/orders";
    private static final String HOLDERS = "/reassign/throttles/holders";
    private static final String REQUESTS = "/admin/reassignment_requests";

    private String topicBefore;

    @BeforeEach
    void before() {
        topicBefore = read(TOPIC);
    }

    private String read(String path) {
        return RunningCluster.done(cluster.zk().getData(path)).map(ZkNode::text).orElse("");
    }

    private String rate(int broker) {
        return read("/config/brokers/" + broker);
    }

    private CommandRun execute(Path plan, String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of("execute", "--reassignment-json-file=" + plan));
        arguments.addAll(List.of(more));
        return cluster.run(arguments.toArray(String[]::new));
    }

    private CommandRun verify(Path plan, String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of("verify", "--reassignment-json-file=" + plan));
        arguments.addAll(List.of(more));
        return cluster.run(arguments.toArray(String[]::new));
    }

    @Test
    void aThrottleIsSetChangedAndTakenOffByTheController() {
        cluster.lead();
        RunningCluster.done(cluster.lab().hold(new TopicPartition("orders", 0), 3));
        Path plan = cluster.plan("plan.json", "orders-0=2,3");

        CommandRun executed = execute(plan, "--throttle=5000");

        assertThat(executed.err()).isEmpty();
        assertThat(executed.out()).contains("The inter-broker throttle limit was set to 5000 B/s");
        assertThat(read(TOPIC))
                .contains("\"leader.replication.throttled.replicas\":\"0:0,0:1\"")
                .contains("\"follower.replication.throttled.replicas\":\"0:2,0:3\"");
        cluster.untilListed("in sync: 0,1,2.");
        assertThat(verify(plan).out()).doesNotContain("Clearing");
        assertThat(execute(plan, "--throttle=9000", "--additional").code()).isZero();
        assertThat(rate(3)).contains("\"9000\"").doesNotContain("5000");

        RunningCluster.done(cluster.lab().releaseAll());
        RunningCluster.until("the throttles are gone", () -> read(TOPIC).equals(topicBefore));
        RunningCluster.until("the rates are gone", () -> !rate(3).contains("9000"));
        assertThat(verify(plan).code()).isZero();
    }

    @Test
    void theEndOfAWaitTakesItOff() {
        cluster.lead();

        CommandRun executed =
                execute(cluster.plan("plan.json", "orders-0=2,3"), "--throttle=5000", "--wait", "--timeout=30s");

        assertThat(executed.err()).isEmpty();
        assertThat(executed.code()).isZero();
        assertThat(read(TOPIC)).isEqualTo(topicBefore);
    }

    @Test
    void verifyRestoresWhatStoodThereBefore() {
        String before = "{\"version\":1,\"config\":{\"leader.replication.throttled.rate\":\"7\"}}";
        Path plan = cluster.plan("plan.json", "orders-0=2,3");
        execute(plan, "--throttle=5000");
        assertThat(verify(plan).out()).as("while it waits").doesNotContain("Clearing");
        forgetRequests();
        assertThat(verify(plan, "--preserve-throttles").out()).doesNotContain("Clearing");
        assertThat(rate(1)).contains("5000");

        CommandRun verified = verify(plan);

        assertThat(verified.out())
                .contains("Clearing broker-level throttles on brokers 0,1,2,3")
                .contains("Clearing topic-level throttles on topic orders");
        assertThat(read(TOPIC)).isEqualTo(topicBefore);
        RunningCluster.done(cluster.zk().commit(List.of(ZkWrite.setData("/config/brokers/1", before, -1))));
        execute(plan, "--throttle=5000");
        assertThat(rate(1)).contains("5000");
        forgetRequests();
        assertThat(verify(plan, "--output=json")
                        .json()
                        .at("/throttlesRemoved/brokers/1")
                        .intValue())
                .isEqualTo(1);
        assertThat(rate(1)).isEqualTo(before);
    }

    private void forgetRequests() {
        RunningCluster.done(cluster.zk().getChildren(REQUESTS))
                .orElseThrow()
                .forEach(name ->
                        RunningCluster.done(cluster.zk().commit(List.of(ZkWrite.delete(REQUESTS + "/" + name, -1)))));
    }

    @Test
    void aCancelTakesItOff() {
        Path plan = cluster.plan("plan.json", "orders-0=2,3");
        execute(plan, "--throttle=5000");

        CommandRun cancelled = cluster.run("cancel", "--all");

        assertThat(cancelled.out()).contains("Clearing broker-level throttles on brokers 0,1,2,3");
        assertThat(read(TOPIC)).isEqualTo(topicBefore);
    }

    @Test
    void anOperatorsRateOfTheMeantimeStaysAndIsNamed() {
        Path plan = cluster.plan("plan.json", "orders-0=2,3");
        execute(plan, "--throttle=5000");
        RunningCluster.done(
                cluster.zk().commit(List.of(ZkWrite.setData("/config/brokers/1", rate(1).replace("5000", "44"), -1))));

        CommandRun cancelled = cluster.run("cancel", "--all");

        assertThat(cancelled.err())
                .contains("/config/brokers/1 has leader.replication.throttled.rate = 44 and not 5000");
        assertThat(rate(1)).contains("\"44\"");
        assertThat(cluster.run("cancel", "--all").err()).doesNotContain("44");
    }

    @Test
    void throttlesAreSetAgainWhereTheSessionEndsBeforeTheRequestIsStored() {
        OpenClient open = cluster.open();
        CommandReport report = new CommandReport(new CommandLine(new ListCommand()).getCommandSpec(), false);
        TopicPartition moved = new TopicPartition("orders", 0);
        PartitionDescription found =
                open.result(open.client().describe(List.of(moved)).get(moved));
        try (ThrottleSession session = new ThrottleSession(open, report)) {
            String stored = session.during(
                    new TreeMap<>(Map.of(moved, found)),
                    new TreeMap<>(Map.of(moved, Optional.of(Replicas.of(2, 3)))),
                    99,
                    () -> {
                        assertThat(rate(1)).contains("\"99\"");
                        expireHolder();
                        assertThat(cluster.run("doctor", "--repair").out()).contains("Clearing");
                        assertThat(rate(1)).doesNotContain("99");
                        return "stored";
                    });
            assertThat(stored).isEqualTo("stored");
        }
        assertThat(rate(1)).contains("\"99\"");
        assertThat(RunningCluster.done(cluster.zk().getChildren(HOLDERS)).orElseThrow())
                .isEmpty();
    }

    private void expireHolder() {
        String holder = RunningCluster.done(cluster.zk().getChildren(HOLDERS))
                .orElseThrow()
                .get(0);
        server.expireOwner(cluster.chroot() + HOLDERS + "/" + holder);
    }

    @Test
    void badRatesAreRefused() {
        Path plan = cluster.plan("plan.json", "orders-0=2,3");

        assertThat(execute(plan, "--throttle=0").code()).isEqualTo(2);
        assertThat(execute(plan, "--throttle=0").err()).startsWith("--throttle 0 would stop the move");
        assertThat(execute(plan, "--throttle=5MB").code()).isEqualTo(2);
        RunningCluster.done(cluster.zk().commit(List.of(ZkWrite.setData(TOPIC, "no", -1))));
        CommandRun odd = execute(plan, "--throttle=5");
        assertThat(odd.code()).isEqualTo(2);
        assertThat(odd.err()).startsWith(TOPIC + " does not hold a configuration");
        assertThat(cluster.listed()).isEmpty();
    }
}
