package org.reassign.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.reassign.core.plugin.PluginEntry;
import org.reassign.core.plugin.PluginHost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plugins list}. */
@Command(
        name = "list",
        description = "Shows every plugin with its kind, name, version, state, jar, SHA-256, description and settings.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class PluginsListCommand implements Callable<Integer> {
    @Mixin
    private PluginOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ResolvedOptions choices = ResolvedOptions.of(options, Map.of());
        PrintWriter out = spec.commandLine().getOut();
        try (PluginHost host = choices.openPlugins()) {
            print(host.inventory(), choices.json(), out);
            PrintWriter err = spec.commandLine().getErr();
            host.warnings().forEach(sentence -> err.println("warning: " + sentence));
            err.flush();
        }
        return ExitCode.DONE;
    }

    static void print(List<PluginEntry> entries, boolean json, PrintWriter out) {
        if (json) {
            JsonOutput.print(Map.of("plugins", entries), out);
            return;
        }
        Table table = new Table().row("KIND", "NAME", "VERSION", "STATE", "JAR", "SHA-256");
        entries.forEach(entry -> table.row(
                Objects.requireNonNullElse(entry.kind(), "?"),
                Objects.requireNonNullElse(entry.name(), "?"),
                Objects.requireNonNullElse(entry.version(), "?"),
                entry.state(),
                Path.of(entry.jar()).getFileName(),
                entry.sha256()));
        table.print(out, 6);
        out.println();
        Table described = new Table().row("KIND", "NAME", "DESCRIPTION");
        entries.stream()
                .filter(entry -> entry.name() != null)
                .forEach(entry -> described.row(entry.kind(), entry.name(), entry.description()));
        described.print(out, 3);
        printSettings(entries, out);
        out.flush();
    }

    private static void printSettings(List<PluginEntry> entries, PrintWriter out) {
        SettingsTable settings = new SettingsTable();
        entries.forEach(entry -> settings.add(entry.name(), entry.settings()));
        if (!settings.isEmpty()) {
            out.println();
            settings.print(out);
        }
    }
}
