package org.reassign.plugin.droppolicies;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.DropContext;

/**
 * Tom Bentley's rule: beside the target keep as many replicas as the partition had at first, counting those of the
 * target that were assigned before and are in sync, and keep the most useful ones.
 *
 * <p>In his text every replica that the target shares with the assignment fills a slot. Here only one in sync does: else
 * {@code [0,1,2]→[1,2,3]→[2,3,4]} would let go of an original while 3 still copies.
 */
final class InSyncPreference {
    private InSyncPreference() {}

    /** What the rule lets go of, in the order of the assignment. */
    static Replicas droppable(DropContext context) {
        Replicas outside = context.outside();
        Replicas kept = ranked(outside, context).limit(slots(context));
        return outside.minus(kept);
    }

    /** How many replicas outside the target have to stay: |original| − |before ∩ target ∩ sync|, at least 0. */
    private static int slots(DropContext context) {
        Replicas inSyncAlready = context.before().intersect(context.target()).intersect(context.inSync());
        return Math.max(0, context.original().size() - inSyncAlready.size());
    }

    /** The most useful first: the live leader, in sync, live, the rest; then originals; then by position. */
    private static Replicas ranked(Replicas outside, DropContext context) {
        Comparator<Integer> byUse = Comparator.comparingInt(id -> rank(id, context));
        Comparator<Integer> originalsFirst =
                Comparator.comparingInt(id -> context.original().contains(id) ? 0 : 1);
        List<Integer> ids = new ArrayList<>(outside.ids());
        ids.sort(byUse.thenComparing(originalsFirst));
        return new Replicas(ids);
    }

    private static int rank(int id, DropContext context) {
        boolean live = context.live().contains(id);
        if (live && id == context.leader()) {
            return 0;
        }
        if (context.inSync().contains(id)) {
            return 1;
        }
        return live ? 2 : 3;
    }
}
