package org.reassign.core.lead;

import java.util.SortedMap;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.command.BrokerQueues;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.store.Fence;
import org.reassign.core.store.LeadershipLost;
import org.reassign.core.store.Store;

/** One term of leadership: recovers what is stored, then takes turns. Used by the loop's thread only. */
final class Term implements BrokerQueues.Replies, AutoCloseable {
    private final TermContext mandate;
    private final Store store;
    private final ActiveSettings active;
    private final ClusterState cluster = new ClusterState();
    private final Refusals refusals = new Refusals();
    private final BrokerQueues lines;
    private final Requests requests;
    private final Cleanup housekeeping;
    private final StateTracker tracking;
    private final TopicObserver topics;
    private final BrokerMembership membership;
    private final MinInSync minInSync;
    private final AdmissionWaves waves;
    private final Admission admission;
    private final TurnExecutor performance;
    private boolean told;
    private boolean over;

    Term(TermContext mandate, Gateway gateway) {
        this.mandate = mandate;
        store = new Store(mandate.zk(), mandate.fence(), mandate.settings().writeMode());
        active = new ActiveSettings(mandate, store);
        DeadlinedDropPolicy policy = new DeadlinedDropPolicy(mandate.plugins().dropPolicy(), mandate.listener());
        lines = new BrokerQueues(
                gateway,
                mandate.fence(),
                mandate.timers(),
                mandate.settings().retryDelay(),
                mandate.loop()::mark,
                this);
        requests = new Requests(mandate);
        Answers answers = new Answers(requests, refusals, mandate.listener());
        housekeeping = new Cleanup(mandate, store, cluster, requests, refusals, lines);
        CompletionBatching lingering = new CompletionBatching(mandate, cluster);
        tracking = new StateTracker(mandate, cluster, lingering, housekeeping::notificationsRead);
        topics = new TopicObserver(mandate, store, cluster, tracking, lines, answers);
        membership = new BrokerMembership(mandate, cluster, tracking, lines, housekeeping);
        minInSync = new MinInSync(mandate.zk());
        DropProposal drops = new DropProposal(minInSync, cluster, policy);
        waves = new AdmissionWaves(mandate, cluster);
        admission = new Admission(mandate, cluster, topics, tracking, requests, answers, minInSync, drops, waves);
        CommittedEffects consequences = new CommittedEffects(mandate, cluster, tracking, lines, answers);
        performance = new TurnExecutor(
                mandate, store, cluster, topics, requests, answers, minInSync, lingering, consequences);
    }

    Fence fence() {
        return mandate.fence();
    }

    ZkPort zk() {
        return mandate.zk();
    }

    /**
     * Recovery: roots, debts, topics with their records, brokers; then what is in flight is taken up, its epochs to be
     * raised, and what was missed while nobody led is tended.
     */
    void begin() {
        Roots.make(mandate, store);
        active.publish();
        refusals.load(mandate.zk());
        housekeeping.begin();
        topics.begin();
        membership.begin();
        tracking.watch(cluster.inFlight(), PartitionState::recovered);
        membership.tendWhatWasMissed(active.tendedBefore());
    }

    void turn() {
        minInSync.forget();
        membership.refresh();
        topics.refresh();
        SortedMap<TopicPartition, Admission.Taken> accepted = admission.admit();
        tracking.readAfresh();
        performance.turn(accepted);
        waves.turned();
        housekeeping.turn();
        lines.flush();
        told |= lines.idle();
        if (!active.isTended() && lines.idle() && topics.missesNone() && !hasUndecided()) {
            active.tend();
        }
    }

    /** Whether partitions are to be looked at again, of which nobody may have been told. */
    private boolean hasUndecided() {
        return !cluster.dirty.isEmpty() || !cluster.unread.isEmpty();
    }

    /** Whether every broker has heard what recovery had to say, or has failed to answer. */
    boolean recovered() {
        return told || lines.anyFails();
    }

    /** Whether another turn must follow although nothing has happened since. */
    boolean hasMore() {
        return (hasUndecided() || cluster.foldDue) && !performance.pauses();
    }

    boolean idle() {
        return cluster.tracked.isEmpty()
                && tracking.isComplete()
                && cluster.dirty.isEmpty()
                && lines.idle()
                && requests.idle()
                && housekeeping.idle();
    }

    /** The connection was lost and is back: what happened in between may not have been told. */
    void reconnected() {
        tracking.reread();
        requests.invalidate();
        membership.mayHaveChanged();
        housekeeping.invalidate();
        cluster.topicsStale = true;
        cluster.foldDue = true;
    }

    @Override
    public void sent(int broker, BrokerRequest request) {
        mandate.listener().sent(broker, request);
    }

    @Override
    public void epochConfirmed(int broker, TopicPartition partition, int leaderEpoch) {
        cluster.partition(partition).ifPresent(p -> cluster.change(p.leaderAndIsrAnswered(broker, leaderEpoch)));
    }

    @Override
    public void stopped(int broker, StopPartition stop) {
        cluster.partition(stop.partition()).ifPresent(p -> cluster.change(p.stopAnswered(broker)));
        housekeeping.paid(broker, stop.partition());
    }

    @Override
    public void fenced(int broker, StopPartition stop) {
        cluster.partition(stop.partition())
                .filter(p -> p.leaving().contains(broker) && p.state().leaderEpoch() == stop.leaderEpoch())
                .map(PartitionState::stopFenced)
                .ifPresent(cluster::change);
    }

    @Override
    public void unanswered(int broker, StopPartition stop) {
        cluster.partition(stop.partition()).ifPresent(p -> cluster.change(p.stopUnanswered(broker)));
    }

    @Override
    public void deposed(int broker) {
        if (over) {
            return; // a late answer, while a later term of the same controller may lead
        }
        throw new LeadershipLost("broker " + broker + " knows a newer controller than epoch " + fence().epoch(), null);
    }

    @Override
    public void restarted(int broker) {
        membership.mayHaveChanged();
    }

    @Override
    public void close() {
        over = true;
        tracking.close();
    }
}
