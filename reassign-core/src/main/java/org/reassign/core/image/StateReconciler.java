package org.reassign.core.image;

import java.util.Optional;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.TopicPartition;

/** The changes to the image when the {@code state} of a partition was read. */
final class StateReconciler {
    private final Draft draft;

    StateReconciler(Draft draft) {
        this.draft = draft;
    }

    void read(Observation.StateRead seen) {
        draft.image().partition(seen.partition()).ifPresent(before -> read(seen, before));
    }

    private void read(Observation.StateRead seen, PartitionImage before) {
        TopicPartition partition = seen.partition();
        if (seen.state() instanceof Seen.Present<LeaderAndIsr> present) {
            read(partition, before, present, seen.mtimeMillis());
        } else if (seen.state() instanceof Seen.Unreadable<LeaderAndIsr> unreadable) {
            if (isNewer(before.state(), unreadable.czxid(), unreadable.version())) {
                draft.add(new Fact.StateUnreadable(partition));
                standsStill(partition, before.with(unreadable));
            }
        } else if (!(before.state() instanceof Seen.Absent)) {
            if (before.isKnown() || before.isInFlight()) {
                draft.add(new Fact.StateMissing(partition));
            }
            standsStill(partition, before.with(seen.state()));
        }
    }

    /** It cannot be decided; if it is not in flight, it need not be. */
    private void standsStill(TopicPartition partition, PartitionImage now) {
        draft.put(partition, now.isInFlight() ? now : now.forgotten());
        if (!now.isInFlight()) {
            draft.add(new Fact.PartitionForgotten(partition));
        }
    }

    /**
     * A {@code state} is repaired or recreated by hand, and its leader does not know the version, so it must be
     * announced: the partition is taken up as by a starting controller.
     */
    private void read(
            TopicPartition partition, PartitionImage before, Seen.Present<LeaderAndIsr> now, long mtimeMillis) {
        if (!isNewer(before.state(), now.czxid(), now.version())) {
            return;
        }
        boolean recreated = before.state() instanceof Seen.Absent
                || before.state()
                        .present()
                        .filter(known -> known.czxid() != now.czxid())
                        .isPresent();
        boolean repaired = before.state() instanceof Seen.Unreadable;
        Optional<LeaderAndIsr> known = before.state().present().map(Seen.Present::value);
        boolean foreign = known.filter(was -> was.leader() != now.value().leader()
                        || was.leaderEpoch() != now.value().leaderEpoch())
                .isPresent(); // a leader changes the ISR alone
        PartitionImage after = before.with(new Seen.Present<>(
                now.czxid(),
                now.version(),
                now.value().withEpochFrom(known.map(LeaderAndIsr::leaderEpoch).orElse(0))));
        draft.put(partition, recreated || repaired || foreign ? after.recovered() : after);
        if (recreated) {
            draft.add(new Fact.StateRecreated(partition));
        }
        draft.add(new Fact.PartitionChanged(partition));
        if (!isInSync(partition, before) && isInSync(partition, after) && before.isKnown()) {
            draft.add(new Fact.InSync(partition, mtimeMillis));
        }
    }

    private boolean isInSync(TopicPartition partition, PartitionImage image) {
        return image.decidable(partition)
                .filter(p -> p.inSync(draft.image().liveFor(p)))
                .isPresent();
    }

    private static boolean isNewer(Seen<LeaderAndIsr> known, long czxid, int version) {
        if (known instanceof Seen.Present<LeaderAndIsr> present) {
            return czxid > present.czxid() || czxid == present.czxid() && version > present.version();
        }
        if (known instanceof Seen.Unreadable<LeaderAndIsr> unreadable) {
            return czxid > unreadable.czxid() || czxid == unreadable.czxid() && version > unreadable.version();
        }
        return !(known instanceof Seen.Unknown<LeaderAndIsr> last)
                || czxid > last.czxid()
                || czxid == last.czxid() && version >= last.version();
    }
}
