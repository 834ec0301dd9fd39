package org.reassign.cli;

/** What a command ends with; scripts depend on these numbers. */
final class ExitCode {
    /** Done. */
    static final int DONE = 0;
    /** It ran, but something is not as asked. */
    static final int NOT_AS_ASKED = 1;
    /** Wrong usage or input. */
    static final int USAGE = 2;
    /** ZooKeeper or brokers are out of reach. */
    static final int OUT_OF_REACH = 3;
    /** A plugin is at fault. */
    static final int PLUGIN = 4;
    /** Interrupted. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
