package org.reassign.api.client;

import org.reassign.api.Evolving;
import org.reassign.api.model.Refusal;

/** An entry that is refused, or a partition that does not exist; the message is the refusal's sentence. */
@Evolving(since = "1.0")
public final class ReassignmentRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    /** Refused for this reason. */
    public ReassignmentRefusedException(Refusal refusal) {
        super(refusal.sentence());
        this.refusal = refusal;
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }
}
