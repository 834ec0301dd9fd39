package org.reassign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A vendor's policy may fail in any way: the run ends as asked, and one sentence names the policy. */
class VendorPolicyIT {
    private static final String AFTERWARDS =
            "; nothing is dropped early from now on, fix the policy and restart the controller";

    @TempDir
    private Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String dropPolicy, String... more) {
        return runWith("--drop-policy=" + dropPolicy, more);
    }

    private int runWith(String policy, String... more) {
        CommandLine line = Reassign.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(Stream.concat(
                        Stream.of(
                                "run",
                                "interrupt",
                                "--zookeeper=memory",
                                "--plugins-dir=" + temp.resolve("vendor"),
                                policy),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private void policy(String name, String body) throws IOException {
        PolicyJar.write(temp.resolve("vendor"), name, "", body);
    }

    private void assertWarnedOnce(String sentence) {
        assertThat(err.toString()).isEqualTo("warning: " + sentence + AFTERWARDS + System.lineSeparator());
        assertThat(out.toString()).doesNotContain("warning");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void oneThatThrowsIsNamedAndProposesNothing(String output) throws IOException {
        policy("thrower", "throw new IllegalStateException(\"no\\nidea\");");

        assertThat(run("thrower", "--output=" + output)).isZero();

        assertWarnedOnce("drop policy 'thrower' threw java.lang.IllegalStateException: no idea");
    }

    @Test
    void oneThatBreaksItsClassLoadingIsNamed() throws IOException {
        policy("linker", "throw new NoClassDefFoundError(\"com/vendor/Missing\");");

        assertThat(run("linker")).isZero();

        assertWarnedOnce("drop policy 'linker' threw java.lang.NoClassDefFoundError: com/vendor/Missing");
    }

    @Test
    void oneThatNeverAnswersIsNamed() throws IOException {
        policy(
                "late",
                "try { new java.util.concurrent.CountDownLatch(1).await(); }"
                        + " catch (InterruptedException e) { Thread.currentThread().interrupt(); } return Replicas.NONE;");

        assertThat(run("late")).isZero();

        assertWarnedOnce("drop policy 'late' did not answer within 1 s");
    }

    @Test
    void oneThatAnswersNullIsNamed() throws IOException {
        policy("nobody", "return null;");

        assertThat(run("nobody")).isZero();

        assertWarnedOnce("drop policy 'nobody' answered null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throws | throw new IllegalStateException(\"no idea\"); | threw java.lang.IllegalStateException: no idea",
                "late   | for (;;) { java.util.concurrent.locks.LockSupport.park(); }" + " | did not answer within 1 s",
                "nulls  | return null; | answered null",
            })
    void aConflictPolicyThatFailsIsNamedAndTheLaterRequestWins(String name, String body, String fault)
            throws IOException {
        PolicyJar.writeConflict(temp.resolve("vendor"), name, body);

        assertThat(runWith("--conflict-policy=" + name)).isZero();

        assertThat(err.toString())
                .isEqualTo("warning: conflict policy '" + name + "' " + fault
                        + "; the later request wins from now on, fix the policy and restart the controller"
                        + System.lineSeparator());
    }

    @Test
    void aWrongSettingIsTheUsersMistake() throws IOException {
        PolicyJar.write(
                temp.resolve("vendor"),
                "strict",
                "@Setting(key = \"eager\", type = Setting.Type.BOOLEAN, defaultValue = \"true\","
                        + " description = \"Drops at once\")",
                "@jakarta.inject.Inject Policy(Settings settings) { settings.getBoolean(\"eager\"); }",
                "return Replicas.NONE;");

        assertThat(run("strict", "--set=strict.eager=perhaps")).isEqualTo(2);

        assertThat(err.toString())
                .isEqualTo("setting strict.eager is 'perhaps', which is none of its values; write one of true, false"
                        + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void declaredSettingsAreShownByTheHelpWithoutMakingThePlugin() throws IOException {
        PolicyJar.write(
                temp.resolve("vendor"),
                "strict",
                "@Setting(key = \"eager\", type = Setting.Type.BOOLEAN, defaultValue = \"true\","
                        + " description = \"Drops at once\")",
                "Policy() { throw new IllegalStateException(\"made\"); }",
                "return Replicas.NONE;");

        assertThat(run("strict", "--help")).isZero();

        assertThat(out.toString()).containsPattern("strict.eager +boolean +true +Drops at once");
        assertThat(out.toString()).containsPattern("controller.coalesce +boolean +true");
    }
}
