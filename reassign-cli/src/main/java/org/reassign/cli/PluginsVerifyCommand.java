package org.reassign.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.reassign.core.plugin.PluginEntry;
import org.reassign.core.plugin.PluginHost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
    @Parameters(paramLabel = "JAR|DIR", description = "What to verify.")
    private Path place;

    @Mixin
    private PluginOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ResolvedOptions choices = ResolvedOptions.of(options);
        if (!Files.exists(place)) {
            throw new UsageException(place + " does not exist; name a plugin's jar or a folder of them");
        }
        List<Path> places = new ArrayList<>(choices.pluginFolders());
        places.add(place);
        try (PluginHost host = PluginHost.open(places)) {
            Path real = PluginHost.real(place);
            List<PluginEntry> entries = host.verified(jar -> jar.startsWith(real));
            if (entries.isEmpty()) {
                throw new UsageException(place + " holds no jar; name a plugin's jar or a folder of them");
            }
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
}
