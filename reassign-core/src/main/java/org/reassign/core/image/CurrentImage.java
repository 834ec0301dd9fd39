package org.reassign.core.image;

import java.util.List;

/** The image of one term, and the one way to change it. Used by the loop's thread only. */
public final class CurrentImage {
    private final Fact.Handler reactions;
    private ClusterImage image = ClusterImage.EMPTY;

    /** Nothing is known; {@code reactions} hears each fact once the image shows it. */
    public CurrentImage(Fact.Handler reactions) {
        this.reactions = reactions;
    }

    /** What is known now. */
    public ClusterImage get() {
        return image;
    }

    /** Takes up what was read, written or answered. */
    public void observe(Observation seen) {
        Reconciled reconciled = Reconciler.reconcile(image, seen);
        image = reconciled.image();
        List<Fact> facts = reconciled.facts();
        facts.forEach(fact -> fact.tell(reactions));
    }
}
