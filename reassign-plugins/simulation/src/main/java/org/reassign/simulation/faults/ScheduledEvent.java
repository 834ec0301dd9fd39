package org.reassign.simulation.faults;

import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.simulation.TopicRewrite;

/**
 * Something that happens in a run.
 *
 * @param atMillis when, since the controller first led
 * @param deed what
 */
public record ScheduledEvent(int atMillis, Deed deed) {
    /** When its author is done with it; what it does to others may last longer. */
    int endMillis() {
        return deed instanceof RewrittenTopic rewritten ? atMillis + rewritten.millis() : atMillis;
    }

    /** What can happen. */
    public sealed interface Deed {
        /** The name of its kind, for counting. */
        default String kind() {
            return getClass()
                    .getSimpleName()
                    .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                    .toLowerCase(Locale.ROOT);
        }

        /** Whether it is a fault, and no request or the like. */
        default boolean isFault() {
            return true;
        }
    }

    /** A request is handed in. */
    public record Request(String channel, SortedMap<TopicPartition, Optional<Replicas>> targets) implements Deed {
        @Override
        public boolean isFault() {
            return false;
        }
    }

    /** A topic is deleted. */
    public record TopicDeletion(String topic) implements Deed {
        @Override
        public boolean isFault() {
            return false;
        }
    }

    /** A topic's znode cannot be read for a while. */
    public record SpoiledTopic(String topic, int millis) implements Deed {}

    /** A tool reads a topic's znode and writes it so much later, as it understands it, if something is in flight then. */
    public record RewrittenTopic(String topic, TopicRewrite how, int millis) implements Deed {}

    /** Somebody writes the {@code state} of a partition. */
    public record RewrittenState(TopicPartition partition, ForeignState how) implements Deed {}

    /** What somebody makes of a {@code state}. */
    public enum ForeignState {
        /** The ISR holds a broker that is no replica. */
        FOREIGN_ISR,
        /** The leader, which is in the ISR, is no replica. */
        FOREIGN_LEADER,
        /** The leader epoch is an older one. */
        OLDER_EPOCH
    }

    /** Somebody creates a child below the first znode that stands so deep below this root within two seconds. */
    public record OddChild(String root, int depth) implements Deed {}

    /** Somebody deletes this root with all that lies below it. */
    public record DeletedRoot(String root) implements Deed {}

    /** Somebody deletes this root of notifications, and those that no controller has read. */
    public record LostNotifications(String root) implements Deed {}

    /** The log directory of a replica fails; its broker is restarted a while later. */
    public record FailedLogDirectory(TopicPartition partition, int broker, int millis) implements Deed {}

    /** For a while an ACL does not allow writing the topic's znode. */
    public record ClosedTopic(String topic, int millis) implements Deed {}

    /** A broker dies, and comes back without its memory. */
    public record BrokerCrash(int broker, int backAfterMillis) implements Deed {}

    /** A follower cannot keep up for a while. */
    public record SlowFollower(TopicPartition partition, int broker, int millis) implements Deed {}

    /** A controller is to be disturbed: the leading one, or where {@code who} is not negative that one. */
    public sealed interface AtController extends Deed {
        /** Which controller, −1 for the one that leads. */
        int who();
    }

    /** A controller is disturbed at the effect that is so many effects later. */
    public sealed interface AtEffect extends AtController {
        /** How many effects come before it. */
        int effects();
    }

    /** The process ends, before or after an effect, and another one starts later. */
    public record ControllerCrash(int who, int effects, boolean before, int backAfterMillis) implements AtEffect {}

    /** The process stands still in the middle of a turn, long enough for its session to expire or not. */
    public record ControllerStall(int who, int effects, int millis) implements AtEffect {}

    /** The connection breaks after a call has reached ZooKeeper, which answers to nobody. */
    public record LostAnswer(int who, int effects, int millis) implements AtEffect {}

    /** The connection breaks between calls. */
    public record LostConnection(int who, int millis) implements AtController {}

    /** The session expires while the process lives. */
    public record SessionExpiry(int who) implements AtController {}

    /** Its server lags behind the others: its reads are old, and its watches fire late. */
    public record StaleReads(int who, int millis) implements AtController {}

    /** Somebody deletes {@code /controller}; the one who leads learns of it late. */
    public record Deposition() implements Deed {}

    /** A requester loses its connection at the commit that is so many later, before it arrives or before its answer does. */
    public record LostSubmission(int commits, boolean arrives, int millis) implements Deed {}

    /** The sessions of a broker expire; it registers anew, with its memory. */
    public record BrokerSessionExpiry(int which) implements Deed {}

    /** For a while requests to brokers are late, lost or carried out twice, and answers are late or lost. */
    public record Network(int millis, int lateMillis, int lostPercent, int twicePercent) implements Deed {
        @Override
        public String kind() {
            return "network to brokers";
        }
    }
}
