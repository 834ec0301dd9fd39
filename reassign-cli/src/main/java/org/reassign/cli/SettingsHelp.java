package org.reassign.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reassign.core.plugin.ChoiceException;
import org.reassign.core.plugin.PluginHost;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;

/** The part of {@code --help} that lists what {@code --set} knows: declared settings, read without making a plugin. */
final class SettingsHelp implements IHelpSectionRenderer {
    /** The section's key. */
    static final String KEY = "settings";

    @Override
    public String render(Help help) {
        if (help.commandSpec().findOption("--set") == null) {
            return "";
        }
        SettingsTable settings = new SettingsTable();
        settings.add(ControllerOptions.NAME, ControllerOptions.declared());
        try (PluginHost host = PluginHost.open(folders(help))) {
            host.inventory().forEach(plugin -> settings.add(plugin.name(), plugin.settings()));
        } catch (ChoiceException e) {
            // a folder that does not exist is told by the command itself
        }
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        out.println();
        out.println("Settings (--set):");
        settings.print(out);
        return text.toString();
    }

    private static List<Path> folders(Help help) {
        List<Path> folders = new ArrayList<>(Home.plugins().stream().toList());
        List<Path> given = Optional.ofNullable(help.commandSpec().findOption("--plugins-dir"))
                .map(OptionSpec::<List<Path>>getValue)
                .orElse(List.of());
        folders.addAll(given);
        return folders;
    }
}
