package org.reassign.cli.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reassign.api.zk.ZkWrite;

/** Controllers in processes of their own: who leads, how they end, what they show. */
class ControllerIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temp;

    private ZooKeeperOfControllers zooKeeper;
    private String cluster;

    @BeforeEach
    void aClusterWithoutSteps() throws IOException {
        zooKeeper = new ZooKeeperOfControllers();
        cluster = "--cluster=" + Files.writeString(temp.resolve("cluster.yaml"), """
                        name: small
                        brokers: [0, 1, 2, 3]
                        topics: {t: {partitions: {0: [0, 1]}, bytesPerPartition: 1MB}}
                        replication: {bytesPerSecondPerBroker: 10KB, isrNotificationLinger: 50ms}
                        """);
    }

    @AfterEach
    void noZooKeeper() {
        zooKeeper.close();
    }

    private ProcessOfController start(String name, String... options) throws IOException {
        return ProcessOfController.start(temp, name, zooKeeper.options(options));
    }

    /** The first stands for a process that is stopped in order, the second for one that is interrupted. */
    @Test
    void oneLeadsAndWhereItIsStoppedTheOtherTakesOver() throws Exception {
        try (ProcessOfController first = start("first", cluster, "--http=0", "--log-format=json");
                ProcessOfController second = start("second", cluster, "--http=0", "--output=json")) {
            first.awaitLog("shows http");
            Wait.until(
                    "one of them leads",
                    () -> !zooKeeper.text("/reassign/active").isEmpty());
            boolean isFirst = first.out().contains("elected");
            if (!isFirst) {
                second.kill();
                zooKeeper.expireDisconnected();
            }
            first.awaitLog("leads: all that was in flight is taken up");
            assertThat(get(first, "/health").statusCode()).isEqualTo(200);
            assertThat(get(first, "/metrics").body())
                    .contains("reassign_role{role=\"leading\"} 1.0\n", "reassign_terms_total 1.0\n");
            for (String line : first.out().lines().toList()) {
                assertThat(JSON.readTree(line).path("time").asText()).endsWith("Z");
            }

            assertThat(first.end("TERM")).isZero();
            assertThat(first.out()).contains("\"message\":\"stopped\"");
            assertThat(first.err()).isEmpty();
            if (isFirst) {
                Wait.until("the second leads", () -> second.err().contains("leads: all that was"));
                assertThat(second.err()).contains("stands by: /controller names 1000");
                assertThat(second.end("INT")).isEqualTo(130);
                JsonNode report = JSON.readTree(second.out());
                assertThat(report.path("ended").asText()).isEqualTo("SIGINT");
                assertThat(report.path("controllerEpoch").asInt()).isEqualTo(2);
            }
            assertThat(zooKeeper.text("/controller")).as("handed back").isEmpty();
        }
    }

    private static HttpResponse<String> get(ProcessOfController process, String path) throws Exception {
        Matcher shown = Pattern.compile("shows (http://[^/]+)/").matcher(process.out());
        assertThat(shown.find()).isTrue();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(shown.group(1) + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** The move takes 100 s with the brokers of the first process. */
    @Test
    void aSuccessorWithAnotherLayoutMovesTheRecordsAndEndsAsAsked() throws Exception {
        try (ProcessOfController first = start("first", cluster)) {
            first.awaitLog("leads: all that was in flight is taken up");
            zooKeeper.request("t", Map.of(0, List.of(2, 3)));
            first.awaitLog("G2");
            assertThat(zooKeeper.children("/admin/reassignments/t")).containsExactly("0");
            first.kill();
        }
        zooKeeper.expireDisconnected();
        String faster = "--cluster="
                + Files.writeString(
                        temp.resolve("faster.yaml"),
                        Files.readString(temp.resolve("cluster.yaml")).replace("10KB", "10MB"));
        try (ProcessOfController second = start("second", faster, "--storage-layout=consolidated")) {
            second.awaitLog("request_0000000000 completed");
            assertThat(zooKeeper.text("/reassign/active")).contains("\"layout\":\"consolidated\"");
            assertThat(zooKeeper.assigned("t")).containsEntry(0, List.of(2, 3));
            Wait.until("nothing is left", () -> zooKeeper.leftovers().isEmpty());
            assertThat(second.end("TERM")).isZero();
        }
    }

    /** A broker of an earlier process is still registered. */
    @Test
    void isStoppedInOrderWhileItsBrokersStart() throws Exception {
        for (String path : List.of("/brokers", "/brokers/ids")) {
            zooKeeper.make(ZkWrite.create(path, ""));
        }
        zooKeeper.make(ZkWrite.createEphemeral(
                "/brokers/ids/1",
                "{\"version\":4,\"listener_security_protocol_map\":{\"PLAINTEXT\":\"PLAINTEXT\"},\"endpoints\":"
                        + "[\"PLAINTEXT://broker-1:9092\"],\"jmx_port\":-1,\"host\":\"broker-1\",\"port\":9092,"
                        + "\"timestamp\":\"1\"}"));
        try (ProcessOfController waiting = start("waiting", cluster)) {
            waiting.awaitLog("waits for the end of their sessions");
            assertThat(waiting.end("TERM")).isZero();
            assertThat(waiting.err()).isEmpty();
            assertThat(zooKeeper.text("/controller")).isEmpty();
        }
    }

    @Test
    void aZooKeeperWithBrokersOfOthersIsLeftAlone() throws Exception {
        for (String path : List.of("/brokers", "/brokers/ids")) {
            zooKeeper.make(ZkWrite.create(path, ""));
        }
        zooKeeper.make(ZkWrite.createEphemeral("/brokers/ids/1", "{\"host\":\"kafka\"}"));
        try (ProcessOfController refused = start("refused", cluster)) {
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err())
                    .startsWith("brokers 1 are registered in /brokers/ids and are none that --cluster ")
                    .hasLineCount(1);
        }
        assertThat(zooKeeper.children("/")).containsExactly("brokers", "zookeeper");
    }
}
