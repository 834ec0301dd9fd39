package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.lead.OfficeSettings;
import org.reassign.core.store.WriteMode;

/**
 * Random moves of real brokers with random faults. In each round some partitions get a target, a fault happens after so many
 * steps of the controller, and some of the partitions get another target or are cancelled. Once all is settled, {@link
 * SettledCluster} must hold, and producer and consumer group have lost nothing. The same seed draws the same rounds;
 * brokers and clients take part in them at their own pace.
 */
final class RealRounds implements AutoCloseable {
    private static final Set<OfficeSettings.Mode> MODES = EnumSet.allOf(OfficeSettings.Mode.class);
    private static final int PARTITIONS = 4;
    private static final int MOST_STEPS = 40;
    private static final OfficeSettings OFFICE = new OfficeSettings(
            OfficeSettings.Mode.WHILE_BUSY, Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofMinutes(2));

    private final RealBrokers brokers;
    private final long seed;
    private final Random random;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final RealClients clients;
    private final ZkPort requester;
    private final ControllerLog log = new ControllerLog();
    /** Each comes once before any comes again. */
    private final List<RealFault> faults = new ArrayList<>(List.of(RealFault.values()));

    /** The one that was longest not in use comes first. */
    private final List<OfficeSettings.Mode> modes = new ArrayList<>(List.of(OfficeSettings.Mode.values()));

    private OurController controller;
    private boolean visits;

    /** Rounds that move a topic of this name, which clients use, one that they do not use, and the group's offsets. */
    RealRounds(RealBrokers brokers, String topic, long seed) {
        this.brokers = brokers;
        this.seed = seed;
        this.random = new Random(seed);
        Collections.shuffle(modes, random);
        create(topic);
        this.clients = new RealClients(brokers, List.copyOf(partitions));
        create(topic + "-idle");
        partitions.add(RealBrokers.OFFSETS);
        this.requester = brokers.server.sessions().open("requester");
        this.controller = next(MODES);
    }

    /** The seed that is asked for by {@code reassign.brokers.seed}, or a new one. */
    static long seed() {
        return Optional.of(Long.getLong("reassign.brokers.seed", 0))
                .filter(given -> given != 0)
                .orElseGet(System::nanoTime);
    }

    private void create(String topic) {
        brokers.create(
                topic,
                IntStream.range(0, PARTITIONS)
                        .mapToObj(p -> RoundTargets.draw(random, brokers.ids))
                        .toList());
        IntStream.range(0, PARTITIONS).forEach(p -> partitions.add(new TopicPartition(topic, p)));
    }

    private OurController next(Set<OfficeSettings.Mode> allowed) {
        OfficeSettings.Mode mode =
                modes.stream().filter(allowed::contains).findFirst().orElseThrow();
        modes.remove(mode);
        modes.add(mode);
        visits = mode == OfficeSettings.Mode.VISITS;
        Choice choice = new Choice(
                mode == OfficeSettings.Mode.VISITS ? "kip-455" : any(Choice.LAYOUTS.keySet()),
                any(Choice.WATCHERS.keySet()),
                any(Choice.DROP_POLICIES.keySet()),
                Choice.DEFAULT.conflictPolicy(),
                Choice.DEFAULT.channel(),
                any(EnumSet.allOf(WriteMode.class)));
        return new OurController(brokers, choice, OFFICE.with(mode), log);
    }

    private <T> T any(Set<T> choices) {
        return List.copyOf(choices).get(random.nextInt(choices.size()));
    }

    /** Plays so many rounds; fails in the first one after which something does not hold. */
    void play(int rounds) {
        System.err.println("real brokers: " + rounds + " rounds of seed " + seed);
        for (int round = 0; round < rounds; round++) {
            if (round % faults.size() == 0) {
                Collections.shuffle(faults, random);
            }
            RealFault fault = faults.get(round % faults.size());
            long began = System.nanoTime();
            try {
                play(fault, random.nextInt(brokers.ids.size()));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "round " + round + " of seed " + seed + ", " + fault + ", in the end " + controller + ":\n"
                                + log,
                        e);
            }
            log.clear();
            System.err.printf(
                    "round %d, %s: %d ms, %d records acknowledged%n",
                    round, fault, (System.nanoTime() - began) / 1_000_000, clients.acknowledged());
        }
    }

    private void play(RealFault fault, int victim) {
        if (visits && fault.endsBroker()) {
            // what is left to Kafka's controller is its own: it never deletes a replica of a broker that was dead when
            // it completed
            controller.stop();
            brokers.awaitKafkasController();
            controller = next(EnumSet.complementOf(EnumSet.of(OfficeSettings.Mode.VISITS)));
        }
        RoundTargets targets = new RoundTargets(
                random,
                brokers.ids,
                partitions.stream().collect(Collectors.toMap(Function.identity(), brokers::assigned)));
        CompletableFuture<Void> moment = controller.step(random.nextInt(MOST_STEPS));
        submit(targets.ask());
        if (fault.endsBroker()) {
            awaitRecorded();
        }
        RealBrokers.eventually(
                "the moment for the fault",
                () -> assertThat(moment.isDone() || isIdle()).isTrue());
        log.say(fault + " at broker " + victim);
        try {
            happen(fault, victim);
            submit(targets.changeMinds(fault.endsBroker() ? Optional.of(victim) : Optional.empty()));
        } finally {
            heal(fault, victim);
        }
        if (random.nextInt(4) == 0) {
            clients.rotate();
        }
        new SettledCluster(brokers).await(() -> targets.ends(log::lackedBroker));
        clients.assertUnharmed();
    }

    private void submit(Map<TopicPartition, Optional<Replicas>> targets) {
        if (targets.isEmpty()) {
            return;
        }
        log.say("asked " + targets);
        RealBrokers.join(controller.submit(requester, targets));
    }

    private void awaitRecorded() {
        RealBrokers.eventually(
                "requests that are recorded",
                () -> assertThat(brokers.requests()).isEmpty());
    }

    private boolean isIdle() {
        return controller.idle() && brokers.requests().isEmpty();
    }

    private void happen(RealFault fault, int victim) {
        switch (fault) {
            case NONE -> {}
            case CONTROLLER_KILLED -> {
                controller.kill();
                controller = next(MODES);
            }
            case CONTROLLER_LEAVES -> {
                controller.stop();
                brokers.awaitKafkasController();
                controller = next(MODES);
            }
            case CONNECTION_CUT -> brokers.server.sessions().cut("controller");
            case SESSION_EXPIRED -> controller.session().ifPresent(brokers.server::expire);
            case OFFICE_TAKEN -> {
                var unused = brokers.zk.commit(List.of(ZkWrite.delete("/controller", ZkWrite.ANY_VERSION)));
            }
            case ZOOKEEPER_RESTARTED -> brokers.server.restart();
            case BROKER_PAUSED -> brokers.pause(victim);
            case BROKER_ASLEEP -> {
                brokers.pause(victim);
                brokers.expire(victim);
            }
            case BROKER_KILLED -> {
                brokers.kill(victim);
                brokers.expire(victim);
            }
        }
    }

    private void heal(RealFault fault, int victim) {
        switch (fault) {
            case BROKER_PAUSED, BROKER_ASLEEP -> brokers.resume(victim);
            case BROKER_KILLED -> RealBrokers.join(brokers.lab.start(victim, Optional.empty()));
            default -> {}
        }
    }

    @Override
    public void close() {
        controller.close();
        requester.close();
        clients.close();
    }
}
