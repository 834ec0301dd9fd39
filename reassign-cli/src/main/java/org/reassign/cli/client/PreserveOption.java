package org.reassign.cli.client;

import picocli.CommandLine.Option;

/** Whether throttles stay. */
final class PreserveOption {
    @Option(
            names = "--preserve-throttles",
            description =
                    "Leave throttles as they are. A controller takes them off when nothing is in flight that needs them.")
    private boolean preserve;

    boolean isWanted() {
        return preserve;
    }
}
