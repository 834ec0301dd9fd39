package org.reassign.core.image;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.reassign.api.model.Broker;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.core.decide.PartitionState;

/** A result of a read, write or command: the only way into the image. */
public sealed interface Observation {
    /** Calls the handler's method for this kind of observation. */
    void tell(Handler handler);

    /** One method for each kind of observation, so that none is left out. */
    interface Handler {
        void topicsListed(TopicsListed seen);

        void topicRead(TopicRead seen);

        void stateRead(StateRead seen);

        void brokersRead(BrokersRead seen);

        void resumed(Resumed seen);

        void announcedUpTo(AnnouncedUpTo seen);

        void written(Written seen);

        void epochKnown(EpochKnown seen);

        void replicaStopped(ReplicaStopped seen);

        void stopFenced(StopFenced seen);

        void storageFailed(StorageFailed seen);

        void logDirFailed(LogDirFailed seen);

        void stopUnanswered(StopUnanswered seen);
    }

    /** The names below {@code /brokers/topics}. */
    record TopicsListed(SortedSet<String> names) implements Observation {
        @Override
        public void tell(Handler handler) {
            handler.topicsListed(this);
        }
    }

    /**
     * A topic with its records.
     *
     * @param topic its name
     * @param content its znode
     * @param records its records, by partition; empty where they are in the topic's znode and it cannot be read
     */
    record TopicRead(String topic, Seen<TopicContent> content, Optional<SortedMap<Integer, ReassignmentRecord>> records)
            implements Observation {
        @Override
        public void tell(Handler handler) {
            handler.topicRead(this);
        }
    }

    /**
     * The {@code state} of a partition. May come late or twice: one older than the known one is ignored.
     *
     * @param partition the partition
     * @param state the znode
     * @param mtimeMillis server time of its last change, epoch milliseconds; 0 where there is none
     */
    record StateRead(TopicPartition partition, Seen<LeaderAndIsr> state, long mtimeMillis) implements Observation {
        @Override
        public void tell(Handler handler) {
            handler.stateRead(this);
        }
    }

    /** All registered brokers. */
    record BrokersRead(SortedMap<Integer, Broker> live) implements Observation {
        @Override
        public void tell(Handler handler) {
            handler.brokersRead(this);
        }
    }

    /** Recovery after a lost connection, with the same controller epoch: topics and brokers are read. */
    record Resumed(Known known) implements Observation {
        @Override
        public void tell(Handler handler) {
            handler.resumed(this);
        }
    }

    /**
     * Brokers that have registered up to this zxid have received all commands; the others may have missed some, and are
     * told all. Comes at the end of recovery, when topics and brokers are read, and again with 0 where notifications of
     * brokers may have been lost.
     *
     * @param zxid 0 where every broker may have missed some
     */
    record AnnouncedUpTo(long zxid) implements Observation {
        @Override
        public void tell(Handler handler) {
            handler.announcedUpTo(this);
        }
    }

    /**
     * One turn's writes are done.
     *
     * @param after partitions after all their writes, including those without any
     * @param persisted partitions whose record and AR were written and whose {@code state} was not
     * @param failed partitions whose record or AR was written only in part, as they were to be
     * @param topics topics that were written as planned, with their new versions and fields
     */
    record Written(
            Map<TopicPartition, PartitionState> after,
            Map<TopicPartition, PartitionState> persisted,
            Map<TopicPartition, PartitionState> failed,
            Map<String, TopicSnapshot> topics)
            implements Observation {
        @Override
        public void tell(Handler handler) {
            handler.written(this);
        }
    }

    /** A broker has answered LeaderAndIsr: it knows this leader epoch. */
    record EpochKnown(int broker, TopicPartition partition, int leaderEpoch) implements Observation {
        @Override
        public void tell(Handler handler) {
            handler.epochKnown(this);
        }
    }

    /** A broker has answered StopReplica: its replica is deleted. */
    record ReplicaStopped(int broker, TopicPartition partition) implements Observation {
        @Override
        public void tell(Handler handler) {
            handler.replicaStopped(this);
        }
    }

    /** A broker knows a higher leader epoch than the one that StopReplica carried. */
    record StopFenced(int broker, TopicPartition partition, int leaderEpoch) implements Observation {
        @Override
        public void tell(Handler handler) {
            handler.stopFenced(this);
        }
    }

    /** A live broker has not answered StopReplica in time, after all retries. */
    record StopUnanswered(int broker, TopicPartition partition) implements Observation {
        @Override
        public void tell(Handler handler) {
            handler.stopUnanswered(this);
        }
    }

    /** A broker has answered that the log directory of its replica has failed. */
    record StorageFailed(int broker, TopicPartition partition) implements Observation {
        @Override
        public void tell(Handler handler) {
            handler.storageFailed(this);
        }
    }

    /** A log directory of a broker has failed: it says of which replicas when it is told of all that it has. */
    record LogDirFailed(int broker) implements Observation {
        @Override
        public void tell(Handler handler) {
            handler.logDirFailed(this);
        }
    }
}
