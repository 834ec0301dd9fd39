package org.reassign.simulation.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;

/** Something that is done, or waited for, in a scenario. */
public sealed interface Step {
    /** A replica, written {@code topic-N@broker}. */
    record ReplicaName(TopicPartition partition, int broker) {
        @Override
        public String toString() {
            return partition + "@" + broker;
        }
    }

    /** Lets replicas fall behind, one after the other; ends when {@code state} shows it. */
    record Hold(List<ReplicaName> replicas) implements Step {}

    /** Lets replicas catch up again; empty for all. */
    record Release(Optional<List<ReplicaName>> replicas) implements Step {}

    /**
     * Submits a request; ends when the controller has recorded or answered every entry, or when it is written while
     * no controller leads.
     *
     * @param request what is asked for
     * @param via the request channel's name; empty for the first that is open
     * @param timeout how long the controller may take to record or answer every entry
     */
    record Request(ReassignmentRequest request, Optional<String> via, Duration timeout) implements Step {
        /** A request with the time limit of a step that has none of its own. */
        public Request(ReassignmentRequest request, Optional<String> via) {
            this(request, via, Waiting.LIMIT);
        }
    }

    /** Waits until all conditions hold at once. */
    record Await(List<Condition> conditions, Duration timeout) implements Step {}

    /** Stops a controller or broker, as in a crash. */
    record Kill(Actor actor) implements Step {}

    /** Starts a controller, and waits until it leads, or a broker. */
    record Start(Actor actor) implements Step {}

    /** Deletes a topic. */
    record DeleteTopic(String topic) implements Step {}

    /** Lets time pass. */
    record Sleep(Duration duration) implements Step {}

    /** Another client of ZooKeeper writes a znode, whatever its version; {@code data} is empty for a deletion. */
    record Znode(ZnodeChange change, String path, String data) implements Step {}

    /** What another client does to a znode. */
    enum ZnodeChange {
        CREATE,
        SET,
        DELETE
    }

    /** Breaks the controller's connection with ZooKeeper, or lets it come back. */
    record Connection(ConnectionChange change) implements Step {}

    /** What becomes of a connection. */
    enum ConnectionChange {
        /** It breaks, and may come back at once. */
        CUT,
        /** It breaks, and does not come back before {@link #PASS}. */
        BLOCK,
        /** It may come back. */
        PASS
    }

    /** Who is killed or started. */
    sealed interface Actor {
        /** The controller. */
        record TheController() implements Actor {}

        /** A broker. */
        record OneBroker(int id) implements Actor {}
    }

    /** What can be waited for. */
    sealed interface Condition {
        /** These brokers are in the ISR that is written in ZooKeeper. */
        record InSync(TopicPartition partition, Replicas brokers) implements Condition {}

        /** The partition has a record. */
        record IsInFlight(TopicPartition partition) implements Condition {}

        /** Nothing of ours is left but the roots, and the controller has no effect outstanding. */
        record Settled() implements Condition {}
    }
}
