package org.reassign.core.run;

import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.spi.IsrWatcher.IsrReport;
import org.reassign.api.spi.IsrWatcher.IsrWatch;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.store.Fence;
import org.reassign.core.store.LeadershipLost;
import org.reassign.core.store.Store;

/** One term of leadership: recovers what is stored, then takes turns. Used by the loop's thread only. */
final class Term implements BrokerLines.Replies, AutoCloseable {
    private final ZkPort zk;
    private final Fence fence;
    private final Plugins plugins;
    private final Store store;
    private final ClusterState cluster = new ClusterState();
    private final PolicyDesk policy;
    private final BrokerLines lines;
    private final IsrWatch watch;
    private final Requests requests;
    private final Refusals refusals = new Refusals();
    private final Housekeeping housekeeping;
    private final Intake intake;
    private final Performance performance;

    Term(
            ZkPort zk,
            Fence fence,
            Gateway gateway,
            Plugins plugins,
            ControllerSettings settings,
            Timers timers,
            ControllerListener listener,
            Loop loop) {
        this.zk = zk;
        this.fence = fence;
        this.plugins = plugins;
        store = new Store(zk, fence, settings.writeMode());
        policy = new PolicyDesk(plugins.dropPolicy(), listener);
        lines = new BrokerLines(gateway, fence, loop, timers, settings.retryDelay(), listener, this);
        requests = new Requests(plugins, zk, loop);
        watch = plugins.watcher().plugin().open(zk, report -> loop.mark(() -> observe(report)));
        TopicReading topics = new TopicReading(zk, plugins.layout().plugin(), listener);
        Answers answers = new Answers(requests, refusals, listener);
        Retargeting retargeting = new Retargeting(zk, cluster, policy);
        housekeeping = new Housekeeping(zk, store, cluster, requests, refusals, lines, loop, timers, settings);
        performance = new Performance(
                plugins,
                settings,
                fence,
                store,
                cluster,
                topics,
                requests,
                answers,
                lines,
                watch,
                retargeting,
                new Lingering(settings.completionLinger(), timers, loop, cluster),
                timers,
                listener);
        intake = new Intake(
                zk,
                plugins,
                settings,
                cluster,
                topics,
                requests,
                answers,
                lines,
                watch,
                retargeting,
                performance,
                housekeeping,
                timers,
                listener,
                loop);
    }

    Fence fence() {
        return fence;
    }

    /** Recovery: roots, debts, topics with their records, brokers; all brokers are told of each other first. */
    void begin() {
        Roots.make(zk, store, plugins);
        refusals.load(zk);
        housekeeping.begin(!plugins.watcher().plugin().readsNotifications());
        intake.begin();
    }

    void turn() {
        intake.take();
        performance.turn(intake.accepted());
        housekeeping.turn();
        lines.flush();
    }

    /** Whether another turn must follow although nothing has happened since. */
    boolean hasMore() {
        return !cluster.dirty.isEmpty() || !cluster.unread.isEmpty() || performance.foldDue();
    }

    boolean idle() {
        return cluster.tracked.isEmpty()
                && cluster.dirty.isEmpty()
                && lines.idle()
                && requests.idle()
                && housekeeping.idle();
    }

    /** The connection was lost and is back: what happened in between may not have been told. */
    void reconnected() {
        watch.reread();
        requests.invalidate();
        intake.invalidate();
        housekeeping.invalidate();
    }

    private void observe(IsrReport report) {
        report.states().forEach(intake::observed);
        housekeeping.notificationsRead(report.notifications());
    }

    @Override
    public void knows(int broker, TopicPartition partition, int leaderEpoch) {
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
        throw new LeadershipLost("broker " + broker + " knows a newer controller than epoch " + fence.epoch(), null);
    }

    @Override
    public void restarted(int broker) {
        intake.brokersMayHaveChanged();
    }

    @Override
    public void close() {
        watch.close();
        policy.close();
    }
}
