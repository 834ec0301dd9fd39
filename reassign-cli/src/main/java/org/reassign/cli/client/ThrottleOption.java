package org.reassign.cli.client;

import java.util.Optional;
import org.reassign.cli.UsageException;
import picocli.CommandLine.Option;

/** The rate that a move is limited to. */
final class ThrottleOption {
    @Option(
            names = "--throttle",
            paramLabel = "BYTES",
            description =
                    "Bytes per second that each broker involved may send, and may receive, for all that is in flight"
                            + " then. Taken off when it is done, also if this client and the controller die. With --additional,"
                            + " changes the rate of what is in flight.")
    private Long bytesPerSecond;

    Optional<Long> bytesPerSecond() {
        if (bytesPerSecond != null && bytesPerSecond < 1) {
            throw new UsageException("--throttle " + bytesPerSecond
                    + " would stop the move; name the bytes per second, at least 1, or leave the option out");
        }
        return Optional.ofNullable(bytesPerSecond);
    }
}
