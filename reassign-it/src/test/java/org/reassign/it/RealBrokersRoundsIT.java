package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.client.Requester;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.Plugins;
import org.reassign.core.memory.BreakableSessions;

/**
 * Random moves of real brokers with data, in {@code -Pbrokers}: in each round partitions get a target and soon another
 * one, and the controller in between goes on, is killed and followed by a new one, or loses its connection. The seed is
 * printed; {@code -Dreassign.brokers.seed} plays it again.
 */
@Isolated
@Timeout(value = 60, unit = TimeUnit.MINUTES)
@EnabledIfSystemProperty(named = "reassign.brokers.rounds", matches = "[1-9][0-9]*")
class RealBrokersRoundsIT {
    private static final int ROUNDS = Integer.getInteger("reassign.brokers.rounds", 0);
    private static final int PARTITIONS = 6;
    private static final int RECORDS = 200;

    private final long seed = Optional.of(Long.getLong("reassign.brokers.seed", 0))
            .filter(given -> given != 0)
            .orElseGet(System::nanoTime);
    private final Random random = new Random(seed);
    private final TreeMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>();

    @Test
    void randomMovesLoseNothing() {
        System.err.println("real brokers: " + ROUNDS + " rounds of seed " + seed);
        try (RealBrokers brokers = new RealBrokers(5);
                ZkPort requester = brokers.server.sessions().open("requester")) {
            brokers.create("t", Collections.nCopies(PARTITIONS, Replicas.of(0, 1)));
            List<TopicPartition> all = IntStream.range(0, PARTITIONS)
                    .mapToObj(p -> new TopicPartition("t", p))
                    .toList();
            List<String> layouts = List.copyOf(Choice.LAYOUTS.keySet());
            List<String> watchers = List.copyOf(Choice.WATCHERS.keySet());
            for (int round = 0; round < ROUNDS; round++) {
                Plugins plugins = Choice.DEFAULT
                        .in(layouts.get(random.nextInt(layouts.size())), Choice.DEFAULT.mode())
                        .watchedBy(watchers.get(random.nextInt(watchers.size())))
                        .plugins(brokers.gateway);
                play(brokers, requester, plugins, all, "t", round);
            }
            for (TopicPartition partition : all) {
                assertThat(brokers.onDisk(partition))
                        .as("disks with %s, seed %s", partition, seed)
                        .containsExactlyInAnyOrderElementsOf(
                                brokers.assigned(partition).ids());
            }
        }
    }

    private void play(
            RealBrokers brokers, ZkPort requester, Plugins plugins, List<TopicPartition> all, String topic, int round) {
        String traffic = topic + "-traffic-" + round;
        brokers.create(traffic, List.of(Replicas.of(0, 1), Replicas.of(2, 3)));
        List<TopicPartition> moved = new ArrayList<>(all);
        IntStream.range(0, 2).forEach(p -> moved.add(new TopicPartition(traffic, p)));
        List<org.apache.kafka.common.TopicPartition> written = IntStream.range(0, 2)
                .mapToObj(p -> new org.apache.kafka.common.TopicPartition(traffic, p))
                .toList();
        BreakableSessions sessions = brokers.server.sessions();
        try (CheckedTraffic records = new CheckedTraffic(brokers.bootstrap(), written, RECORDS);
                ThreadTimers first = new ThreadTimers();
                ThreadTimers second = new ThreadTimers()) {
            Controller controller = started(sessions, brokers, plugins, first);
            submit(plugins, requester, moved);
            int fault = random.nextInt(3);
            if (fault == 1) {
                sessions.cut("controller");
            } else if (fault == 2) {
                controller.kill();
                controller = started(sessions, brokers, plugins, second);
            }
            submit(plugins, requester, moved);
            Controller last = controller;
            await("round " + round + " of seed " + seed)
                    .atMost(RealBrokers.soon().multipliedBy(2))
                    .until(() -> last.idle()
                            && moved.stream()
                                    .allMatch(p -> brokers.assigned(p)
                                            .equals(targets.get(p).orElseThrow())));
            RealBrokers.join(last.stop());
            records.assertComplete();
        }
    }

    private static Controller started(
            BreakableSessions sessions, RealBrokers brokers, Plugins plugins, ThreadTimers timers) {
        Controller controller = new Controller(
                sessions,
                brokers.open,
                plugins,
                ControllerSettings.of(Choice.DEFAULT.mode()),
                timers,
                new ControllerListener() {});
        controller.start();
        await().atMost(RealBrokers.soon()).until(() -> controller.leads() || controller.standsBy());
        return controller;
    }

    private void submit(Plugins plugins, ZkPort requester, List<TopicPartition> partitions) {
        TreeMap<TopicPartition, Optional<Replicas>> asked = new TreeMap<>();
        partitions.forEach(partition -> {
            List<Integer> ids = new ArrayList<>(List.of(0, 1, 2, 3, 4));
            Collections.shuffle(ids, random);
            asked.put(partition, Optional.of(new Replicas(ids.subList(0, 1 + random.nextInt(3)))));
        });
        targets.putAll(asked);
        var unused = RealBrokers.join(
                new Requester(requester, plugins.channels().get(0).plugin())
                        .submit(new ReassignmentRequest(asked, Optional.of("it"), Optional.empty())));
    }
}
