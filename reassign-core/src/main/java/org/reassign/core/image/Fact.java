package org.reassign.core.image;

import java.util.List;
import java.util.Optional;
import org.reassign.api.model.Broker;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** A meaning of the difference between two images. */
public sealed interface Fact {
    /** Calls the handler's method for this kind of fact. */
    void tell(Handler handler);

    /** One method for each kind of fact, so that none is left out. */
    interface Handler {
        void topicCame(TopicCame fact);

        void topicGone(TopicGone fact);

        void topicFound(TopicFound fact);

        void topicUnreadable(TopicUnreadable fact);

        void topicChanged(TopicChanged fact);

        void recordFound(RecordFound fact);

        void recordLost(RecordLost fact);

        void recordReplaced(RecordReplaced fact);

        void recordEnded(RecordEnded fact);

        void assignedChanged(AssignedChanged fact);

        void partitionForgotten(PartitionForgotten fact);

        void statesWanted(StatesWanted fact);

        void partitionChanged(PartitionChanged fact);

        void stateMissing(StateMissing fact);

        void stateUnreadable(StateUnreadable fact);

        void stateRecreated(StateRecreated fact);

        void inSync(InSync fact);

        void brokersChanged(BrokersChanged fact);

        void brokerCame(BrokerCame fact);

        void brokerRestarted(BrokerRestarted fact);

        void replicaFailed(ReplicaFailed fact);
    }

    /** A topic was created, or recreated under its name. */
    record TopicCame(TopicImage topic) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.topicCame(this);
        }
    }

    /** A topic is gone, or was recreated. */
    record TopicGone(TopicImage before) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.topicGone(this);
        }
    }

    /** There is a topic by that name which has not been read yet. */
    record TopicFound(String topic) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.topicFound(this);
        }
    }

    /** A topic's znode does not hold a topic's JSON. */
    record TopicUnreadable(String topic) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.topicUnreadable(this);
        }
    }

    /**
     * A topic was read again: another client has written it, a write of ours has failed, or it could not be read
     * before.
     *
     * @param known its partitions of which decisions are made
     */
    record TopicChanged(String topic, List<TopicPartition> known) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.topicChanged(this);
        }
    }

    /** A partition is in flight and its {@code state} is not known: it must be watched and taken up. */
    record RecordFound(TopicPartition partition) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.recordFound(this);
        }
    }

    /**
     * Another client has removed or replaced the record: the known one must be written again, with the replicas that AR
     * held. Empty if nothing was in flight.
     */
    record RecordLost(TopicPartition partition, Optional<ReassignmentRecord> record, Replicas assigned)
            implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.recordLost(this);
        }
    }

    /** A different record is stored than the known one, which has ended. */
    record RecordReplaced(TopicPartition partition, ReassignmentRecord before, ReassignmentRecord now) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.recordReplaced(this);
        }
    }

    /** The record is gone and its reassignment complete: the last write of a partition whose other writes failed. */
    record RecordEnded(TopicPartition partition, ReassignmentRecord before) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.recordEnded(this);
        }
    }

    /** Another client has changed the assigned replicas. */
    record AssignedChanged(TopicPartition partition, Replicas before, Replicas now) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.assignedChanged(this);
        }
    }

    /** A partition needs no more decisions: it need not be watched. */
    record PartitionForgotten(TopicPartition partition) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.partitionForgotten(this);
        }
    }

    /** These must be decided and announced to brokers, and their {@code state} is not known. */
    record StatesWanted(List<TopicPartition> partitions) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.statesWanted(this);
        }
    }

    /** The input of decisions about the partition has changed. */
    record PartitionChanged(TopicPartition partition) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.partitionChanged(this);
        }
    }

    /** The {@code state} is gone: its topic may be gone too. */
    record StateMissing(TopicPartition partition) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.stateMissing(this);
        }
    }

    /** {@code state} does not hold a leader and an ISR. */
    record StateUnreadable(TopicPartition partition) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.stateUnreadable(this);
        }
    }

    /** {@code state} was recreated: its topic may have been, too. */
    record StateRecreated(TopicPartition partition) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.stateRecreated(this);
        }
    }

    /** The whole target is in sync and live, since this server time in epoch milliseconds. */
    record InSync(TopicPartition partition, long sinceMillis) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.inSync(this);
        }
    }

    /** Brokers have registered, are gone, or have other endpoints. */
    record BrokersChanged(List<Broker> live) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.brokersChanged(this);
        }
    }

    /** A broker has registered. */
    record BrokerCame(int broker) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.brokerCame(this);
        }
    }

    /** A broker has registered again before its absence was seen: it counts as gone first. */
    record BrokerRestarted(int broker) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.brokerRestarted(this);
        }
    }

    /** A live broker cannot serve its replica: it counts as offline until the broker registers again. */
    record ReplicaFailed(int broker, TopicPartition partition) implements Fact {
        @Override
        public void tell(Handler handler) {
            handler.replicaFailed(this);
        }
    }
}
