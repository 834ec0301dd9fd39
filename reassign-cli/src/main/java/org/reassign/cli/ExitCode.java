package org.reassign.cli;

/** What a command ends with; scripts depend on these numbers. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;
    /** It ran, but something is not as asked. */
    public static final int NOT_AS_ASKED = 1;
    /** Wrong usage or input. */
    public static final int USAGE = 2;
    /** ZooKeeper or brokers are out of reach. */
    public static final int OUT_OF_REACH = 3;
    /** A plugin is at fault. */
    public static final int PLUGIN = 4;
    /** Interrupted. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
