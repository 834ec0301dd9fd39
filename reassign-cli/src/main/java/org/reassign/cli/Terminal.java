package org.reassign.cli;

/** Whether a person looks on. */
final class Terminal {
    private Terminal() {}

    /** Whether stdin and stdout are a terminal that knows how to move the cursor. */
    @SuppressWarnings("SystemConsoleNull") // from Java 22 on the launcher asks for the old meaning (jdk.console)
    static boolean isLive() {
        return System.console() != null && !"dumb".equals(System.getenv("TERM"));
    }
}
