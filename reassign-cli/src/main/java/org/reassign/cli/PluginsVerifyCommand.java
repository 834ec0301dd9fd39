package org.reassign.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.reassign.core.plugin.PluginEntry;
import org.reassign.core.plugin.PluginHost;
import org.reassign.core.plugin.PluginVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plugins verify JAR|DIR}. */
@Command(
        name = "verify",
        description = "Loads a plugin's jar, or a folder of them, beside the bundled ones, makes what is in it and says"
                + " what is wrong.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class PluginsVerifyCommand implements Callable<Integer> {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    @Parameters(paramLabel = "JAR|DIR", description = "What to verify.")
    private Path place;

    @Option(
            names = "--set",
            paramLabel = "PLUGIN.KEY=VALUE",
            description = "A setting to make the plugin with. Repeatable.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Mixin
    private PluginOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ResolvedOptions choices = ResolvedOptions.of(options, set);
        if (!Files.exists(place)) {
            throw new UsageException(place + " does not exist; name a plugin's jar or a folder of them");
        }
        List<Path> places = new ArrayList<>(choices.pluginFolders());
        places.add(place);
        try (PluginHost host = PluginHost.open(places, choices.checksums())) {
            Path real = PluginHost.real(place);
            List<PluginEntry> entries =
                    new PluginVerifier(host, DEADLINE).verify(jar -> jar.startsWith(real), choices.settings());
            if (entries.isEmpty()) {
                throw new UsageException(place + " holds no jar; name a plugin's jar or a folder of them");
            }
            refuseSettingsOfOthers(entries);
            PluginsListCommand.print(entries, choices.json(), spec.commandLine().getOut());
            PrintWriter err = spec.commandLine().getErr();
            entries.stream()
                    .filter(entry -> !entry.usable())
                    .map(PluginEntry::problem)
                    .distinct()
                    .forEach(err::println);
            err.flush();
            return entries.stream().allMatch(PluginEntry::usable) ? ExitCode.DONE : ExitCode.PLUGIN;
        }
    }

    private void refuseSettingsOfOthers(List<PluginEntry> entries) {
        List<String> names =
                entries.stream().map(PluginEntry::name).filter(Objects::nonNull).toList();
        for (String key : set.keySet()) {
            if (!names.contains(key.substring(0, key.indexOf('.')))) {
                throw new UsageException(
                        "setting " + key + ": no such plugin is verified; verified are " + String.join(", ", names));
            }
        }
    }
}
