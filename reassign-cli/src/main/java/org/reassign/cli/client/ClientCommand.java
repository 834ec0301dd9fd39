package org.reassign.cli.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.reassign.cli.PartialDocument;
import org.reassign.cli.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that works on a cluster through {@link org.reassign.api.client.ReassignmentClient}. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class ClientCommand implements Callable<Integer>, PartialDocument {
    @Mixin
    private ClientOptions options;

    @Spec
    private CommandSpec spec;

    private Optional<ObjectNode> unfinished = Optional.empty();

    /** Reads files and checks options, before anything is connected. */
    void prepare() {
        // most have nothing to check
    }

    /** Whether stdout is to be one JSON document. */
    final boolean isJson() {
        return options.json();
    }

    /** Does its work; what is not as asked goes to the report. */
    abstract void perform(OpenClient open, CommandReport report);

    /** What was submitted goes on when the command fails, so that it is told with the failure. */
    @Override
    public Optional<ObjectNode> unfinished() {
        return unfinished;
    }

    @Override
    public final Integer call() {
        CommandReport report = new CommandReport(spec, options.json());
        prepare();
        try (OpenClient open = options.open(report)) {
            perform(open, report);
            return report.end();
        } finally {
            unfinished = Optional.of(report.document());
        }
    }
}
