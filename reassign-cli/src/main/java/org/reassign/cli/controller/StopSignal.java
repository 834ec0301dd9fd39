package org.reassign.cli.controller;

import org.reassign.cli.ExitCode;

/** A signal that ends the process. */
enum StopSignal {
    /** As service managers stop a service. */
    TERM(15, ExitCode.DONE),
    /** Ctrl-C. */
    INT(2, ExitCode.INTERRUPTED);

    private final int number;
    private final int exitCode;

    StopSignal(int number, int exitCode) {
        this.number = number;
        this.exitCode = exitCode;
    }

    /** The exit code once the controller has stopped in order. */
    int exitCode() {
        return exitCode;
    }

    /** The exit code where the process ends at once, as shells expect it. */
    int exitCodeAtOnce() {
        return 128 + number;
    }
}
