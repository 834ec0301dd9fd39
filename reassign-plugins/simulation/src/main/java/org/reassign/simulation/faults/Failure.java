package org.reassign.simulation.faults;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.reassign.simulation.Invariants;

/**
 * What broke.
 *
 * @param kind what kind of thing: failures of one kind count as alike
 * @param how what exactly
 */
public record Failure(String kind, String how) {
    static Failure of(Invariants.Broken broken) {
        String text = broken.getMessage();
        int colon = text.indexOf(':');
        String rest = text.substring(colon + 2);
        int second = rest.indexOf(':');
        return new Failure(text.substring(0, colon) + (second > 0 ? ", " + rest.substring(0, second) : ""), text);
    }

    static Failure of(Throwable thrown) {
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        StackTraceElement[] trace = thrown.getStackTrace();
        return new Failure(
                thrown.getClass().getSimpleName() + (trace.length > 0 ? " at " + trace[0] : ""), stack.toString());
    }
}
