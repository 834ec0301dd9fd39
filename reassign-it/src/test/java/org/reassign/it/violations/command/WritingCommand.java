package org.reassign.it.violations.command;

import org.reassign.it.violations.store.DirectWrite;

/** Uses more of the store than the fence. */
final class WritingCommand {
    Object store() {
        return new DirectWrite();
    }
}
