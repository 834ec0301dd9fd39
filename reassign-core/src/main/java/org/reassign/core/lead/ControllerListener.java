package org.reassign.core.lead;

import java.util.SortedSet;
import org.reassign.api.model.Answer;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest;

/** Receives the events of a controller. Called on the controller's thread; must return at once. */
public interface ControllerListener {
    /**
     * An election was won, at this controller epoch. Nothing is read, written or sent before this returns; it may take
     * some seconds, less than {@link ControllerSettings#turnLimit}.
     */
    default void elected(int controllerEpoch) {}

    /** It leads at this controller epoch and recovery is done; once more after each lost connection. */
    default void leads(int controllerEpoch) {}

    /**
     * What becomes of the office: why it is taken, why not, and that it was handed back; one sentence that begins with a
     * verb or names somebody. Not again until something else was said. Where the gateway contends for the office, only
     * that another controller holds it.
     */
    default void office(String sentence) {}

    /** The office of a gateway that takes it over was handed back with nothing left to do; it may be taken again. */
    default void handedBack() {}

    /** What the term has to do, after each of its turns. */
    default void workload(Workload left) {}

    /** The connection to ZooKeeper is lost; leadership is kept, and all is read again once the connection is back. */
    default void interrupted(String why) {}

    /** Leadership was lost, or the controller stopped by itself; the sentence says why. */
    default void stopped(String why) {}

    /**
     * A partition took a step.
     *
     * @param label the protocol's label: A4, G1, G2, G3, W1, S1 … S6, D1 … D5, R (recovery)
     * @param text what was done, for people
     */
    default void step(TopicPartition partition, String label, String text) {}

    /** An entry of a request was recorded: from now on the reassignment does not depend on the request. */
    default void recorded(String request, TopicPartition partition) {}

    /** An entry of a request has its answer. */
    default void answered(Answer answer) {}

    /** A replica was dropped before its reassignment was complete (step D3). */
    default void dropped(TopicPartition partition, int broker, boolean wasInSync, boolean wasLeader) {}

    /** The leader of a partition was moved by the controller. */
    default void leaderMoved(TopicPartition partition, int from, int to) {}

    /** A partition was found in sync this long after its {@code state} changed. */
    default void detected(TopicPartition partition, long millis) {}

    /** Throttles of these topics and brokers were taken off, since nothing that they are for is in flight any more. */
    default void throttlesRemoved(SortedSet<String> topics, SortedSet<Integer> brokers) {}

    /** A request was sent to a broker. */
    default void sent(int broker, BrokerRequest request) {}

    /**
     * Something that a user should know, as one sentence: a policy that threw, a malformed znode. Once each. Called on
     * another thread only where the controller's own hangs.
     */
    default void warning(String sentence) {}

    /** A turn of the loop is over; {@code idle} when nothing is in flight or outstanding. */
    default void turned(boolean idle) {}
}
