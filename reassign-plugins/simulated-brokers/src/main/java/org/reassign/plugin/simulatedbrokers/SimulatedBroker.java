package org.reassign.plugin.simulatedbrokers;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkWrite;

/** One running broker, from its start to its death: its memory, its session and what it writes to ZooKeeper. */
final class SimulatedBroker {
    private static final String LOG_DIR_EVENTS = "/log_dir_event_notification";
    private static final String NOTIFICATIONS = "/isr_change_notification";
    private static final Duration RETRY_DELAY = Duration.ofMillis(100);
    /** Partitions per notification: at most 249 characters of topic name each keeps it below 300 kB. */
    private static final int PARTITIONS_PER_NOTIFICATION = 1_000;

    private final int id;
    private final Fleet fleet;
    private final BrokerMemory memory;
    private final Registration registration;
    private final SortedSet<TopicPartition> noted = new TreeSet<>();

    SimulatedBroker(int id, Fleet fleet, BrokerMemory memory, Registration registration) {
        this.id = id;
        this.fleet = fleet;
        this.memory = memory;
        this.registration = registration;
    }

    int id() {
        return id;
    }

    BrokerMemory memory() {
        return memory;
    }

    Registration registration() {
        return registration;
    }

    /** Whom it follows and at which epoch, if it fetches. */
    Optional<Role.Following> following(TopicPartition partition) {
        return memory.role(partition)
                .filter(Role.Following.class::isInstance)
                .map(Role.Following.class::cast)
                .filter(Role.Following::fetching);
    }

    /** What it leads, if it believes it does. */
    Optional<Role.Leading> leading(TopicPartition partition) {
        return memory.role(partition).filter(Role.Leading.class::isInstance).map(Role.Leading.class::cast);
    }

    /** Writes another ISR if nothing else is on its way; conditional on the version it knows. */
    void writeIsr(TopicPartition partition, Role.Leading role, Replicas isr) {
        if (role.writing() != Role.Writing.IDLE || isr.equals(role.state().isr())) {
            return;
        }
        LeaderAndIsr next = role.stateWith(isr);
        memory.become(partition, role.with(Role.Writing.SENT));
        String path = TopicZnodes.statePath(partition);
        Session zk = registration.session();
        zk.then(
                zk.commit(List.of(ZkWrite.setData(path, BrokerJson.state(next), role.zkVersion()))),
                (results, failure) -> {
                    if (failure == null) {
                        written(partition, role, next, results.get(0));
                    } else {
                        failed(partition, role, next, Session.code(failure));
                    }
                });
    }

    private void written(TopicPartition partition, Role.Leading role, LeaderAndIsr next, ZkResult result) {
        if (stillMeant(partition, role)) {
            knows(partition, role, next, result.version());
        }
    }

    private void knows(TopicPartition partition, Role.Leading role, LeaderAndIsr state, int version) {
        memory.become(partition, new Role.Leading(state, version, role.replicas(), Role.Writing.IDLE));
        note(partition);
        fleet.touch(List.of(partition));
    }

    private void failed(TopicPartition partition, Role.Leading role, LeaderAndIsr next, ZkException.Code code) {
        if (!stillMeant(partition, role)) {
            return;
        }
        if (code == ZkException.Code.CONNECTION_LOSS || code == ZkException.Code.SESSION_EXPIRED) {
            fleet.timers().after(RETRY_DELAY, () -> readBack(partition, role, next));
            return;
        }
        memory.become(partition, role.with(Role.Writing.STUCK));
    }

    /** The write may have been done before the connection broke: looks, as Kafka's {@code ReplicationUtils} does. */
    private void readBack(TopicPartition partition, Role.Leading role, LeaderAndIsr next) {
        if (!stillMeant(partition, role)) {
            return;
        }
        Session zk = registration.session();
        zk.then(zk.getData(TopicZnodes.statePath(partition)), (node, failure) -> {
            if (failure != null) {
                failed(partition, role, next, Session.code(failure));
            } else if (stillMeant(partition, role)) {
                compare(partition, role, next, node);
            }
        });
    }

    private void compare(TopicPartition partition, Role.Leading role, LeaderAndIsr next, Optional<ZkNode> node) {
        if (node.isPresent() && node.get().text().equals(BrokerJson.state(next))) {
            knows(partition, role, next, node.get().stat().version());
            return;
        }
        memory.become(partition, role);
        fleet.touch(List.of(partition));
    }

    /** Whether the answer to a write still concerns this broker: it lives and has not been told anything since. */
    private boolean stillMeant(TopicPartition partition, Role.Leading role) {
        return lives()
                && memory.role(partition)
                        .filter(role.with(Role.Writing.SENT)::equals)
                        .isPresent();
    }

    private boolean lives() {
        return fleet.running(id).filter(running -> running == this).isPresent();
    }

    private void note(TopicPartition partition) {
        if (noted.isEmpty()) {
            fleet.timers().after(fleet.isrNotificationLinger(), this::notifyController);
        }
        noted.add(partition);
    }

    private void notifyController() {
        if (!lives()) {
            return;
        }
        List<TopicPartition> partitions = List.copyOf(noted);
        noted.clear();
        for (int i = 0; i < partitions.size(); i += PARTITIONS_PER_NOTIFICATION) {
            int end = Math.min(partitions.size(), i + PARTITIONS_PER_NOTIFICATION);
            notify(NOTIFICATIONS, "isr_change_", BrokerJson.notification(partitions.subList(i, end)));
        }
    }

    /** The log directory of a replica fails, and the controller is notified. */
    void fail(TopicPartition partition) {
        memory.fail(partition);
        fleet.touch(List.of(partition));
        notify(LOG_DIR_EVENTS, "log_dir_event_", BrokerJson.logDirEvent(id));
    }

    private void notify(String root, String prefix, String text) {
        ZkWrite write = ZkWrite.createSequential(root + "/" + prefix, text);
        Session zk = registration.session();
        zk.then(zk.commit(List.of(write)), (results, failure) -> {
            // As in Kafka only a controller makes the root. A notification that comes twice does no harm; one that
            // never
            // comes leaves the controller waiting.
            if (failure != null && lives()) {
                fleet.timers().after(RETRY_DELAY, () -> notify(root, prefix, text));
            }
        });
    }
}
