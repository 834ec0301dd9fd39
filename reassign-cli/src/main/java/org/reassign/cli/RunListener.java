package org.reassign.cli;

import org.reassign.core.lead.ControllerListener;

/** Hears what a scenario and its controllers do. */
interface RunListener extends ControllerListener {
    /** The scenario does this now. */
    void tell(String text);
}
