package org.reassign.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.reassign.cli.client.CancelCommand;
import org.reassign.cli.client.DescribeCommand;
import org.reassign.cli.client.ExecuteCommand;
import org.reassign.cli.client.GenerateCommand;
import org.reassign.cli.client.ListCommand;
import org.reassign.cli.client.VerifyCommand;
import org.reassign.cli.client.WatchCommand;
import org.reassign.cli.controller.ControllerCommand;
import org.reassign.cli.doctor.DoctorCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code reassign}; everything it does, its subcommands do. */
@Command(
        name = "reassign",
        description = "Moves partitions between brokers, and lets a move be changed or cancelled while it runs.",
        subcommands = {
            RunCommand.class,
            CompareCommand.class,
            ControllerCommand.class,
            SimulateCommand.class,
            GenerateCommand.class,
            ExecuteCommand.class,
            VerifyCommand.class,
            CancelCommand.class,
            ListCommand.class,
            DescribeCommand.class,
            WatchCommand.class,
            DoctorCommand.class,
            PluginsCommand.class,
            GenerateCompletion.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Begin with: reassign run interrupt"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:it ran, but something is not as asked",
            "2:wrong usage or input",
            "3:ZooKeeper or brokers are out of reach",
            "4:a plugin is at fault",
            "130:interrupted"
        })
public final class Reassign implements Runnable {
    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "With an error, print where it came from.")
    boolean stacktrace;

    @Spec
    private CommandSpec spec;

    /** The command line, without arguments. */
    public static CommandLine commandLine() {
        Failures failures = new Failures();
        CommandLine line = new CommandLine(new Reassign());
        Map<String, IHelpSectionRenderer> sections = new HashMap<>(line.getHelpSectionMap());
        sections.put(SettingsHelp.KEY, new SettingsHelp());
        List<String> order = new ArrayList<>(line.getHelpSectionKeys());
        order.add(order.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), SettingsHelp.KEY);
        return line.setHelpSectionMap(sections)
                .setHelpSectionKeys(order)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Terminal.ansi()))
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "no command given; commands are "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Interrupts.install();
        int code = commandLine().execute(arguments);
        Interrupts.over();
        System.exit(code);
    }
}
