package org.reassign.cli;

import org.reassign.core.lead.ControllerListener;

/** Hears what a scenario and its controllers do. */
interface RunListener extends ControllerListener {
    /** The scenario does this now. */
    void tell(String text);

    /** What the user should know while waiting, on stderr: no warning, and no result. From any thread. */
    void note(String sentence);
}
