package org.reassign.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reassign.api.spi.DropPolicy;

/** Every fault below lies beside a good plugin, which must stay usable. */
class PluginHostTest {
    private static final String SLOTS = "@Setting(key = \"slots\", type = Setting.Type.NUMBER, defaultValue = \"1\","
            + " description = \"How many\")";

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void aGoodPlugin() throws IOException {
        folder = Files.createDirectory(temp.toRealPath().resolve("plugins"));
        new JarBuilder(folder, "good")
                .policy(
                        "good",
                        "Good",
                        SLOTS,
                        "@jakarta.inject.Inject Good(Settings settings) { settings.getLong(\"slots\"); }")
                .build();
    }

    private void assertBroken(Path jar, String name, String sentence) {
        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThat(host.warnings()).containsExactly("plugin " + jar + sentence);
            assertThatThrownBy(() -> host.choose(PluginKind.DROP_POLICY, name, Map.of()))
                    .isInstanceOf(PluginFault.class)
                    .hasMessage("plugin " + jar + sentence);
            assertGoodIsUsable(host);
        }
    }

    private static void assertGoodIsUsable(PluginHost host) {
        assertThat(host.choose(PluginKind.DROP_POLICY, "good", Map.of()).name()).isEqualTo("good");
    }

    private JarBuilder bad() {
        return new JarBuilder(folder, "bad").policy("bad", "Bad", "");
    }

    @Test
    void listsAPluginWithItsJarAndDigest() throws Exception {
        Path jar = folder.resolve("good.jar");
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));

        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThat(host.inventory())
                    .containsExactly(new PluginEntry(
                            "drop-policy",
                            "good",
                            "1.2.3",
                            "good",
                            jar.toString(),
                            digest,
                            "usable",
                            null,
                            "",
                            List.of(new SettingEntry("slots", "number", "1", List.of(), "How many"))));
        }
    }

    @Test
    void makesThePluginWithItsSettings() {
        try (PluginHost host = PluginHost.open(List.of(folder))) {
            NamedPlugin<DropPolicy> policy = host.choose(PluginKind.DROP_POLICY, "good", Map.of("slots", "3"));

            assertThat(policy.plugin().getClass().getSimpleName()).isEqualTo("Good");
        }
    }

    /** Two programs in one process, or two tests of an embedding one. */
    @Test
    void aHostThatIsClosedLeavesAnotherThatReadsTheSameJar() throws IOException {
        try (PluginHost host = PluginHost.open(List.of(folder))) {
            InputStream reading = resource(host);
            try (PluginHost other = PluginHost.open(List.of(folder))) {
                resource(other).close();
            }

            assertThat(new String(reading.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Good");
        }
    }

    private static InputStream resource(PluginHost host) {
        return host.choose(PluginKind.DROP_POLICY, "good", Map.of())
                .plugin()
                .getClass()
                .getResourceAsStream("/META-INF/extensions.idx");
    }

    @Test
    void refusesASettingThatThePluginDoesNotDeclare() {
        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThatThrownBy(() -> host.choose(PluginKind.DROP_POLICY, "good", Map.of("slot", "3")))
                    .isInstanceOf(ChoiceException.class)
                    .hasMessage("setting good.slot is '3', which is not one of its settings; they are slots");
        }
    }

    @Test
    void refusesASettingThatIsNoNumber() {
        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThatThrownBy(() -> host.choose(PluginKind.DROP_POLICY, "good", Map.of("slots", "many")))
                    .isInstanceOf(ChoiceException.class)
                    .hasMessage("setting good.slots is 'many', which is no whole number; write digits only");
        }
    }

    @Test
    void anUnknownNameIsTheUsersMistakeAndNamesWhatThereIs() {
        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThatThrownBy(() -> host.choose(PluginKind.DROP_POLICY, "goood", Map.of()))
                    .isInstanceOf(ChoiceException.class)
                    .hasMessage("unknown drop-policy 'goood'; available are good");
        }
    }

    @Test
    void aFileThatIsNoJar() throws IOException {
        Path jar = Files.writeString(folder.resolve("text.jar"), "no zip");

        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThat(host.warnings())
                    .containsExactly("plugin " + jar + " is no jar (zip END header not found); put the jar that the"
                            + " plugin's build makes there");
            assertGoodIsUsable(host);
        }
    }

    @Test
    void aJarWithoutAnId() throws IOException {
        assertBroken(
                bad().without("Plugin-Id").build(),
                "bad",
                " has no Plugin-Id in its manifest; add Plugin-Id and Plugin-Version");
    }

    @Test
    void aJarForAnotherVersionOfTheApi() throws IOException {
        assertBroken(
                bad().manifest("Plugin-Requires", ">=2.0.0").build(),
                "bad",
                " requires version >=2.0.0 of reassign-api, but this is 1.0.0; take the plugin's version for this one");
    }

    @Test
    void aJarThatBringsTheApiAlong() throws IOException {
        assertBroken(
                bad().file("org/reassign/api/spi/DropPolicy.class", new byte[1]).build(),
                "bad",
                " brings its own copy of reassign-api; give that dependency the scope provided");
    }

    @Test
    void aJarWithoutAnIndex() throws IOException {
        Path jar = bad().withoutIndex().build();

        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThat(host.warnings())
                    .containsExactly(
                            "plugin " + jar + " has no META-INF/extensions.idx, so nothing in it is found; build"
                                    + " it with PF4J as an annotation processor and annotate the plugin with @Extension");
            assertGoodIsUsable(host);
            assertThatThrownBy(() -> host.choose(PluginKind.DROP_POLICY, "bad", Map.of()))
                    .isInstanceOf(PluginFault.class)
                    .hasMessageStartingWith(
                            "no drop-policy 'bad' is among those available (good), but it may be in a jar"
                                    + " that cannot be looked into: plugin " + jar + " has no META-INF/extensions.idx");
        }
    }

    @Test
    void aJarThatNeedsAPluginThatIsNotThere() throws IOException {
        assertBroken(
                bad().manifest("Plugin-Dependencies", "other@>=1.0.0").build(),
                "bad",
                " needs the plugin 'other' (version >=1.0.0), which is not there in a usable state; put its jar beside"
                        + " this one");
    }

    @Test
    void theSecondJarOfAnIdIsLeftOut() throws IOException {
        Path first = bad().build();
        Path second = new JarBuilder(folder, "worse")
                .manifest("Plugin-Id", "bad")
                .policy("worse", "Worse", "")
                .build();

        assertBroken(
                second,
                "worse",
                " has the Plugin-Id 'bad', as " + first + " has, and is left out; remove one of them or rename it");
    }

    @Test
    void aNameThatTwoPluginsHaveCannotBeChosen() throws IOException {
        Path one = bad().build();
        Path two = new JarBuilder(folder, "worse").policy("bad", "Worse", "").build();

        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThatThrownBy(() -> host.choose(PluginKind.DROP_POLICY, "bad", Map.of()))
                    .isInstanceOf(PluginFault.class)
                    .hasMessage("drop-policy 'bad' comes with more than one plugin, " + one + " and " + two
                            + "; keep one of the jars or rename the plugin in one");
            assertGoodIsUsable(host);
        }
    }

    @Test
    void aClassThatCannotBeMadeForItsConstructor() throws IOException {
        assertBroken(
                new JarBuilder(folder, "bad")
                        .policy("bad", "Bad", "Bad(String what) {}")
                        .build(),
                "bad",
                ": Bad has no usable constructor; give it one that is annotated with @Inject and takes nothing, or"
                        + " Settings");
    }

    @Test
    void aClassWithoutAName() throws IOException {
        Path jar = new JarBuilder(folder, "bad").source("Bad", """
                        class Bad implements org.reassign.api.spi.ConflictPolicy {
                          public Resolution resolve(
                              org.reassign.api.model.ReassignmentRecord running,
                              org.reassign.api.spi.StoredRequest request,
                              org.reassign.api.spi.StoredRequest.Valid entry) {
                            return new Resolution.Accept();
                          }
                        }
                        """).build();

        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThat(host.warnings())
                    .containsExactly(
                            "plugin " + jar + ": Bad has no name to be chosen by; annotate it with @PluginName");
            assertGoodIsUsable(host);
        }
    }

    @Test
    void aConstructorThatThrowsIsAFaultWhereItIsChosenAndOnlyThere() throws IOException {
        Path jar = new JarBuilder(folder, "bad")
                .policy("bad", "Bad", "Bad() { throw new IllegalStateException(\"no licence\"); }")
                .build();

        assertFailsWhenMade(jar, "java.lang.IllegalStateException: no licence");
    }

    @Test
    void aStaticInitialiserThatThrowsIsAFaultWhereItIsChosenAndOnlyThere() throws IOException {
        Path jar = new JarBuilder(folder, "bad")
                .policy("bad", "Bad", "static final int N = Integer.parseInt(\"x\");")
                .build();

        assertFailsWhenMade(jar, "java.lang.NumberFormatException: For input string: \"x\"");
    }

    private void assertFailsWhenMade(Path jar, String thrown) {
        String sentence =
                "plugin " + jar + ": the drop-policy 'bad' cannot be made (" + thrown + "); fix it or choose another";
        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThat(host.warnings()).isEmpty();
            assertGoodIsUsable(host);
            assertThatThrownBy(() -> host.choose(PluginKind.DROP_POLICY, "bad", Map.of()))
                    .isInstanceOf(PluginFault.class)
                    .hasMessage(sentence);
        }
        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThat(new PluginVerifier(host, Duration.ofSeconds(10)).verify(jar::equals, Map.of()))
                    .extracting(PluginEntry::problem)
                    .containsExactly(sentence);
        }
    }

    @Test
    void aConstructorThatDoesNotReturnIsFoundByTheVerifier() throws IOException {
        Path jar = new JarBuilder(folder, "bad")
                .policy("bad", "Bad", "Bad() { new java.util.concurrent.CompletableFuture<>().join(); }")
                .build();

        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThat(new PluginVerifier(host, Duration.ofSeconds(1)).verify(jar::equals, Map.of()))
                    .extracting(PluginEntry::problem)
                    .containsExactly("plugin " + jar + ": the constructor of the drop-policy 'bad' has not returned"
                            + " within 1 s; let it return at once and do the work when it is asked");
        }
    }

    @Test
    void aFolderThatAllUsersCanWriteIsRefused() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> PluginHost.open(List.of(folder)))
                .isInstanceOf(ChoiceException.class)
                .hasMessage("plugins folder " + folder + " can be written by all users, and is run;"
                        + " remove that permission (chmod o-w " + folder + ")");
    }

    @Test
    void aJarWhoseChecksumIsNotListedIsRefused() throws IOException {
        Path jar = bad().build();
        Path sums = temp.resolve("SHA256SUMS");
        try (PluginHost host = PluginHost.open(List.of(folder))) {
            String good = host.inventory().stream()
                    .filter(entry -> "good".equals(entry.name()))
                    .map(PluginEntry::sha256)
                    .findFirst()
                    .orElseThrow();
            Files.writeString(sums, "# ours\n" + good + "  plugins/good.jar\n");
        }

        try (PluginHost host = PluginHost.open(List.of(folder), Optional.of(Checksums.read(sums)))) {
            assertThat(host.warnings())
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .startsWith("plugin " + jar + " has the SHA-256 ")
                    .contains(sums.toString());
            assertThatThrownBy(() -> host.choose(PluginKind.DROP_POLICY, "bad", Map.of()))
                    .isInstanceOf(PluginFault.class);
            assertGoodIsUsable(host);
        }
    }

    @Test
    void checksumsAreWhatSha256sumPrints() throws IOException {
        Path sums = Files.writeString(temp.resolve("SHA256SUMS"), "good.jar 12\n");

        assertThatThrownBy(() -> Checksums.read(sums))
                .isInstanceOf(ChoiceException.class)
                .hasMessageContainingAll(sums.toString(), "good.jar 12", "sha256sum");
    }

    @Test
    void aFolderThatDoesNotExist() {
        assertThatThrownBy(() -> PluginHost.open(List.of(temp.resolve("none"))))
                .isInstanceOf(ChoiceException.class)
                .hasMessage("plugins folder " + temp.resolve("none") + " does not exist; name a folder of jars");
    }
}
