package org.reassign.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.spi.IsrWatcher.IsrWatch;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;

/** Brokers that change ISRs on one session, and an ISR watch on another, with all that it has reported. */
final class WatchedCluster implements AutoCloseable {
    private static final String NOTIFICATIONS = "/isr_change_notification";

    private final ZkPort brokers;
    private final ZkPort session;
    private final InterruptiblePort controller;
    private final IsrWatch watch;
    private final ReportLog log = new ReportLog();

    WatchedCluster(ZkSessions sessions, IsrWatcher watcher) {
        this(sessions, watcher, true, false);
    }

    private WatchedCluster(ZkSessions sessions, IsrWatcher watcher, boolean withRoot, boolean broken) {
        brokers = sessions.open("brokers");
        session = sessions.open("controller");
        controller = new InterruptiblePort(session, watcher.watchesRecursively());
        commit(ZkWrite.create("/brokers", ""), ZkWrite.create("/brokers/topics", ""));
        if (withRoot) {
            createNotificationRoot();
        }
        if (broken) {
            controller.breakConnection();
        }
        watch = watcher.open(controller, log::take);
    }

    /** One whose watch is opened while the connection is broken. */
    static WatchedCluster broken(ZkSessions sessions, IsrWatcher watcher) {
        return new WatchedCluster(sessions, watcher, true, true);
    }

    /** One in which {@code /isr_change_notification} does not exist yet. */
    static WatchedCluster withoutNotificationRoot(ZkSessions sessions, IsrWatcher watcher) {
        return new WatchedCluster(sessions, watcher, false, false);
    }

    IsrWatch watch() {
        return watch;
    }

    InterruptiblePort port() {
        return controller;
    }

    void createNotificationRoot() {
        commit(ZkWrite.create(NOTIFICATIONS, ""));
    }

    /** Writes the first {@code state} of partitions, version 0. */
    void create(TopicPartition... partitions) {
        for (TopicPartition partition : partitions) {
            String topic = "/brokers/topics/" + partition.topic();
            List<ZkWrite> writes = new ArrayList<>();
            for (String parent :
                    List.of(topic, topic + "/partitions", topic + "/partitions/" + partition.partition())) {
                if (await(brokers.exists(parent)).isEmpty()) {
                    writes.add(ZkWrite.create(parent, ""));
                }
            }
            writes.add(ZkWrite.create(state(partition), "{\"version\":1,\"leader\":0,\"isr\":[0]}"));
            await(brokers.commit(writes));
        }
    }

    /** Changes an ISR as a leader does: {@code state}, then a notification. */
    void change(TopicPartition partition) {
        changeWithoutNotifying(partition);
        notifyOf(partition);
    }

    /** Writes {@code state} on the session of the watch, as the core does. */
    void writeAsCore(TopicPartition partition) {
        await(session.commit(List.of(
                ZkWrite.setData(state(partition), "{\"version\":1,\"leader\":0,\"isr\":[0]}", ZkWrite.ANY_VERSION))));
    }

    void changeWithoutNotifying(TopicPartition partition) {
        commit(ZkWrite.setData(state(partition), "{\"version\":1,\"leader\":0,\"isr\":[0,1]}", ZkWrite.ANY_VERSION));
    }

    /** Notifies of a partition; returns the notification's path. */
    String notifyOf(TopicPartition partition) {
        return notifyWith("{\"version\":1,\"partitions\":[{\"topic\":\"" + partition.topic() + "\",\"partition\":"
                + partition.partition() + "}]}");
    }

    String notifyWith(String text) {
        return commit(ZkWrite.createSequential(NOTIFICATIONS + "/isr_change_", text))
                .get(0)
                .path();
    }

    /** Deletes all notifications, as the core does. */
    void deleteNotifications() {
        for (String name : await(brokers.getChildren(NOTIFICATIONS)).orElseThrow()) {
            commit(ZkWrite.delete(NOTIFICATIONS + "/" + name, ZkWrite.ANY_VERSION));
        }
    }

    /** Adds partitions and returns what the stage brings. */
    SortedMap<TopicPartition, Optional<ZkNode>> add(TopicPartition... partitions) {
        return await(watch.add(List.of(partitions)));
    }

    /** Adds partitions whose {@code state} exists, and returns the versions that it read. */
    List<Integer> versionsOfAdded(TopicPartition... partitions) {
        return add(partitions).values().stream()
                .map(node -> node.orElseThrow().stat().version())
                .toList();
    }

    /** Adds a partition and returns what the stage fails with, or null. */
    Throwable failureToAdd(TopicPartition partition) {
        return await(watch.add(List.of(partition)).handle((added, failure) -> failure));
    }

    void awaitVersion(TopicPartition partition, int version) {
        log.await("a report of " + partition + " at version " + version, () -> log.newest(partition) >= version);
    }

    void awaitNotifications(int count) {
        log.await(
                count + " notifications reported as read",
                () -> log.notifications().size() >= count);
    }

    /** Waits until the connection has broken. */
    void awaitBreak() {
        await(controller.broke());
    }

    /** Waits until every event that is on its way to the controller's session has been brought, even if it is broken. */
    void awaitQuiet() {
        CompletableFuture<Void> fired = new CompletableFuture<>();
        await(session.getData("/brokers", event -> fired.complete(null)));
        commit(ZkWrite.setData("/brokers", "quiet", ZkWrite.ANY_VERSION));
        await(fired);
    }

    /** The newest version reported, −1 where none was. */
    int newest(TopicPartition partition) {
        return log.newest(partition);
    }

    /** How often a version was reported. */
    int reportsOf(TopicPartition partition, int version) {
        return log.reportsOf(partition, version);
    }

    Set<TopicPartition> reported() {
        return log.reported();
    }

    List<String> notifications() {
        return log.notifications();
    }

    /** Forgets all reports so far. */
    void forget() {
        log.forget();
    }

    private List<ZkResult> commit(ZkWrite... writes) {
        return await(brokers.commit(List.of(writes)));
    }

    /** Where a partition's leader and ISR stand. */
    static String state(TopicPartition partition) {
        return "/brokers/topics/" + partition.topic() + "/partitions/" + partition.partition() + "/state";
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(ReportLog.DEADLINE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        watch.close();
        controller.close();
        brokers.close();
    }
}
