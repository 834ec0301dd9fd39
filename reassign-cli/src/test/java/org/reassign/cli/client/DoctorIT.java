package org.reassign.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;

/** Each kind of damage: the doctor finds it, repairs it, and then finds nothing. */
class DoctorIT extends ClusterCase {
    private static final String TOPIC = "/brokers/topics/orders";
    private static final String LEGACY = "/admin/reassign_partitions";
    private static final String REQUESTS = "/admin/reassignment_requests";

    @BeforeEach
    void aController() {
        cluster.lead();
    }

    private void write(ZkWrite write) {
        var unused = RunningCluster.done(cluster.zk().commit(List.of(write)));
    }

    private void create(String path, String text) {
        write(ZkWrite.create(path, text));
    }

    private String read(String path) {
        return RunningCluster.done(cluster.zk().getData(path)).map(ZkNode::text).orElse("");
    }

    private boolean exists(String path) {
        return RunningCluster.done(cluster.zk().exists(path)).isPresent();
    }

    /** Finds only this, changes nothing by that, repairs it, and finds nothing more. */
    private CommandRun findsAndRepairs(String kind, String path, String value, String... options) {
        CommandRun found = cluster.run(with("doctor", options));
        assertThat(found.out()).startsWith(kind + "  " + path).contains(value, "  repair  ");
        assertThat(found.code()).isEqualTo(1);
        JsonNode json = cluster.run(with("doctor", options, "--output=json")).json();
        assertThat(json.path("findings")).hasSize(1);
        assertThat(json.at("/findings/0/kind").asText()).isEqualTo(kind);
        assertThat(json.at("/findings/0/path").asText()).isEqualTo(path);
        assertThat(json.at("/findings/0/value").asText()).contains(value);
        assertThat(json.at("/findings/0/repair").asText()).isNotEmpty();

        CommandRun repaired = cluster.run(with("doctor", options, "--repair", "--timeout=30s"));

        assertThat(repaired.err()).isEmpty();
        assertThat(repaired.out()).contains("All is repaired.");
        assertThat(repaired.code()).isZero();
        findsNothing(options);
        return repaired;
    }

    private void findsNothing(String... options) {
        CommandRun again = cluster.run(with("doctor", options));
        assertThat(again.out()).isEqualToNormalizingNewlines("Nothing is left over or stuck.\n");
        assertThat(again.code()).isZero();
    }

    private static String[] with(String command, String[] options, String... more) {
        List<String> all = new java.util.ArrayList<>(List.of(command));
        all.addAll(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void aCleanClusterAndOneThatMovesHaveNoFindings() {
        findsNothing();
        RunningCluster.done(cluster.lab().hold(new TopicPartition("orders", 0), 3));
        assertThat(cluster.run(
                                "execute",
                                "--reassignment-json-file=" + cluster.plan("p.json", "orders-0=2,3"),
                                "--throttle=99")
                        .code())
                .isZero();
        cluster.untilListed("orders-0: replicas: 2,3,0,1");

        findsNothing();
        assertThat(cluster.run("doctor", "--output=json")
                        .json()
                        .path("findings")
                        .isArray())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recordsOfNoTopic(boolean leads) {
        create("/admin/reassignments/gone", "");
        create("/admin/reassignments/gone/0", "{\"version\":1}");
        if (!leads) {
            cluster.resign();
        }

        CommandRun found = cluster.run("doctor");
        assertThat(found.code()).isEqualTo(1);
        assertThat(found.out()).contains("orphan-record  /admin/reassignments/gone/0", "{\"version\":1}");
        CommandRun repaired = cluster.run("doctor", "--repair");

        assertThat(repaired.out()).contains("All is repaired.");
        assertThat(repaired.out().contains("leads while it repairs")).isNotEqualTo(leads);
        assertThat(exists("/admin/reassignments/gone")).isFalse();
        assertThat(exists("/controller")).isEqualTo(leads);
        findsNothing();
    }

    @Test
    void aRecordOfAPartitionThatItsTopicDoesNotHave() {
        create("/admin/reassignments/orders", "");
        create("/admin/reassignments/orders/7", "odd");
        CommandRun repaired = cluster.run("doctor", "--repair");
        assertThat(repaired.out()).contains("orphan-record  /admin/reassignments/orders/7", "All is repaired.");
        findsNothing();
    }

    @Test
    void requestsAndReassignmentsWithoutAController() {
        RunningCluster.done(cluster.lab().hold(new TopicPartition("orders", 0), 3));
        cluster.run("execute", "--reassignment-json-file=" + cluster.plan("a.json", "orders-0=2,3"));
        cluster.untilListed("orders-0: replicas: 2,3,0,1");
        cluster.resign();
        cluster.run("execute", "--reassignment-json-file=" + cluster.plan("b.json", "orders-1=3,4"));

        CommandRun found = cluster.run("doctor", "--repair", "--timeout=50ms");
        assertThat(found.code()).isEqualTo(1);
        assertThat(found.out())
                .contains(
                        "unattended-request  " + REQUESTS + "/request_0000000001", "unattended-reassignment  " + TOPIC);
        assertThat(found.err()).contains("start one");
        CompletableFuture<CommandRun> repair =
                CompletableFuture.supplyAsync(() -> cluster.run("doctor", "--repair", "--timeout=30s"));
        RunningCluster.done(cluster.lab().releaseAll());
        cluster.lead();

        assertThat(repair.orTimeout(40, TimeUnit.SECONDS).join().code()).isZero();
        findsNothing();
    }

    @Test
    void aPublishedLayoutThatIsNotThatOfTheRecords() {
        RunningCluster.done(cluster.lab().hold(new TopicPartition("orders", 0), 3));
        cluster.run("execute", "--reassignment-json-file=" + cluster.plan("a.json", "orders-0=2,3"));
        cluster.untilListed("orders-0: replicas: 2,3,0,1");
        cluster.resign();
        String active = read("/reassign/active");
        write(ZkWrite.setData("/reassign/active", active.replace("separate", "consolidated"), -1));

        CommandRun found = cluster.run("doctor", "--repair", "--timeout=50ms");

        assertThat(found.out())
                .startsWith("contradicting-layout  /reassign/active")
                .contains("orders-0 are in 'separate'", "repaired /reassign/active");
        assertThat(read("/reassign/active")).isEqualTo(active);
        RunningCluster.done(cluster.lab().releaseAll());
        cluster.lead();
        findsNothing();
    }

    @Test
    void legacyEntriesThatNothingWillComeOf() {
        cluster.resign();
        cluster.lead("separate", "payload");
        String wanted = "{\"topic\":\"orders\",\"partition\":1,\"replicas\":[3,4]}";
        String gone = "{\"topic\":\"gone\",\"partition\":0,\"replicas\":[3,4]}";
        String done = "{\"topic\":\"orders\",\"partition\":0,\"replicas\":[0,1]}";
        create(LEGACY, "{\"version\":1,\"partitions\":[" + gone + "," + wanted + "," + done + "],\"by\":\"me\"}");

        findsAndRepairs("zombie-legacy-entry", LEGACY, gone + ", " + done);

        assertThat(cluster.run("doctor", "--kind=orphan").err())
                .startsWith("unknown --kind 'orphan'; available are orphan-record,");
        assertThat(read(LEGACY)).isEqualTo("{\"version\":1,\"partitions\":[" + wanted + "],\"by\":\"me\"}");
        write(ZkWrite.setData(LEGACY, "not json", -1));
        findsAndRepairs("zombie-legacy-entry", LEGACY, "not json");
        assertThat(exists(LEGACY)).isFalse();
    }

    @Test
    void throttlesThatNothingNeeds() {
        cluster.resign();
        String before = read("/config/topics/orders");
        cluster.run("execute", "--reassignment-json-file=" + cluster.plan("a.json", "orders-0=2,3"), "--throttle=99");
        RunningCluster.done(cluster.zk().getChildren(REQUESTS))
                .orElseThrow()
                .forEach(name -> write(ZkWrite.delete(REQUESTS + "/" + name, -1)));

        CommandRun found = cluster.run("doctor");
        assertThat(found.code()).isEqualTo(1);
        assertThat(found.out()).contains("forgotten-throttle  /reassign/throttles/topics/orders", "/brokers/3");
        assertThat(cluster.run("doctor", "--repair").out())
                .contains("Clearing broker-level throttles on brokers 0,1,2,3");

        assertThat(read("/config/topics/orders")).isEqualTo(before);
        findsNothing();
        create("/reassign/throttles/brokers/4", "odd");
        findsAndRepairs("forgotten-throttle", "/reassign/throttles/brokers/4", "odd");
    }

    @Test
    void deletionsOwedByABrokerThatIsGone() {
        String chunk = "/admin/reassignment_deletes/9/chunk_0000000000";
        create("/admin/reassignment_deletes/9", "");
        create(chunk, "{\"version\":1,\"deletes\":[{\"topic\":\"orders\",\"partition\":0,\"leader_epoch\":5}]}");

        findsNothing();
        findsNothing("--gone-for=0s", "--kind=orphan-record", "--kind=forgotten-throttle");
        assertThat(cluster.run("doctor", "--output=json")
                        .json()
                        .at("/owedDeletes/0/broker")
                        .asInt())
                .isEqualTo(9);
        findsAndRepairs("owed-delete-of-gone-broker", chunk, "\"leader_epoch\":5", "--gone-for=0s");
    }

    @Test
    void moreReplicasThanTheTopicHas() {
        cluster.resign();
        String before = read(TOPIC);
        write(ZkWrite.setData(TOPIC, before.replace("\"0\":[0,1]", "\"0\":[2,3,0,1]"), -1));
        cluster.lead();

        CommandRun unnamed = cluster.run("doctor", "--repair");
        assertThat(unnamed.code()).isEqualTo(1);
        assertThat(unnamed.err())
                .contains("or the replication factor is being raised; only with --kind=too-many-replicas");
        assertThat(read(TOPIC)).contains("\"0\":[2,3,0,1]");
        CommandRun repaired =
                findsAndRepairs("too-many-replicas", TOPIC, "orders-0: [2,3,0,1]", "--kind=too-many-replicas");

        assertThat(repaired.out()).contains("requested [2,3] for orders-0 as request_");
        assertThat(read(TOPIC)).contains("\"0\":[2,3]");
    }
}
