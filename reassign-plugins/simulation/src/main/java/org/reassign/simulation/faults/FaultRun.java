package org.reassign.simulation.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway.Office;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.simulation.BrokerMetadata;
import org.reassign.simulation.Invariants;

/** Plays one run: what was drawn happens, then all heals, and everything must come to its end. */
final class FaultRun {
    /** Virtual seconds in which all must have settled once everything is healed. */
    private static final int SETTLES_SECONDS = 120;
    /**
     * Virtual seconds after which every broker knows what ZooKeeper holds: a controller whose office was taken away last
     * stays away for up to ten minutes.
     */
    private static final int METADATA_SECONDS = 660;

    private final DrawnRun trial;
    private final Transcript transcript;
    private final SimulatedWorld world;
    private final ZkPort somebody;
    private final RequesterProcess requester;
    private final FinalState ending;
    private final TopicSpoiler spoiling;
    /** Brokers with a log directory that has failed. */
    private final Set<Integer> failedDirectories = new TreeSet<>();

    private FaultRun(DrawnRun trial, Candidates candidates, Transcript transcript) {
        this.trial = trial;
        this.transcript = transcript;
        this.world = new SimulatedWorld(trial, candidates, transcript);
        this.somebody = world.zooKeeper().open("somebody");
        this.requester = new RequesterProcess(world, trial.seed());
        this.ending = new FinalState(trial.setup(), world);
        this.spoiling = new TopicSpoiler(world);
    }

    /** Plays; {@code keeps} says whether each step is written down. */
    static Outcome of(DrawnRun trial, Candidates candidates, boolean keeps) {
        Transcript transcript = new Transcript(keeps);
        FaultRun playing = new FaultRun(trial, candidates, transcript);
        Optional<Failure> failure = playing.attempt();
        return new Outcome(
                trial,
                failure,
                playing.world.time().performed(),
                transcript.steps(),
                transcript.faults(),
                transcript.lines());
    }

    private Optional<Failure> attempt() {
        try {
            play();
            return Optional.empty();
        } catch (InvariantBroken failed) {
            return Optional.of(new Failure(failed.kind(), failed.getMessage()));
        } catch (Invariants.Broken broken) {
            return Optional.of(Failure.of(broken));
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            return Optional.of(Failure.of(e));
        } finally {
            world.close();
        }
    }

    private void play() {
        world.begin();
        transcript.begins(world.time().nowMillis());
        trial.drawn().forEach(transcript::fault);
        int end = 0;
        for (ScheduledEvent act : trial.acts()) {
            end = Math.max(end, act.endMillis());
            world.time().after(Duration.ofMillis(act.atMillis()), () -> perform(act.deed()));
        }
        world.time().await(() -> false, Duration.ofMillis(end + 200L));
        heal();
        awaitSettled("after " + SETTLES_SECONDS + " s", this::settled);
        repairLost();
        ending.check();
        if (trial.setup().office() == Office.TAKE_OVER) {
            brokersKnowAll();
        }
    }

    /** Leaders notify of their last ISR changes a little later. */
    private void brokersKnowAll() {
        BrokerMetadata told = new BrokerMetadata(world.stored(), world.lab(), ending::mustKnowIsr);
        boolean same = world.time()
                .await(
                        () -> {
                            world.stored().refresh();
                            return told.differences(Map.of(), ending::isForgotten)
                                    .isEmpty();
                        },
                        Duration.ofSeconds(METADATA_SECONDS));
        if (!same) {
            throw new InvariantBroken(
                    "metadata", "after all has settled " + told.differences(Map.of(), ending::isForgotten));
        }
    }

    private boolean settled() {
        return requester.done() && ending.settled();
    }

    /**
     * An operator shrinks what no controller knows to the replicas in sync, since an assigned broker may have been told
     * to delete its replica; copies it to all brokers, and then asks for what it was at first.
     */
    private void repairLost() {
        if (world.outsider().lostInFlight()) {
            world.outsider().states().depose(); // who leads may not know them
            awaitSettled(
                    "of what was lost", () -> settled() && !world.outsider().lostInFlight());
        }
        world.outsider().putBack(); // where a controller was elected since
        List<String> lost = List.copyOf(world.outsider().lost());
        if (lost.isEmpty()) {
            return;
        }
        world.outsider().lost().clear();
        Replicas all =
                new Replicas(IntStream.range(0, trial.setup().brokers()).boxed().toList());
        operatorAsks(
                lost, partition -> world.stored().state(partition).orElseThrow().isr());
        operatorAsks(lost, partition -> all);
        lost.forEach(world.expected()::repaired);
        lost.forEach(world.invariants()::remembers);
        operatorAsks(lost, this::assignedAtFirst);
    }

    private Replicas assignedAtFirst(TopicPartition partition) {
        return trial.setup().topics().get(partition.topic()).assigned().get(partition.partition());
    }

    private void operatorAsks(List<String> topics, Function<TopicPartition, Replicas> target) {
        SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>();
        for (String topic : topics) {
            for (int number : trial.setup().topics().get(topic).assigned().keySet()) {
                TopicPartition partition = new TopicPartition(topic, number);
                targets.put(partition, Optional.of(target.apply(partition)));
            }
        }
        requester.submit(new ScheduledEvent.Request("payload", targets));
        awaitSettled("after an operator's repair", this::settled);
    }

    private void awaitSettled(String what, BooleanSupplier settled) {
        if (!world.time().await(settled, Duration.ofSeconds(SETTLES_SECONDS))) {
            throw new InvariantBroken("liveness", what + " there is left " + ending.unsettled());
        }
    }

    private void heal() {
        world.says("all heals");
        world.heals();
        ending.healed();
        requester.heal();
        spoiling.mendAll();
        world.outsider().heal();
        world.processes().forEach(ControllerProcess::disarm);
        world.processes().forEach(ControllerProcess::stays);
        world.lab().releaseAll();
        List.copyOf(failedDirectories).forEach(this::restart);
        startAll();
    }

    /** Whoever is dead starts; what was about to start anyhow does it a little later. */
    private void startAll() {
        world.processes().forEach(ControllerProcess::start);
        for (int broker = 0; broker < trial.setup().brokers(); broker++) {
            world.lab().start(broker, Optional.empty());
        }
    }

    private void perform(ScheduledEvent.Deed deed) {
        if (deed instanceof ScheduledEvent.Request request) {
            requester.submit(request);
        } else if (deed instanceof ScheduledEvent.TopicDeletion deletion) {
            delete(deletion);
        } else if (deed instanceof ScheduledEvent.SpoiledTopic spoiled) {
            spoiling.spoil(spoiled);
        } else if (deed instanceof ScheduledEvent.RewrittenTopic rewritten) {
            world.outsider().rewrite(rewritten);
        } else if (deed instanceof ScheduledEvent.RewrittenState rewritten) {
            world.outsider().states().rewrite(rewritten);
        } else if (deed instanceof ScheduledEvent.DeletedRoot deleted) {
            world.outsider().delete(deed, deleted.root(), spoiling::isUnread);
        } else if (deed instanceof ScheduledEvent.LostNotifications lost) {
            world.outsider().delete(deed, lost.root(), spoiling::isUnread);
        } else if (deed instanceof ScheduledEvent.FailedLogDirectory failed) {
            fail(failed);
        } else if (deed instanceof ScheduledEvent.ClosedTopic closed) {
            world.outsider().close(closed);
        } else if (deed instanceof ScheduledEvent.OddChild odd) {
            world.outsider().children().create(odd);
        } else if (deed instanceof ScheduledEvent.BrokerCrash crash) {
            world.happens(deed, "broker " + crash.broker());
            world.lab().kill(crash.broker());
            world.time()
                    .after(
                            Duration.ofMillis(crash.backAfterMillis()),
                            () -> world.lab().start(crash.broker(), Optional.empty()));
        } else if (deed instanceof ScheduledEvent.SlowFollower slow) {
            world.happens(deed, "broker " + slow.broker());
            world.lab().hold(slow.partition(), slow.broker());
            world.time()
                    .after(
                            Duration.ofMillis(slow.millis()),
                            () -> world.lab().release(slow.partition(), slow.broker()));
        } else if (deed instanceof ScheduledEvent.BrokerSessionExpiry expiry) {
            world.happens(deed, "some broker");
            List<ZkPort> sessions = world.brokerSessions();
            world.zooKeeper().expire(sessions.get(expiry.which() % sessions.size()));
        } else if (deed instanceof ScheduledEvent.Network network) {
            world.happens(deed, "the network");
            world.network().turnsBad(network);
        } else if (deed instanceof ScheduledEvent.LostSubmission lost) {
            requester.arm(lost);
        } else if (deed instanceof ScheduledEvent.Deposition) {
            depose(deed);
        } else if (deed instanceof ScheduledEvent.AtController at) {
            disturb(at);
        }
    }

    /** Kafka deletes a topic when all brokers are there, so that none holds data of it, and where it may. */
    private void delete(ScheduledEvent.TopicDeletion deletion) {
        boolean may = !world.outsider().isClosed(deletion.topic());
        if (may && world.stored().live().size() == trial.setup().brokers()) {
            world.happens(deletion, "somebody");
            ending.deleted(deletion.topic(), spoiling.readableIn(deletion.topic()));
            world.lab().deleteTopic(deletion.topic());
        }
    }

    /** Only where the broker has the replica. */
    private void fail(ScheduledEvent.FailedLogDirectory deed) {
        if (!world.lab().disk(deed.broker()).containsKey(deed.partition())) {
            return;
        }
        world.happens(deed, "broker " + deed.broker());
        world.lab().failDisk(deed.partition(), deed.broker());
        failedDirectories.add(deed.broker());
        world.time().after(Duration.ofMillis(deed.millis()), () -> restart(deed.broker()));
    }

    private void restart(int broker) {
        if (failedDirectories.remove(broker)) {
            world.lab().kill(broker);
            world.lab().start(broker, Optional.empty());
        }
    }

    private void depose(ScheduledEvent.Deed deed) {
        if (somebody.exists("/controller").toCompletableFuture().join().isPresent()) {
            world.happens(deed, "somebody");
            somebody.commit(List.of(ZkWrite.delete("/controller", ZkWrite.ANY_VERSION)));
        }
    }

    private void disturb(ScheduledEvent.AtController at) {
        Optional<ControllerProcess> process = at.who() >= 0
                ? Optional.of(world.processes().get(at.who()))
                : world.elected().map(FaultyPort::process);
        if (process.isEmpty() || process.get().dead()) {
            return;
        }
        if (at instanceof ScheduledEvent.AtEffect deed) {
            process.get().arm(deed);
            return;
        }
        world.happens(at, "controller " + process.get().number());
        if (at instanceof ScheduledEvent.LostConnection cut) {
            process.get().cut(cut.millis());
        } else if (at instanceof ScheduledEvent.SessionExpiry) {
            process.get().expire();
        } else if (at instanceof ScheduledEvent.StaleReads stale) {
            process.get().lag(stale.millis());
        }
    }
}
