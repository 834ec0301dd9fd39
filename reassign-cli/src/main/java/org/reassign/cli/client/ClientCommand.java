package org.reassign.cli.client;

import java.util.concurrent.Callable;
import org.reassign.cli.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that works on a cluster through {@link org.reassign.api.client.ReassignmentClient}. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class ClientCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options;

    @Spec
    private CommandSpec spec;

    /** Reads files and checks options, before anything is connected. */
    void prepare() {
        // most have nothing to check
    }

    /** Does its work; what is not as asked goes to the report. */
    abstract void perform(OpenClient open, CommandReport report);

    @Override
    public final Integer call() {
        CommandReport report = new CommandReport(spec, options.json());
        prepare();
        try (OpenClient open = options.open(report)) {
            perform(open, report);
            return report.end();
        } catch (RuntimeException | Error e) {
            report.cut();
            throw e;
        }
    }
}
