package org.reassign.cli.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the leading process at a random moment while 500 partitions move, some of which get another target
 * and some of which are cancelled: {@code -Dreassign.kills} times, from the seed {@code -Dreassign.kills.seed}.
 */
class KilledLeaderIT {
    private static final int PARTITIONS = 500;
    private static final int BROKERS = 5;
    private static final int LATEST_MILLIS = 900;

    @TempDir
    private Path temp;

    private final long seed = Long.getLong("reassign.kills.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int started;

    private ProcessOfController start(ZooKeeperOfControllers zooKeeper, Path cluster) throws IOException {
        return ProcessOfController.start(temp, "controller-" + started++, zooKeeper.options("--cluster=" + cluster));
    }

    @Test
    void endsAsAsked() throws Exception {
        System.out.println("KilledLeaderIT: -Dreassign.kills.seed=" + seed);
        Path cluster = Files.writeString(temp.resolve("cluster.yaml"), """
                name: large
                brokers: {count: 5}
                topics:
                  t: {count: 1, partitionsPerTopic: 500, replicationFactor: 2, bytesPerPartition: 20KB}
                replication: {bytesPerSecondPerBroker: 5MB, isrNotificationLinger: 20ms}
                """);
        List<ProcessOfController> processes = new ArrayList<>();
        try (ZooKeeperOfControllers zooKeeper = new ZooKeeperOfControllers()) {
            try {
                processes.add(start(zooKeeper, cluster));
                processes.get(0).awaitLog("leads: all that was");
                for (int kill = 0; kill < Integer.getInteger("reassign.kills", 5); kill++) {
                    processes.add(start(zooKeeper, cluster));
                    processes.get(1).awaitLog("stands by");
                    moveAndKill(zooKeeper, processes.remove(0), "kill " + kill + " of seed " + seed);
                }
                assertThat(processes.get(0).end("TERM")).isZero();
            } finally {
                processes.forEach(ProcessOfController::close);
            }
        }
    }

    private void moveAndKill(ZooKeeperOfControllers zooKeeper, ProcessOfController leader, String what)
            throws Exception {
        Map<Integer, List<Integer>> before = zooKeeper.assigned("t-0");
        assertThat(before).hasSize(PARTITIONS);
        Map<Integer, List<Integer>> expected = new TreeMap<>();
        Map<Integer, List<Integer>> second = new TreeMap<>();
        Map<Integer, List<Integer>> cancelled = new TreeMap<>();
        before.forEach((partition, replicas) -> {
            expected.put(partition, shifted(replicas, 1));
            int choice = random.nextInt(4);
            if (choice == 0) {
                second.put(partition, shifted(replicas, 2));
            } else if (choice == 1) {
                cancelled.put(partition, null);
            }
        });
        long killAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(LATEST_MILLIS));
        zooKeeper.request("t-0", expected);
        zooKeeper.request("t-0", second);
        String cancel = zooKeeper.request("t-0", cancelled);
        expected.putAll(second);
        while (System.nanoTime() < killAt) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        leader.kill();
        leader.close();

        Wait.until(what + " settles", () -> {
            zooKeeper.expireDisconnected();
            return zooKeeper.leftovers().isEmpty()
                    && !zooKeeper.text("/controller").isEmpty();
        });
        cancelled.keySet().forEach(partition -> expected.put(partition, before.get(partition)));
        for (String refused : names(zooKeeper, cancel)) {
            int partition = Integer.parseInt(refused.substring("t-0-".length()));
            expected.put(partition, shifted(before.get(partition), 1));
        }
        assertThat(zooKeeper.assigned("t-0")).as(what).isEqualTo(expected);
        for (int partition : List.of(0, PARTITIONS - 1)) {
            assertThat(zooKeeper.isr("t-0", partition)).containsExactlyInAnyOrderElementsOf(expected.get(partition));
        }
    }

    /** Partitions whose move was done before the cancel came. */
    private static List<String> names(ZooKeeperOfControllers zooKeeper, String cancel) throws IOException {
        List<String> names = new ArrayList<>();
        zooKeeper.refusals(cancel).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<Integer> shifted(List<Integer> replicas, int by) {
        return replicas.stream().map(id -> (id + by) % BROKERS).toList();
    }
}
