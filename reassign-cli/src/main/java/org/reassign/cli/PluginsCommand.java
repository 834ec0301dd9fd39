package org.reassign.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.reassign.core.plugin.PluginEntry;
import org.reassign.core.plugin.PluginHost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plugins}: lists plugins, and says what is wrong with one. */
@Command(
        name = "plugins",
        description = "Lists plugins, or says what is wrong with one.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class PluginsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "plugins needs a command: list or verify");
    }

    @Command(
            name = "list",
            description = "Every plugin with its kind, name, version, jar, SHA-256 and state.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int list(@Mixin PluginOptions plugins) {
        Choices choices = Choices.of(plugins);
        try (PluginHost host = PluginHost.open(choices.pluginFolders())) {
            if (choices.json()) {
                out().println(json(host.inventory()));
            } else {
                table(host.inventory());
            }
            out().flush();
            host.warnings().forEach(this::warn);
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "verify",
            description = "Loads a jar, or a folder of jars, and says what is wrong with it.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int verify(@Parameters(paramLabel = "JAR|DIR") Path place) {
        if (!Files.exists(place)) {
            throw new UsageException("there is no " + place + "; name a plugin jar or a folder of them");
        }
        try (PluginHost host = PluginHost.open(List.of(place))) {
            table(host.inventory());
            out().flush();
            host.warnings().forEach(this::warn);
            boolean sound =
                    !host.inventory().isEmpty() && host.inventory().stream().allMatch(PluginEntry::usable);
            if (host.inventory().isEmpty()) {
                warn(place + " holds no plugin jar; name a jar or a folder of them");
            }
            return sound ? ExitCode.DONE : ExitCode.PLUGIN;
        }
    }

    private void table(List<PluginEntry> entries) {
        out().printf("%-16s %-16s %-8s %-7s %-34s %s%n", "KIND", "NAME", "VERSION", "STATE", "JAR", "SHA-256");
        entries.forEach(entry -> out().printf(
                        "%-16s %-16s %-8s %-7s %-34s %s%n",
                        text(entry.kind()),
                        text(entry.name()),
                        text(entry.version()),
                        entry.state(),
                        Path.of(entry.jar()).getFileName(),
                        text(entry.sha256())));
    }

    private static String text(String value) {
        return value == null ? "-" : value;
    }

    private static String json(List<PluginEntry> entries) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(entries);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void warn(String sentence) {
        spec.commandLine().getErr().println("warning: " + sentence);
        spec.commandLine().getErr().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
