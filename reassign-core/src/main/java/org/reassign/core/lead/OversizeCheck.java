package org.reassign.core.lead;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.decide.PartitionDecision;
import org.reassign.core.store.Op;
import org.reassign.core.store.TurnPlan;

/**
 * Finds writes over ZooKeeper's size limit before anything is written, since sending one breaks the connection. An
 * entry that needs one is refused. A partition that was in flight before is left out with one warning, and retried when
 * something of its topic changes.
 */
final class OversizeCheck {
    private final Agenda agenda;
    private final Requests requests;
    private final ControllerListener listener;
    private final Function<SortedMap<TopicPartition, PartitionDecision>, TurnPlan> plan;
    private final Set<TopicPartition> said = new HashSet<>();

    /** {@code plan} gives the writes of some of this turn's decisions alone. */
    OversizeCheck(
            TermContext context,
            Agenda agenda,
            Requests requests,
            Function<SortedMap<TopicPartition, PartitionDecision>, TurnPlan> plan) {
        this.agenda = agenda;
        this.requests = requests;
        this.listener = context.listener();
        this.plan = plan;
    }

    /** Removes the first decision that cannot be written, as others may fit without it; false if all can be. */
    boolean takeOut(
            TurnPlan planned,
            SortedMap<TopicPartition, PartitionDecision> turns,
            SortedMap<TopicPartition, Admitted> accepted) {
        Optional<Op<TopicPartition>> first = planned.tooLarge().stream().findFirst();
        first.ifPresent(
                one -> blame(one, turns, accepted).forEach(partition -> takeOut(partition, one, turns, accepted)));
        return first.isPresent();
    }

    /** Those that are too large on their own; else the admitted ones, which added data; else all of them. */
    private Set<TopicPartition> blame(
            Op<TopicPartition> one,
            SortedMap<TopicPartition, PartitionDecision> turns,
            Map<TopicPartition, Admitted> accepted) {
        Set<TopicPartition> owners = new TreeSet<>(one.owners());
        owners.retainAll(turns.keySet());
        Set<TopicPartition> alone = new TreeSet<>(owners);
        alone.removeIf(partition -> plan.apply(new TreeMap<>(Map.of(partition, turns.get(partition))))
                .tooLarge()
                .isEmpty());
        if (!alone.isEmpty()) {
            return alone;
        }
        Set<TopicPartition> asking = new TreeSet<>(owners);
        asking.retainAll(accepted.keySet());
        return asking.isEmpty() ? owners : asking;
    }

    private void takeOut(
            TopicPartition partition,
            Op<TopicPartition> one,
            SortedMap<TopicPartition, PartitionDecision> turns,
            SortedMap<TopicPartition, Admitted> accepted) {
        turns.remove(partition);
        Admitted taken = accepted.remove(partition);
        if (taken != null) {
            requests.refusedAsTooLarge(taken.entry(), one.write());
            agenda.decide(partition);
        } else if (said.add(partition)) {
            listener.warning(
                    partition + " cannot go on: " + sentence(one.write()) + "; make the topic's znode smaller");
        }
    }

    static String sentence(ZkWrite write) {
        return "the znode " + write.path() + " would have " + write.data().length
                + " bytes, of which ZooKeeper takes less than " + ZkPort.MAX_BYTES;
    }
}
