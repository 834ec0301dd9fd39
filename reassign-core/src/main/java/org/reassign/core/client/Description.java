package org.reassign.core.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.reassign.api.client.ControllerStatus.Leader;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.client.Reassignment;
import org.reassign.api.client.WaitReason;
import org.reassign.api.client.WaitReason.What;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** Describes partitions by what was read. */
final class Description {
    private final ClusterSnapshot cluster;
    private final Map<TopicPartition, StoredLeadership> states;

    Description(ClusterSnapshot cluster, Map<TopicPartition, StoredLeadership> states) {
        this.cluster = cluster;
        this.states = states;
    }

    /** A partition that exists. */
    PartitionDescription of(TopicPartition partition) {
        Optional<LeaderAndIsr> state = state(partition);
        return new PartitionDescription(
                partition,
                cluster.assigned(partition).orElse(Replicas.NONE),
                leader(state),
                state.map(LeaderAndIsr::isr).orElse(Replicas.NONE),
                cluster.record(partition).map(this::reassignment),
                cluster.waiting(partition));
    }

    /** A partition in flight. */
    Reassignment reassignment(ReassignmentRecord record) {
        TopicPartition partition = record.partition();
        Optional<LeaderAndIsr> state = state(partition);
        long written = Optional.ofNullable(states.get(partition))
                .map(StoredLeadership::mtimeMillis)
                .orElse(0L);
        return new Reassignment(
                record,
                cluster.assigned(partition).orElse(Replicas.NONE),
                leader(state),
                state.map(LeaderAndIsr::isr).orElse(Replicas.NONE),
                Math.max(written, record.sinceMillis()),
                reasons(record, state));
    }

    private Optional<LeaderAndIsr> state(TopicPartition partition) {
        return Optional.ofNullable(states.get(partition)).map(StoredLeadership::state);
    }

    private static OptionalInt leader(Optional<LeaderAndIsr> state) {
        return state.filter(LeaderAndIsr::hasLeader)
                .map(found -> OptionalInt.of(found.leader()))
                .orElse(OptionalInt.empty());
    }

    private List<WaitReason> reasons(ReassignmentRecord record, Optional<LeaderAndIsr> state) {
        List<WaitReason> reasons = new ArrayList<>();
        if (cluster.controller().leader() == Leader.NONE) {
            reasons.add(reason(What.CONTROLLER, OptionalInt.empty(), "a controller, since none leads"));
        }
        Replicas dead = record.target().filter(broker -> !cluster.registered(broker));
        dead.ids()
                .forEach(broker -> reasons.add(
                        reason(What.BROKER, OptionalInt.of(broker), "broker " + broker + ", which is not registered")));
        if (state.isEmpty()) {
            reasons.add(reason(What.STATE, OptionalInt.empty(), "its state, which cannot be read"));
            return reasons;
        }
        Optional<Long> written = Optional.of(states.get(record.partition()).mtimeMillis());
        record.target()
                .minus(state.get().isr())
                .minus(dead)
                .ids()
                .forEach(broker -> reasons.add(new WaitReason(
                        What.SYNC, OptionalInt.of(broker), written, "broker " + broker + " to be in sync")));
        if (reasons.isEmpty()) {
            reasons.add(reason(What.CONTROLLER, OptionalInt.empty(), "the controller's next step"));
        }
        return reasons;
    }

    private static WaitReason reason(What what, OptionalInt broker, String sentence) {
        return new WaitReason(what, broker, Optional.empty(), sentence);
    }
}
