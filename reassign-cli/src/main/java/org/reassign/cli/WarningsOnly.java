package org.reassign.cli;

import java.io.PrintWriter;

/** Lets pass all but what a user ought to know. */
record WarningsOnly(PrintWriter err) implements RunListener {
    @Override
    public void tell(String text) {
        // the report tells its result
    }

    @Override
    public void warning(String sentence) {
        warn(err, sentence);
    }

    /** One line, whatever a plugin has put into the sentence. */
    static void warn(PrintWriter err, String sentence) {
        err.println("warning: " + sentence.replaceAll("\\s+", " ").strip());
        err.flush();
    }
}
