package org.reassign.cli;

import java.io.PrintWriter;

/** Lets pass all but what a user ought to know. */
record Quiet(PrintWriter err) implements RunListener {
    @Override
    public void tell(String text) {
        // the report tells what came of it
    }

    @Override
    public void warning(String sentence) {
        err.println("warning: " + sentence);
        err.flush();
    }
}
