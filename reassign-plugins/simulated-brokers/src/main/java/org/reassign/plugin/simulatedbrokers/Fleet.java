package org.reassign.plugin.simulatedbrokers;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkSessions;

/**
 * All brokers of the gateway, their disks and what flows between them. Only on the timers' thread, but for {@link
 * #disk} and {@link #bytesCopied}.
 *
 * <p>Whatever happens marks partitions; the next task of the timers reviews those marked, all at once, shares the
 * bandwidth anew and asks to be woken when the next copy is done.
 */
final class Fleet {
    private static final long BYTES_PER_SECOND = 50_000_000;
    private static final Duration ISR_NOTIFICATION_LINGER = Duration.ofMillis(50);
    private static final Duration NO_ANSWER_DELAY = Duration.ofMillis(50);
    private static final int FIRST_EPOCH = 0;
    private static final int FIRST_VERSION = 0;

    private final ZkSessions sessions;
    private final Timers timers;
    private final SortedMap<Integer, SimulatedBroker> running = new TreeMap<>();
    private final SortedSet<TopicPartition> marked = new TreeSet<>();
    private final Disks disks = new Disks();
    private final Flows flows = new Flows(BYTES_PER_SECOND);
    private final Holds holds = new Holds();
    private final Replication replication = new Replication(running, disks, flows, holds);
    private Duration isrNotificationLinger = ISR_NOTIFICATION_LINGER;
    private boolean reviewing;
    private long wakeMillis = Long.MAX_VALUE;

    Fleet(ZkSessions sessions, Timers timers) {
        this.sessions = sessions;
        this.timers = timers;
    }

    Timers timers() {
        return timers;
    }

    Duration isrNotificationLinger() {
        return isrNotificationLinger;
    }

    Holds holds() {
        return holds;
    }

    /** The brokers that run now. */
    SortedSet<Integer> running() {
        return new TreeSet<>(running.keySet());
    }

    Optional<SimulatedBroker> running(int broker) {
        return Optional.ofNullable(running.get(broker));
    }

    void replication(long bytesPerSecondPerBroker, Duration linger) {
        isrNotificationLinger = linger;
        flows.bandwidth(bytesPerSecondPerBroker);
        touch(List.of());
    }

    /** Starts a broker that does not run; the stage completes when it is registered. */
    CompletionStage<Void> start(int id, Optional<String> rack) {
        Registration registration = new Registration(id, rack, sessions, timers);
        SimulatedBroker broker = new SimulatedBroker(id, this, new BrokerMemory(id, disks.of(id)), registration);
        running.put(id, broker);
        return registration.begin().whenComplete((done, failure) -> {
            if (failure != null) {
                running.remove(id, broker);
                registration.end();
            }
        });
    }

    /** Ends a running broker and its session. */
    void kill(SimulatedBroker broker) {
        running.remove(broker.id(), broker);
        touch(broker.memory().partitions());
        broker.registration().end();
    }

    /** Has a broker answer a request, once it is registered; fails a little later where it does not run. */
    void deliver(int id, BrokerRequest request, CompletableFuture<BrokerReply> reply) {
        SimulatedBroker broker = running.get(id);
        if (broker == null) {
            timers.after(NO_ANSWER_DELAY, () -> reply.completeExceptionally(noAnswer(id)));
            return;
        }
        broker.registration()
                .done()
                .whenComplete((done, failure) -> timers.run(() -> {
                    if (failure == null && running.get(id) == broker) {
                        answer(broker, request, reply);
                    } else {
                        reply.completeExceptionally(noAnswer(id));
                    }
                }));
    }

    private void answer(SimulatedBroker broker, BrokerRequest request, CompletableFuture<BrokerReply> reply) {
        BrokerReply answer =
                broker.memory().answer(request, broker.registration().epoch());
        touch(partitions(request));
        reply.complete(answer);
    }

    /** Gives a topic's replicas all their data and tells the brokers their roles. */
    void put(String topic, SortedMap<Integer, Replicas> assigned, long bytesPerPartition) {
        assigned.forEach((number, replicas) -> {
            TopicPartition partition = new TopicPartition(topic, number);
            LeaderAndIsr state = TopicZnodes.firstState(replicas);
            for (int id : replicas.ids()) {
                disks.of(id).put(partition, new Disk.AtRest(bytesPerPartition));
                running(id).ifPresent(broker -> settle(broker, partition, state));
            }
        });
    }

    /** Replaces what brokers have on disk of a topic. */
    void restore(String topic, SortedMap<Integer, Replicas> holders, long bytesPerPartition) {
        disks.deleteTopic(topic);
        holders.forEach((number, brokers) -> brokers.ids()
                .forEach(
                        id -> disks.of(id).put(new TopicPartition(topic, number), new Disk.AtRest(bytesPerPartition))));
    }

    private void settle(SimulatedBroker broker, TopicPartition partition, LeaderAndIsr state) {
        broker.memory().learn(running.keySet());
        if (broker.memory().role(partition).isPresent()) {
            return;
        }
        Role role = state.leader() == broker.id()
                ? new Role.Leading(state, FIRST_VERSION, state.isr(), Role.Writing.IDLE)
                : new Role.Following(state.leader(), FIRST_EPOCH, true);
        broker.memory().become(partition, role);
        touch(List.of(partition));
    }

    /** Has brokers forget a topic and delete its data; one that has died since it was asked has deleted it too. */
    void drop(String topic, Collection<Integer> brokers) {
        holds.releaseTopic(topic);
        for (int id : brokers) {
            running(id).ifPresent(broker -> forget(broker, topic));
            disks.of(id).deleteTopic(topic);
        }
    }

    private void forget(SimulatedBroker broker, String topic) {
        List<TopicPartition> gone = broker.memory().partitions().stream()
                .filter(partition -> partition.topic().equals(topic))
                .toList();
        gone.forEach(broker.memory()::forget);
        touch(gone);
    }

    /** Marks partitions to be reviewed by the next task. */
    void touch(Collection<TopicPartition> partitions) {
        marked.addAll(partitions);
        if (!reviewing) {
            reviewing = true;
            timers.run(this::review);
        }
    }

    /** What a broker has on disk; from any thread. */
    SortedMap<TopicPartition, Long> disk(int broker) {
        return disks.of(broker).bytesAt(timers.nowMillis());
    }

    /** Bytes copied so far; from any thread. */
    long bytesCopied() {
        return flows.copiedAt(timers.nowMillis());
    }

    void close() {
        List.copyOf(running.values()).forEach(this::kill);
    }

    private void review() {
        reviewing = false;
        long now = timers.nowMillis();
        flows.done(now).forEach(copy -> marked.add(copy.partition()));
        List<TopicPartition> due = List.copyOf(marked);
        marked.clear();
        due.forEach(partition -> replication.review(partition, now));
        flows.share(now);
        wakeAt(flows.nextDoneMillis(), now);
    }

    private void wakeAt(long millis, long now) {
        if (millis == wakeMillis) {
            return;
        }
        wakeMillis = millis;
        if (millis == Long.MAX_VALUE) {
            return;
        }
        timers.after(Duration.ofMillis(millis - now), () -> {
            if (wakeMillis == millis) {
                wakeMillis = Long.MAX_VALUE;
                touch(List.of());
            }
        });
    }

    private static IOException noAnswer(int broker) {
        return new IOException("broker " + broker + " does not answer: it is not running");
    }

    private static Collection<TopicPartition> partitions(BrokerRequest request) {
        if (request instanceof BrokerRequest.LeaderAndIsrRequest told) {
            return told.partitions().stream()
                    .map(BrokerRequest.PartitionState::partition)
                    .toList();
        }
        if (request instanceof BrokerRequest.StopReplicaRequest stop) {
            return stop.partitions().stream()
                    .map(BrokerRequest.StopPartition::partition)
                    .toList();
        }
        return List.of();
    }
}
