package org.reassign.cli.controller;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Lab;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.store.StateJson;
import org.reassign.simulation.scenario.Scenario;

/**
 * Starts the brokers of a cluster in this process. Topics that are missing are made. Of those that exist, replicas in the
 * ISR have their data and all others are empty: the brokers that had them ended with an earlier process.
 *
 * @param cluster brokers and topics
 * @param sessions opens a session for the time of a start
 * @param log says what is started, and what that waits for
 */
record ClusterStart(Scenario cluster, ZkSessions sessions, ControllerLog log) {
    private static final String BROKERS = "/brokers/ids";
    private static final String TOPICS = "/brokers/topics/";
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final long RETRY_MILLIS = 1_000;

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
                String text = done(zk.getData(BROKERS + "/" + id))
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
     * Starts everything; blocks until it is started, and tries again where ZooKeeper fails a request.
     *
     * @param wanted whether it is to go on
     * @return whether it is started; false if it was not wanted any more
     */
    boolean start(Lab lab, BooleanSupplier wanted) {
        cluster.replication()
                .ifPresent(how -> lab.replication(how.bytesPerSecondPerBroker(), how.isrNotificationLinger()));
        while (wanted.getAsBoolean()) {
            try (ZkPort zk = sessions.open("observer")) {
                return awaitNoBroker(zk, wanted) && start(lab, zk);
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
    private boolean awaitNoBroker(ZkPort zk, BooleanSupplier wanted) {
        boolean said = false;
        for (SortedSet<Integer> there = registered(zk); !there.isEmpty(); there = registered(zk)) {
            if (!wanted.getAsBoolean()) {
                return false;
            }
            if (!said) {
                said = true;
                log.info("brokers " + text(there)
                        + " of another process are still registered; waits for the end of their" + " sessions");
            }
            pause(LOOK_EVERY_MILLIS);
        }
        return wanted.getAsBoolean();
    }

    private boolean start(Lab lab, ZkPort zk) {
        List<Scenario.TopicPlan> missing = cluster.topics().values().stream()
                .filter(topic -> !restore(topic, lab, zk))
                .toList();
        all(cluster.brokers().stream()
                .map(broker -> lab.start(broker.id(), broker.rack()))
                .toList());
        all(missing.stream()
                .map(topic -> lab.createTopic(
                        topic.name(), topic.assigned(), topic.bytesPerPartition(), cluster.minInSyncReplicas()))
                .toList());
        SortedSet<Integer> ids =
                cluster.brokers().stream().map(Scenario.BrokerPlan::id).collect(Collectors.toCollection(TreeSet::new));
        int restored = cluster.topics().size() - missing.size();
        log.info("this process runs brokers " + text(ids) + " while it leads"
                + (missing.isEmpty() ? "" : "; made " + missing.size() + " topics")
                + (restored == 0 ? "" : "; of " + restored + " topics, replicas in the ISR have their data"));
        return true;
    }

    /** Whether the topic exists; if so, its replicas in the ISR get their data. */
    private boolean restore(Scenario.TopicPlan topic, Lab lab, ZkPort zk) {
        if (done(zk.exists(TOPICS + topic.name())).isEmpty()) {
            return false;
        }
        List<Integer> partitions =
                done(zk.getChildren(TOPICS + topic.name() + "/partitions")).orElse(List.of()).stream()
                        .filter(name -> name.matches("[0-9]{1,9}"))
                        .map(Integer::valueOf)
                        .toList();
        SortedMap<Integer, CompletableFuture<Replicas>> reads = new TreeMap<>();
        partitions.forEach(number -> reads.put(number, isr(zk, new TopicPartition(topic.name(), number))));
        SortedMap<Integer, Replicas> holders = new TreeMap<>();
        reads.forEach((number, isr) -> holders.put(number, done(isr)));
        done(lab.restoreTopic(topic.name(), holders, topic.bytesPerPartition()));
        return true;
    }

    private static CompletableFuture<Replicas> isr(ZkPort zk, TopicPartition partition) {
        return zk.getData(StateJson.path(partition))
                .thenApply(node -> node.flatMap(at -> StateJson.decode(at.text()))
                        .map(LeaderAndIsr::isr)
                        .orElse(Replicas.NONE))
                .toCompletableFuture();
    }

    private static SortedSet<Integer> registered(ZkPort zk) {
        return done(zk.getChildren(BROKERS)).orElse(List.of()).stream()
                .filter(name -> name.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(SortedSet<Integer> brokers) {
        return brokers.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static void all(List<? extends CompletionStage<?>> stages) {
        stages.forEach(ClusterStart::done);
    }

    private static <T> T done(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
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
