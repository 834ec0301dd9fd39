package org.reassign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The distribution as users have it: its script, its plugins' jars, its scenarios. */
@Execution(ExecutionMode.CONCURRENT)
class DistributionIT {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @TempDir
    private Path temp;

    private record Ran(int code, String out, String err) {
        JsonNode json() throws IOException {
            return JSON.readTree(out);
        }
    }

    private Ran run(String... arguments) throws IOException, InterruptedException {
        File out = temp.resolve("out").toFile();
        File err = temp.resolve("err").toFile();
        ProcessBuilder builder =
                Distribution.reassign(arguments).redirectOutput(out).redirectError(err);
        builder.environment().put("REASSIGN_OPTS", "-Djava.io.tmpdir=" + temp);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("the command ends").isTrue();
        return new Ran(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
    }

    @ParameterizedTest
    @CsvSource({
        "embedded,separate,per-partition,batched",
        "memory,separate,per-partition,single",
        "memory,consolidated,batched,pipelined"
    })
    void interruptEndsOnTheSecondTargetWithNothingLeftOver(
            String zookeeper, String layout, String watcher, String writeMode) throws Exception {
        Ran ran = run(
                "run",
                "interrupt",
                "--output=json",
                "--zookeeper=" + zookeeper,
                "--storage-layout=" + layout,
                "--isr-watcher=" + watcher,
                "--write-mode=" + writeMode);

        assertThat(ran.err()).doesNotContain("Exception");
        assertThat(ran.code()).isZero();
        JsonNode report = ran.json();
        assertThat(report.path("outcome").asText()).isEqualTo("settled");
        assertThat(report.path("settings").path("storageLayout").asText()).isEqualTo(layout);
        assertThat(report.path("partitions").path(0).path("replicas").toString())
                .isEqualTo("[3,4]");
        assertThat(report.path("answers").findValuesAsText("answer")).containsExactly("superseded", "completed");
        assertThat(report.path("leftovers")).isEmpty();
        assertThat(report.at("/cost/zookeeper/controller/setData").asInt()).isPositive();
        assertThat(report.at("/cost/brokers/leaderAndIsrRequests").asInt()).isPositive();
        assertThat(zooKeepersFolders()).isEmpty();
    }

    @Test
    void everySettingIsShownWithTheValueThatHeld() throws Exception {
        String[] words = {
            "run",
            "interrupt",
            "--zookeeper=memory",
            "--set=controller.coalesce=false",
            "--set=controller.max-in-flight=1",
            "--output=text"
        };
        assertThat(run(words).out())
                .containsPattern("controller.coalesce +false")
                .containsPattern("controller.max-in-flight +1")
                .containsPattern("controller.max-in-flight-per-broker +no limit");
        words[words.length - 1] = "--output=json";
        assertThat(run(words).json().at("/settings/set").toString())
                .isEqualTo(
                        "{\"controller.coalesce\":\"false\",\"controller.completion-linger\":\"200ms\",\"controller.id\":\"1000\",\"controller.max-in-flight\":\"1\","
                                + "\"controller.max-in-flight-per-broker\":\"2147483647\",\"controller.office\":\"while-busy\"}");
    }

    private List<Path> zooKeepersFolders() throws IOException {
        try (Stream<Path> files = Files.list(temp)) {
            return files.filter(Files::isDirectory)
                    .filter(file -> file.getFileName().toString().startsWith("reassign-"))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cancel", "change-one", "crash", "interrupt-by-legacy", "many", "shift-twice", "two-mechanisms"})
    void everyBundledScenarioEndsAsItExpects(String scenario) throws Exception {
        Ran ran = run("run", scenario, "--zookeeper=memory");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains(scenario + ": settled after");
    }

    @Test
    void anExpectationThatDoesNotHoldIsASentenceAndExitCodeOne() throws Exception {
        Path scenario = Files.writeString(temp.resolve("s.yaml"), """
                name: s
                brokers: [0, 1]
                topics: {t: {partitions: {0: [0]}}}
                steps: [request: {t-0: [1], t-5: [1]}]
                expect: {replicas: {t-0: [0]}}
                """);

        Ran ran = run("run", scenario.toString(), "--zookeeper=memory", "--output=json");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.json().path("outcome").asText()).isEqualTo("failed");
        assertThat(ran.err())
                .contains("t-0 has replicas [1], expected are [0]")
                .contains("request_0000000000 was refused for t-5: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--gateway=takeover --zookeeper=memory | cannot reach a ZooKeeper in the memory of this process",
                "--gateway=takeover --set=takeover.kafka-home=/no/such | has no kafka_2.13-3.9.2.jar",
                "--gateway=simulated --command-config=client.properties | simulated.command-config"
            })
    void whatDoesNotGoTogetherIsTheUsersMistake(String options, String sentence) throws Exception {
        List<String> words = new ArrayList<>(List.of("run", "interrupt"));
        words.addAll(List.of(options.split(" ")));
        Ran ran = run(words.toArray(String[]::new));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(sentence).hasLineCount(1);
    }

    @Test
    void anUnreachableZooKeeperIsNamed() throws Exception {
        Ran ran = run("run", "interrupt", "--zookeeper=127.0.0.1:1");

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err())
                .isEqualToNormalizingNewlines(
                        "ZooKeeper at 127.0.0.1:1 is out of reach (no server answered within 10000 ms);"
                                + " check that it runs there and can be reached from here\n");
    }

    @Test
    void pluginsAreListedWithTheDigestsOfTheirJars() throws Exception {
        Ran ran = run("plugins", "list", "--output=json");

        assertThat(ran.code()).isZero();
        JsonNode plugins = ran.json().path("plugins");
        assertThat(plugins.findValuesAsText("name")).contains("separate", "prefer-in-sync", "payload", "simulated");
        assertThat(plugins.findValuesAsText("sha256")).allMatch(digest -> digest.matches("[0-9a-f]{64}"));
        assertThat(plugins.findValuesAsText("state")).containsOnly("usable");
    }

    @Test
    void theScriptFindsItsHomeThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("link"), Distribution.HOME.resolve("bin/reassign"));

        Process process = new ProcessBuilder(
                        link.toString(),
                        "plugins",
                        "verify",
                        Distribution.HOME.resolve("plugins").toString())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("out").toFile())
                .start();

        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(temp.resolve("out"))).contains("drop-policy");
    }
}
