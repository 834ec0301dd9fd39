package org.reassign.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value that a plugin cannot take is the user's mistake, and told as such. */
class PluginSettingsTest {
    @TempDir
    private Path folder;

    private Path strict(String setting, String check) throws IOException {
        return new JarBuilder(folder, "strict")
                .policy(
                        "strict",
                        "Strict",
                        "@Setting(" + setting + ", description = \"What it does\")",
                        "@jakarta.inject.Inject Strict(Settings settings) { " + check + " }")
                .build();
    }

    private void assertRefused(Map<String, String> settings, String sentence) {
        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThatThrownBy(() -> host.choose(PluginKind.DROP_POLICY, "strict", settings))
                    .isInstanceOf(ChoiceException.class)
                    .hasMessage(sentence);
        }
    }

    @Test
    void refusesAValueThatIsNoneOfThoseThereAre() throws IOException {
        strict("key = \"mode\", choices = {\"fast\", \"safe\"}, defaultValue = \"fast\"", "");

        assertRefused(
                Map.of("mode", "quick"),
                "setting strict.mode is 'quick', which is none of its values; write one of fast, safe");
    }

    @Test
    void refusesAValueOutsideItsBounds() throws IOException {
        strict("key = \"slots\", type = Setting.Type.NUMBER, min = 0, max = 9, defaultValue = \"1\"", "");

        assertRefused(
                Map.of("slots", "10"),
                "setting strict.slots is '10', which is outside its bounds; write a number from 0 to 9");
    }

    @Test
    void refusesAValueThatIsNoDuration() throws IOException {
        strict("key = \"patience\", type = Setting.Type.DURATION, defaultValue = \"1s\"", "");

        assertRefused(
                Map.of("patience", "soon"),
                "setting strict.patience is 'soon', which is no duration; write it as in 200ms, 5s or 2m");
    }

    @Test
    void refusesAValueThatThePluginItselfRefuses() throws IOException {
        strict(
                "key = \"racks\"",
                "throw new org.reassign.api.spi.SettingException(\"racks\", settings.getString(\"racks\"),"
                        + " \"which\\nare no racks\", \"name racks\");");

        assertRefused(Map.of("racks", "x"), "setting strict.racks is 'x', which are no racks; name racks");
        assertRefused(Map.of(), "setting strict.racks is '', which are no racks; name racks");
    }

    @Test
    void asksForASettingThatIsRequired() throws IOException {
        strict("key = \"racks\", required = true", "");

        assertRefused(Map.of(), "setting strict.racks is not set, and it is required; set it with --set: What it does");
        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThat(new PluginVerifier(host, Duration.ofSeconds(10))
                            .verify(jar -> true, Map.of("strict", Map.of("racks", "a"))))
                    .allMatch(PluginEntry::usable);
        }
    }

    @Test
    void aDeclaredDefaultIsWhatThePluginReads() throws IOException {
        strict(
                "key = \"patience\", type = Setting.Type.DURATION, defaultValue = \"2m\"",
                "if (settings.getDuration(\"patience\").toSeconds() != 120) { throw new AssertionError(); }");

        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThat(host.choose(PluginKind.DROP_POLICY, "strict", Map.of()).name())
                    .isEqualTo("strict");
        }
    }

    @Test
    void aDeclaredDefaultThatDoesNotFitIsThePluginsFault() throws IOException {
        Path jar = strict("key = \"mode\", choices = \"safe\", defaultValue = \"fast\"", "");

        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThat(host.warnings())
                    .containsExactly("plugin " + jar.toRealPath() + ": Strict declares the setting 'mode' with a wrong"
                            + " default: mode is 'fast', which is none of its values; write one of safe");
        }
    }

    @Test
    void readingAnUndeclaredSettingIsThePluginsFault() throws IOException {
        strict("key = \"mode\"", "settings.getString(\"made\");");

        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThatThrownBy(() -> host.choose(PluginKind.DROP_POLICY, "strict", Map.of()))
                    .isInstanceOf(PluginFault.class)
                    .hasMessageContaining("'strict' cannot be made (")
                    .hasMessageContaining("the setting 'made' is read but not declared; add @Setting(key = \"made\")");
        }
    }
}
