package org.reassign.cli.client;

import java.time.Duration;
import java.util.Optional;
import org.reassign.api.client.SubmitOptions;
import org.reassign.cli.UsageException;
import picocli.CommandLine.Option;

/** Whether a command waits for what it has submitted. */
final class WaitOptions {
    @Option(names = "--wait", description = "Wait until every partition is finished, and say how it went.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "With --wait, how long at most, such as 30s or 2h. Default: as long as it takes.")
    private Duration timeout;

    /** A time limit without a wait is the user's mistake. */
    void check() {
        if (timeout != null && !wait) {
            throw new UsageException("--timeout limits a wait; say --wait with it");
        }
    }

    /** Whether to wait. */
    boolean isWanted() {
        return wait;
    }

    /** How to submit: with answers that are kept where they are waited for. */
    SubmitOptions options(SubmitOptions submit) {
        return wait ? submit.answered() : submit;
    }

    Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }
}
