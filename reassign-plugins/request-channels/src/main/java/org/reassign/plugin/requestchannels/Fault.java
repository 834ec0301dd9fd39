package org.reassign.plugin.requestchannels;

import org.reassign.api.model.Refusal;

/** Why a request, or one entry of it, cannot be read. Never leaves this package: it becomes a {@link Refusal}. */
final class Fault extends Exception {
    private static final long serialVersionUID = 1;

    private final Refusal.Code code;

    /** A fault; the sentence names path, partition and value, and says how to mend it. */
    Fault(Refusal.Code code, String sentence) {
        super(sentence);
        this.code = code;
    }

    Refusal refusal() {
        return new Refusal(code, getMessage());
    }
}
