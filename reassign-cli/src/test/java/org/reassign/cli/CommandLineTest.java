package org.reassign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.core.lead.CannotLeadException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Exit codes and sentences, in this process and without plugins. */
class CommandLineTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path scenario;

    @BeforeEach
    void aScenario() throws IOException {
        scenario = Files.writeString(
                folder.resolve("s.yaml"), "name: s\nbrokers: [0]\ntopics: {t: {partitions: {0: [0]}}}\nsteps: []\n");
    }

    private int run(String... arguments) {
        CommandLine line = Reassign.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private void assertUsage(int code, String sentence) {
        assertThat(err.toString()).isEqualTo(sentence + System.lineSeparator());
        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void offersTheCommandsThatExist() {
        assertThat(Reassign.commandLine().getSubcommands().keySet())
                .containsExactlyInAnyOrder(
                        "run",
                        "compare",
                        "controller",
                        "simulate",
                        "generate",
                        "execute",
                        "verify",
                        "cancel",
                        "list",
                        "describe",
                        "watch",
                        "doctor",
                        "plugins",
                        "generate-completion");
    }

    @Test
    void everyCommandHasHelp() {
        assertThat(run("plugins", "verify", "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: reassign plugins verify");
    }

    @Test
    void aControllerThatCannotLeadIsOutOfReach() throws Exception {
        CommandLine line = Reassign.commandLine();
        line.setErr(new PrintWriter(err));
        ParseResult parsed = line.parseArgs("run", "s.yaml");

        int code = line.getExecutionExceptionHandler()
                .handleExecutionException(new CannotLeadException("it cannot lead", null), line, parsed);

        assertThat(code).isEqualTo(3);
        assertThat(err.toString()).isEqualTo("it cannot lead" + System.lineSeparator());
    }

    @Test
    void aCommandIsNeeded() {
        assertUsage(
                run(),
                "no command given; commands are run, compare, controller, simulate, generate, execute, verify, cancel, list,"
                        + " describe, watch, doctor, plugins, generate-completion; see 'reassign --help'");
    }

    @Test
    void anUnknownOptionIsNamedWithThoseLikeIt() {
        assertUsage(
                run("run", "s", "--storage-layuot=x"),
                "Unknown option: '--storage-layuot=x' (did you mean --storage-layout or --stacktrace?); see 'reassign"
                        + " run --help'");
    }

    @Test
    void anUnknownScenarioIsNamed() {
        assertUsage(run("run", "nope"), "there is no scenario 'nope'; name a file, or a bundled one: ");
    }

    @Test
    void anUnknownWriteModeIsNamedWithThoseThereAre() {
        assertUsage(
                run("run", scenario.toString(), "--write-mode=fast"),
                "unknown --write-mode 'fast'; available are single, pipelined, batched");
    }

    @Test
    void aChannelIsNamedOnce() {
        assertUsage(
                run("run", scenario.toString(), "--request-channel", "legacy+legacy"),
                "--request-channel legacy+legacy names a channel twice");
    }

    @Test
    void anUnknownPluginIsTheUsersMistake() {
        assertUsage(
                run("run", scenario.toString(), "--storage-layout=nope"),
                "unknown storage-layout 'nope'; available are ");
    }

    @Test
    void theFileOfClientPropertiesIsASettingOfTheGateway() {
        ClusterOptions cluster = new ClusterOptions();
        cluster.gateway = "takeover";
        cluster.commandConfig = "client.properties";
        cluster.set = Map.of("takeover.listener", "INSIDE");
        ResolvedOptions choices = ResolvedOptions.of(cluster, new PluginOptions());
        assertThat(choices.settings())
                .isEqualTo(Map.of("takeover", Map.of("command-config", "client.properties", "listener", "INSIDE")));
    }

    @Test
    void aSettingNeedsAPlugin() {
        assertUsage(
                run("run", scenario.toString(), "--set", "slots=1"),
                "--set: 'slots' names no plugin's setting; write PLUGIN.KEY=VALUE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            coalesce=perhaps | .coalesce is 'perhaps', which is none of its values; write one of true, false
            max-in-flight=0  | .max-in-flight is '0', which is outside its bounds; write a number from 1 to 2147483647
            speed=9          | .speed is '9', which is not one of its settings; they are coalesce, completion-linger, max-in-flight, max-in-flight-per-broker, id, office
            """)
    void theControllerHasSettingsOfItsOwn(String set, String sentence) {
        assertUsage(run("run", scenario.toString(), "--set", "controller." + set), "setting controller" + sentence);
    }

    @Test
    void aFaultOfTheScenarioIsNamedWithFileAndLine() throws IOException {
        Files.writeString(scenario, "name: s\nbrokers: [0]\nbokers: [1]\n");

        assertUsage(
                run("run", scenario.toString()),
                scenario + ":3: unknown key 'bokers' in a scenario; known are name, brokers, topics, minInSyncReplicas,"
                        + " replication, steps, expect");
    }

    @Test
    void anErrorIsAJsonDocumentWhereJsonIsAskedFor() {
        assertThat(run("run", "nope", "--output", "json")).isEqualTo(2);
        assertThat(out.toString())
                .contains("\"error\" : \"there is no scenario 'nope'")
                .contains("\"exitCode\" : 2");
    }

    @Test
    void optionsWinOverTheFile() throws IOException {
        Path config = Files.writeString(folder.resolve("c.yaml"), "write-mode: slow\nset: {}\n");

        assertThat(run("run", scenario.toString(), "--config", config.toString(), "--write-mode", "fast"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("unknown --write-mode 'fast'");
    }

    @Test
    void theFileWinsOverDefaults() throws IOException {
        Path config = Files.writeString(folder.resolve("c.properties"), "storage-layout=from-file\n");

        assertUsage(
                run("run", scenario.toString(), "--config", config.toString()),
                "unknown storage-layout 'from-file'; available are ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c.yaml", "c.properties"})
    void aByteOrderMarkOfTheFileIsPassedOver(String name) throws IOException {
        Path config = Files.writeString(folder.resolve(name), "\uFEFFwrite-mode: slow\n");

        assertUsage(
                run("run", scenario.toString(), "--config", config.toString()),
                "unknown --write-mode 'slow'; available are single, pipelined, batched");
    }

    @Test
    void anUnknownKeyOfTheFileIsNamed() throws IOException {
        Path config = Files.writeString(folder.resolve("c.yaml"), "layout: x\n");

        assertUsage(
                run("run", scenario.toString(), "--config", config.toString()),
                config + ": unknown key 'layout'; known are zookeeper, storage-layout, isr-watcher, drop-policy,"
                        + " conflict-policy, request-channel, gateway, write-mode, output, command-config, zookeeper-config,"
                        + " plugin-checksums, plugins-dir and plugin.key");
    }

    @Test
    void verifyNamesWhatIsWrongAndBlamesThePlugin() throws IOException {
        Path jar = Files.writeString(folder.resolve("text.jar"), "no zip").toRealPath();

        assertThat(run("plugins", "verify", jar.toString())).isEqualTo(4);
        assertThat(err.toString()).startsWith("plugin " + jar + " is no jar");
    }

    @Test
    void completionIsAScript() {
        assertThat(run("generate-completion")).isZero();
        assertThat(out.toString()).startsWith("#!/usr/bin/env bash").contains("--drop-policy");
    }

    @Test
    void anUnknownCommandIsNamedWithThoseThereAre() {
        assertUsage(
                run("nope"),
                "there is no command 'nope'; commands are run, compare, controller, simulate, generate, execute, verify,"
                        + " cancel, list, describe, watch, doctor, plugins, generate-completion; see 'reassign --help'");
    }

    @Test
    void anArgumentTooManyIsNamed() {
        assertUsage(
                run("run", "s", "extra"),
                "'extra' is one argument too many; leave it out, or quote what belongs together; see 'reassign run"
                        + " --help'");
    }

    @Test
    void aSettingWithoutValueIsNamed() {
        assertUsage(
                run("run", "s", "--set", "a.b"),
                "--set: 'a.b' has no value; write PLUGIN.KEY=VALUE; see 'reassign run --help'");
    }

    @Test
    void aMissingConfigurationIsNamed() {
        assertUsage(
                run("run", "s", "--config", "nope.yaml"), "nope.yaml does not exist; name a YAML or .properties file");
    }

    @Test
    void wrongWordsAreAJsonDocumentToo() {
        assertThat(run("run", "s", "--nope", "--output", "json")).isEqualTo(2);
        assertThat(out.toString())
                .contains("\"error\" : \"Unknown option: '--nope'")
                .contains("\"exitCode\" : 2");
    }
}
