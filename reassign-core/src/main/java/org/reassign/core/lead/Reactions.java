package org.reassign.core.lead;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.core.command.BrokerQueues;
import org.reassign.core.image.Fact;
import org.reassign.core.image.PartitionImage;
import org.reassign.core.image.TopicImage;
import org.reassign.core.observe.ToRead;
import org.reassign.core.store.StateJson;
import org.reassign.core.store.TopicReader;

/** The reaction to each kind of fact, a method for each; nothing else reacts to facts. */
final class Reactions implements Fact.Handler {
    /** Kafka's leader epoch for replicas of a deleted topic: brokers obey it at any epoch. */
    private static final int DURING_DELETE = -2;

    private final TermContext context;
    private final Agenda agenda;
    private final ToRead toRead;
    private final BrokerQueues queues;
    private final Requests requests;
    private final Watched watched;
    private final Set<TopicPartition> unreadable = new HashSet<>();
    /** Brokers with a failed log directory that was reported since they registered. */
    private final Set<Integer> failing = new HashSet<>();

    /** Notified of partitions and topics that are no longer needed, and of brokers. */
    interface Watched {
        /** The partition needs no more decisions. */
        void forget(TopicPartition partition);

        /** The topic is gone: its records are strays. */
        void forget(String topic);

        /** Brokers came or left. */
        void brokersChanged();

        /** A broker has registered: its owed deletes are due. */
        void brokerCame(int broker);
    }

    Reactions(
            TermContext context,
            Agenda agenda,
            ToRead toRead,
            BrokerQueues queues,
            Requests requests,
            Watched watched) {
        this.context = context;
        this.agenda = agenda;
        this.toRead = toRead;
        this.queues = queues;
        this.requests = requests;
        this.watched = watched;
    }

    @Override
    public void topicFound(Fact.TopicFound fact) {
        toRead.topic(fact.topic());
    }

    /** The replicas of a topic belong to it: drops deletions meant for an earlier topic of the same name. */
    @Override
    public void topicCame(Fact.TopicCame fact) {
        agenda.fold();
        if (context.wholeCluster()) {
            toRead.states(fact.topic().partitions(partition -> !partition.isInFlight()));
        }
        fact.topic().partitions().forEach((number, partition) -> {
            TopicPartition of = new TopicPartition(fact.topic().name(), number);
            partition.assigned().ids().forEach(broker -> queues.cancelStop(broker, of));
        });
    }

    /**
     * The reassignments end. A broker that got LeaderAndIsr after the topic's data were deleted may hold some again, so
     * it gets StopReplica.
     */
    @Override
    public void topicGone(Fact.TopicGone fact) {
        TopicImage topic = fact.before();
        agenda.fold(); // requests that wait for it must be refused
        queues.dropTopic(topic.name());
        topic.partitions().forEach((number, partition) -> {
            TopicPartition of = new TopicPartition(topic.name(), number);
            if (partition.isKnown() || partition.isInFlight() || topic.announced()) {
                stop(of, partition);
            }
            partition.record().ifPresent(record -> requests.finished(record, Outcome.TOPIC_DELETED));
            watched.forget(of);
        });
        watched.forget(topic.name());
    }

    private void stop(TopicPartition of, PartitionImage partition) {
        Replicas target = partition.record().map(ReassignmentRecord::target).orElse(Replicas.NONE);
        IntConsumer stop = broker -> queues.stop(broker, new StopPartition(of, DURING_DELETE, true));
        Replicas all =
                partition.assigned().append(target).append(partition.progress().overwritten());
        all.ids().forEach(stop::accept);
    }

    @Override
    public void topicUnreadable(Fact.TopicUnreadable fact) {
        context.listener()
                .warning(TopicReader.ROOT + "/" + fact.topic()
                        + " does not hold a topic's JSON; it is left as it is, and its requests wait; write it again");
    }

    @Override
    public void topicChanged(Fact.TopicChanged fact) {
        agenda.fold();
        toRead.states(fact.known());
        agenda.decide(fact.known());
    }

    @Override
    public void recordFound(Fact.RecordFound fact) {
        toRead.watch(fact.partition());
    }

    @Override
    public void recordLost(Fact.RecordLost fact) {
        String what = fact.record()
                .map(record -> "the reassignment of " + fact.partition() + " to " + record.target()
                        + " is no longer stored as it was")
                .orElse(fact.partition() + " has a record that no controller wrote");
        context.listener()
                .warning(what + ": another client has written " + TopicReader.ROOT + "/"
                        + fact.partition().topic() + " or the record, which had assigned replicas "
                        + fact.assigned() + "; it is written again, do not write it while partitions move");
        agenda.decide(fact.partition());
    }

    @Override
    public void assignedChanged(Fact.AssignedChanged fact) {
        context.listener()
                .warning("another client has written " + fact.now() + " over the assigned replicas " + fact.before()
                        + " of " + fact.partition() + " in " + TopicReader.ROOT + "/"
                        + fact.partition().topic() + "; they are written again, do not write it while partitions move");
        agenda.decide(fact.partition());
    }

    @Override
    public void recordReplaced(Fact.RecordReplaced fact) {
        if (!isOfOneRequest(fact.before(), fact.now())) {
            requests.ended(fact.before(), Optional.of(fact.now()));
        }
        agenda.decide(fact.partition());
    }

    private static boolean isOfOneRequest(ReassignmentRecord before, ReassignmentRecord now) {
        return now.request().equals(before.request())
                && now.zxid() == before.zxid()
                && now.target().equals(before.target());
    }

    @Override
    public void recordEnded(Fact.RecordEnded fact) {
        requests.finished(fact.before(), Outcome.COMPLETED);
        agenda.decide(fact.partition());
    }

    @Override
    public void partitionForgotten(Fact.PartitionForgotten fact) {
        watched.forget(fact.partition());
    }

    @Override
    public void statesWanted(Fact.StatesWanted fact) {
        toRead.states(fact.partitions());
    }

    @Override
    public void partitionChanged(Fact.PartitionChanged fact) {
        unreadable.remove(fact.partition());
        agenda.decide(fact.partition());
    }

    @Override
    public void stateMissing(Fact.StateMissing fact) {
        toRead.topicNames();
    }

    @Override
    public void stateUnreadable(Fact.StateUnreadable fact) {
        if (unreadable.add(fact.partition())) {
            context.listener()
                    .warning(StateJson.path(fact.partition()) + " does not hold a leader and an ISR; "
                            + fact.partition()
                            + " stands still until its leader writes it, or delete and write it again");
        }
    }

    @Override
    public void stateRecreated(Fact.StateRecreated fact) {
        toRead.topicNames();
    }

    @Override
    public void inSync(Fact.InSync fact) {
        long late = context.timers().nowMillis() - fact.sinceMillis();
        context.listener().detected(fact.partition(), Math.max(0, late));
    }

    @Override
    public void brokersChanged(Fact.BrokersChanged fact) {
        queues.brokers(fact.live());
        watched.brokersChanged();
        agenda.fold();
    }

    @Override
    public void brokerCame(Fact.BrokerCame fact) {
        failing.remove(fact.broker());
        watched.brokerCame(fact.broker());
    }

    @Override
    public void replicaFailed(Fact.ReplicaFailed fact) {
        if (failing.add(fact.broker())) {
            context.listener()
                    .warning("broker " + fact.broker() + " answers KAFKA_STORAGE_ERROR for " + fact.partition()
                            + ": the replicas in its failed log directory count as offline; repair the directory and"
                            + " restart the broker, or move them to other brokers");
        }
    }

    @Override
    public void brokerRestarted(Fact.BrokerRestarted fact) {
        context.loop().mark(toRead::brokers);
    }
}
