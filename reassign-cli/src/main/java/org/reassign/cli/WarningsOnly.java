package org.reassign.cli;

import java.io.PrintWriter;

/** Lets pass all but what a user ought to know. */
public record WarningsOnly(PrintWriter err) implements RunListener {
    @Override
    public void tell(String text) {
        // the report tells its result
    }

    @Override
    public void warning(String sentence) {
        warn(err, sentence);
    }

    @Override
    public void note(String sentence) {
        note(err, sentence);
    }

    /** One line on stderr. */
    public static void note(PrintWriter err, String sentence) {
        err.println(oneLine(sentence));
        err.flush();
    }

    /** One line, whatever a plugin has put into the sentence. */
    public static void warn(PrintWriter err, String sentence) {
        note(err, "warning: " + sentence);
    }

    private static String oneLine(String sentence) {
        return sentence.replaceAll("\\s+", " ").strip();
    }
}
