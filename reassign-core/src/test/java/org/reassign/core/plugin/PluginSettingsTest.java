package org.reassign.core.plugin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value that a plugin cannot take is the user's mistake, and told as such. */
class PluginSettingsTest {
    @TempDir
    private Path folder;

    private void strict(String check) throws IOException {
        new JarBuilder(folder, "strict")
                .policy("strict", "Strict", """
                @jakarta.inject.Inject Strict(org.reassign.api.spi.Settings settings) { %s }
                """.formatted(check))
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
        strict("settings.getChoice(\"mode\", \"fast\", java.util.List.of(\"fast\", \"safe\"));");

        assertRefused(
                Map.of("mode", "quick"),
                "setting strict.mode is 'quick', which is none of its values; write one of fast, safe");
    }

    @Test
    void refusesAValueOutsideItsBounds() throws IOException {
        strict("settings.getLong(\"slots\", 1, 0, 9);");

        assertRefused(
                Map.of("slots", "10"),
                "setting strict.slots is '10', which is outside its bounds; write a number from 0 to 9");
    }

    @Test
    void refusesAValueThatIsNoDuration() throws IOException {
        strict("settings.duration(\"patience\", java.time.Duration.ofSeconds(1));");

        assertRefused(
                Map.of("patience", "soon"),
                "setting strict.patience is 'soon', which is no duration; write it as in 200ms, 5s or 2m");
    }

    @Test
    void refusesAValueThatThePluginItselfRefuses() throws IOException {
        strict("throw new org.reassign.api.spi.SettingException(\"racks\", settings.getString(\"racks\", \"\"),"
                + " \"which\\nare no racks\", \"name racks\");");

        assertRefused(Map.of("racks", "x"), "setting strict.racks is 'x', which are no racks; name racks");
    }

    @Test
    void aDefaultThatThePluginRefusesIsItsOwnFault() throws IOException {
        strict("settings.getChoice(\"mode\", \"fast\", java.util.List.of(\"safe\"));");

        try (PluginHost host = PluginHost.open(List.of(folder))) {
            assertThatThrownBy(() -> host.choose(PluginKind.DROP_POLICY, "strict", Map.of()))
                    .isInstanceOf(PluginFault.class)
                    .hasMessageContaining("'strict' cannot be made (")
                    .hasMessageContaining("mode is 'fast', which is none of its values");
        }
    }
}
