package org.reassign.cli.controller;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.reassign.api.spi.Lab;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.simulation.scenario.Scenario;

/**
 * Starts the brokers of a cluster in this process, when no others are registered, and its topics.
 *
 * @param cluster brokers and topics
 * @param sessions opens a session for the time of a start
 * @param log says what is started, and what that waits for
 */
record ClusterStart(Scenario cluster, ZkSessions sessions, ControllerLog log) {
    private static final String BROKERS = "/brokers/ids";
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final long RETRY_MILLIS = 1_000;

    /** The name of the cluster. */
    String name() {
        return cluster.name();
    }

    /** Whether the cluster has this broker. */
    boolean hasBroker(int id) {
        return cluster.brokers().stream().anyMatch(broker -> broker.id() == id);
    }

    /** Why other brokers that are registered cannot be commanded. */
    String refusal(SortedSet<Integer> others) {
        return "brokers " + text(others) + " are registered in " + BROKERS + " and are none that --cluster "
                + cluster.file()
                + " starts here; for brokers of Kafka's own choose --gateway takeover, else name another"
                + " ZooKeeper or chroot";
    }

    /** The registered brokers that no lab of this kind has started, or that are not of the cluster. */
    SortedSet<Integer> others(Lab lab) {
        try (ZkPort zk = sessions.open("observer")) {
            SortedSet<Integer> others = new TreeSet<>();
            for (int id : registered(zk)) {
                String text = HostedCluster.done(zk.getData(BROKERS + "/" + id))
                        .map(node -> node.text())
                        .orElse("");
                if (!text.isEmpty() && !(hasBroker(id) && lab.isOwn(id, text))) {
                    others.add(id);
                }
            }
            return others;
        }
    }

    /**
     * Starts everything; blocks until it is started. Where ZooKeeper fails a request, it is tried again, except for what
     * is done.
     *
     * @param wanted whether it is to go on
     * @return whether it is started; false if it was not wanted any more
     */
    boolean start(Lab lab, BooleanSupplier wanted) {
        cluster.replication()
                .ifPresent(how -> lab.replication(how.bytesPerSecondPerBroker(), how.isrNotificationLinger()));
        HostedCluster hosted = new HostedCluster(cluster, lab);
        while (wanted.getAsBoolean()) {
            try (ZkPort zk = sessions.open("observer")) {
                if (!awaitNoOther(hosted.running(), zk, wanted)) {
                    return false;
                }
                hosted.start(zk);
                log.info("this process runs brokers " + text(hosted.running()) + " while it leads" + hosted.topics());
                return true;
            } catch (ZkException | IllegalStateException e) {
                if (wanted.getAsBoolean()) {
                    log.warning("the brokers of " + cluster.name() + " could not be started (" + e.getMessage()
                            + "); tries again");
                    pause(RETRY_MILLIS);
                }
            }
        }
        return false;
    }

    /** Brokers of an earlier process are registered until its sessions end. */
    private boolean awaitNoOther(SortedSet<Integer> own, ZkPort zk, BooleanSupplier wanted) {
        boolean said = false;
        for (SortedSet<Integer> there = others(own, zk); !there.isEmpty(); there = others(own, zk)) {
            if (!wanted.getAsBoolean()) {
                return false;
            }
            if (!said) {
                said = true;
                log.info("brokers " + text(there)
                        + " of another process are still registered; waits for the end of their sessions");
            }
            pause(LOOK_EVERY_MILLIS);
        }
        return wanted.getAsBoolean();
    }

    private static SortedSet<Integer> others(SortedSet<Integer> own, ZkPort zk) {
        SortedSet<Integer> others = registered(zk);
        others.removeAll(own);
        return others;
    }

    private static SortedSet<Integer> registered(ZkPort zk) {
        return HostedCluster.done(zk.getChildren(BROKERS)).orElse(List.of()).stream()
                .filter(name -> name.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(SortedSet<Integer> brokers) {
        return brokers.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
