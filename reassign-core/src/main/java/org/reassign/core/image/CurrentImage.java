package org.reassign.core.image;

import java.util.List;

/** The image of one term, and the one way to change it. Used by the loop's thread only. */
public final class CurrentImage {
    private final Fact.Handler reactions;
    private ClusterImage image = ClusterImage.EMPTY;

    /** An empty image; {@code reactions} receives each fact once the image shows it. */
    public CurrentImage(Fact.Handler reactions) {
        this.reactions = reactions;
    }

    /** The current image. */
    public ClusterImage get() {
        return image;
    }

    /** The term is over: late callbacks of watches, which hold this object, need no image. */
    public void discard() {
        image = ClusterImage.EMPTY;
    }

    /** Applies an observation, then passes its facts to the reactions. */
    public void observe(Observation seen) {
        Reconciled reconciled = Reconciler.reconcile(image, seen);
        image = reconciled.image();
        List<Fact> facts = reconciled.facts();
        facts.forEach(fact -> fact.tell(reactions));
    }
}
