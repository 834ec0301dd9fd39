package org.reassign.cli;

import picocli.CommandLine.Help.Ansi;

/** Whether a person looks on. */
final class Terminal {
    private Terminal() {}

    /** Whether stdin and stdout are a terminal that knows how to move the cursor. */
    @SuppressWarnings("SystemConsoleNull") // from Java 22 on the launcher asks for the old meaning (jdk.console)
    static boolean isLive() {
        return System.console() != null && !isDumb();
    }

    /** Whether bold and colours are understood and wanted; see also NO_COLOR. */
    static Ansi ansi() {
        return isDumb() ? Ansi.OFF : Ansi.AUTO;
    }

    private static boolean isDumb() {
        return "dumb".equals(System.getenv("TERM"));
    }
}
