package org.reassign.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plugins list|verify}. */
@Command(
        name = "plugins",
        description = "Shows the plugins, and says what is wrong with one.",
        subcommands = {PluginsListCommand.class, PluginsVerifyCommand.class},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class PluginsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given; say plugins list or plugins verify");
    }
}
