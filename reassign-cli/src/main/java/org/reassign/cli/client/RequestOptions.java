package org.reassign.cli.client;

import java.util.Optional;
import org.reassign.api.client.SubmitOptions;
import picocli.CommandLine.Option;

/** What is stored with a request, and what the command does after it. */
final class RequestOptions {
    @Option(names = "--requester", paramLabel = "NAME", description = "Who asks; shown by list and describe.")
    private String requester;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; shown by list and describe.")
    private String reason;

    @Option(names = "--dry-run", description = "Say what would be done, and what would be refused, and submit nothing.")
    private boolean dryRun;

    SubmitOptions submitted() {
        return new SubmitOptions(Optional.ofNullable(requester), Optional.ofNullable(reason));
    }

    boolean isDryRun() {
        return dryRun;
    }
}
