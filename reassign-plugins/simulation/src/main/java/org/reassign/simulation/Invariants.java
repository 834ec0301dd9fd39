package org.reassign.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.LeaderAndIsrRequest;
import org.reassign.api.spi.BrokerRequest.StopReplicaRequest;
import org.reassign.api.spi.BrokerRequest.UpdateMetadataRequest;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Fence;
import org.reassign.core.store.TopicReader;

/**
 * The invariants of the protocol, checked at every commit of every actor and at every request to a broker, on what
 * ZooKeeper and the brokers' disks hold at that moment. A broken one throws {@link Broken}, which ends the run.
 *
 * <p>Invariant 2, that a crash changes nothing of the end, is what the sweeps compare.
 */
public final class Invariants {
    static final String CONTROLLER = "controller";
    private static final String ACTIVE = "/reassign/active";
    private static final Pattern STATE = Pattern.compile("/brokers/topics/([^/]+)/partitions/([0-9]+)/state");
    private static final Pattern TOPIC = Pattern.compile("/brokers/topics/([^/]+)");

    private final Map<Integer, Map<TopicPartition, Long>> disks = new HashMap<>();
    private final StoredState stored;
    private final Supplier<Lab> lab;
    private final Set<Integer> brokers = new TreeSet<>();
    private final Map<String, TopicSnapshot> topics = new HashMap<>();
    private final OutsideWrites outside;
    private final IsrRules isr;
    private final Commands commands;
    private final Optional<NoRedundantWrites> thrift;
    private final BrokersAsRead asRead = new BrokersAsRead();
    private String layout = "";
    private int fence = -1;
    private Optional<Broken> broken = Optional.empty();

    Invariants(StoredState stored, Supplier<Lab> lab) {
        this.stored = stored;
        this.lab = lab;
        this.outside = new OutsideWrites(stored);
        this.isr = new IsrRules(stored, this::require);
        this.commands = new Commands(outside, this::require);
        this.thrift = Optional.of(new NoRedundantWrites(stored, this::require));
    }

    /** The same for controllers that keep their records in one layout, of which several may be alive: thrift is not asked. */
    public Invariants(StoredState stored, Supplier<Lab> lab, String layout) {
        this.stored = stored;
        this.lab = lab;
        this.outside = new OutsideWrites(stored);
        this.isr = new IsrRules(stored, this::require);
        this.commands = new Commands(outside, this::require);
        this.thrift = Optional.empty();
        this.layout = layout;
    }

    /** A controller that keeps its records in this layout may lead from now on. */
    public void starts(String withLayout) {
        layout = withLayout;
    }

    /** The {@code state} of a partition; where an outsider wrote it last, as it was before. */
    public Optional<LeaderAndIsr> state(TopicPartition partition) {
        return outside.state(partition);
    }

    /** A topic as stored, except what an outsider has overwritten and no controller has written since. */
    public Optional<TopicSnapshot> topic(String name) {
        return outside.topic(name);
    }

    /**
     * An outsider has overwritten this topic, and the controller that knew it leads no more: data may lie outside AR,
     * and records that are gone have not ended. What is stored counts from now on.
     */
    public void forgets(String topic) {
        topics.remove(topic);
        outside.forget(topic);
    }

    /** All data of this topic lie within AR again. */
    public void remembers(String topic) {
        outside.remember(topic);
    }

    /** An invariant does not hold. */
    public static final class Broken extends Error {
        private static final long serialVersionUID = 1;

        Broken(int invariant, String how) {
            super("invariant " + invariant + " is broken: " + how);
        }
    }

    /** The controller decides by the brokers that it read last, which need not be those that live. */
    public void listed(String actor, String path, List<String> names) {
        if (actor.startsWith(CONTROLLER) && path.equals("/brokers/ids")) {
            brokers.addAll(asRead.listed(actor, names));
        }
        if (actor.startsWith(CONTROLLER) && path.equals(TopicReader.ROOT)) {
            thrift.ifPresent(NoRedundantWrites::topicsRead);
        }
    }

    /** A controller has read a znode. */
    public void read(String actor, String path, Optional<ZkNode> node) {
        if (actor.startsWith(CONTROLLER) && path.startsWith("/brokers/ids/")) {
            asRead.read(actor, path, node);
        }
    }

    /** Looks at a commit that is about to be made; what is returned looks again once it has been. */
    public Runnable committing(String actor, List<ZkWrite> writes) {
        boolean controls = actor.startsWith(CONTROLLER);
        Runnable thrifty = controls && thrift.isPresent() ? thrift.get().committing(writes) : () -> {};
        SortedMap<TopicPartition, Optional<LeaderAndIsr>> before = new TreeMap<>();
        Set<String> changed = new TreeSet<>();
        Set<String> touched = new TreeSet<>();
        for (ZkWrite write : writes) {
            Matcher state = STATE.matcher(write.path());
            Matcher topic = TOPIC.matcher(write.path());
            if (state.matches()) {
                TopicPartition partition = new TopicPartition(state.group(1), Integer.parseInt(state.group(2)));
                before.put(partition, stored.state(partition));
            } else if (topic.matches()) {
                touched.add(topic.group(1));
                if (write instanceof ZkWrite.SetData) {
                    changed.add(topic.group(1));
                }
            } else {
                touched.addAll(stored.recordedAt(write.path()));
                changed.addAll(stored.recordedAt(write.path()));
            }
        }
        if (OutsideWrites.isOutsider(actor)) {
            return outside.writing(touched, before.keySet());
        }
        return () -> {
            touched.forEach(stored::forget);
            if (controls) {
                if (BrokersAsRead.beginsTerm(writes)) {
                    asRead.begins(actor, writes);
                }
                fenced(writes);
                thrifty.run();
                before.forEach((partition, was) -> isr.written(
                        partition, was, asRead.live(actor, partition), outside.overwritten(partition, touched)));
                outside.written(touched, before.keySet());
                disks.clear();
                changed.forEach(this::assigned);
                before.keySet().forEach(partition -> thrift.ifPresent(t -> t.stated(partition, fence)));
            } else {
                before.keySet().stream()
                        .filter(partition -> !outside.wroteState(partition) && !outside.wroteTopic(partition.topic()))
                        .forEach(isr::within);
            }
        };
    }

    /** 5: a deposed controller changes nothing, for every write checks that nobody was elected since. */
    private void fenced(List<ZkWrite> writes) {
        boolean elects = writes.stream().anyMatch(write -> write.path().equals("/controller"));
        boolean fenced = writes.get(0) instanceof ZkWrite.Check check
                && check.path().equals(Fence.PATH)
                && check.version() != ZkWrite.ANY_VERSION;
        require(5, elects || fenced, () -> "not fenced: " + writes);
        fence = fenced ? ((ZkWrite.Check) writes.get(0)).version() : -1;
    }

    /** A commit was not made. */
    void failed(String actor, Throwable failure) {
        if (actor.equals(CONTROLLER)) {
            thrift.ifPresent(t -> t.failed(failure));
        }
    }

    /** 1: what leaves AR has been deleted or is owed, and a record goes when AR is its target. */
    private void assigned(String name) {
        Optional<TopicSnapshot> was = Optional.ofNullable(topics.remove(name));
        Optional<TopicSnapshot> now = outside.topic(name);
        now.ifPresent(topic -> {
            topics.put(name, topic);
            topic.assigned().keySet().stream()
                    .filter(partition ->
                            !was.map(before -> alike(before, topic, partition)).orElse(false))
                    .forEach(partition -> changed(new TopicPartition(name, partition), was, topic));
        });
    }

    private static boolean alike(TopicSnapshot before, TopicSnapshot now, int partition) {
        return Objects.equals(before.assigned().get(partition), now.assigned().get(partition))
                && Objects.equals(
                        before.inFlight().get(partition), now.inFlight().get(partition));
    }

    private void changed(TopicPartition partition, Optional<TopicSnapshot> was, TopicSnapshot now) {
        if (!outside.wroteState(partition)) {
            isr.within(partition, outside.overwritten(partition, Set.of()));
        }
        thrift.ifPresent(t -> t.assigned(partition, fence));
        int number = partition.partition();
        Replicas assigned = now.assigned().get(number);
        for (int broker : brokers) {
            boolean kept = outside.lost(now.topic())
                    || assigned.contains(broker)
                    || !disks.computeIfAbsent(broker, lab.get()::disk).containsKey(partition);
            require(
                    1,
                    kept || stored.owed(broker).contains(partition),
                    () -> "broker " + broker + " holds " + partition + " outside AR " + assigned
                            + ", and nothing is owed");
        }
        Optional.ofNullable(now.inFlight().get(number))
                .ifPresent(record -> thrift.ifPresent(
                        t -> t.recorded(was.map(before -> before.inFlight().get(number)), record)));
        Optional<ReassignmentRecord> ended = now.inFlight().containsKey(number)
                ? Optional.empty()
                : was.map(before -> before.inFlight().get(number));
        ended.ifPresent(record -> require(
                1, assigned.equals(record.target()), () -> partition + ": AR is " + assigned + " after " + record));
    }

    /**
     * Looks at a request that is about to be sent. Only the list of brokers, at an epoch that is new to them, may come
     * before {@code /reassign/active} is written: they obey the controller before until they have it.
     */
    public void sent(int broker, BrokerRequest request) {
        boolean said = stored.text(ACTIVE).orElse("").contains("\"layout\":\"" + layout + "\"");
        boolean onlyBrokers = request instanceof UpdateMetadataRequest first
                && first.partitions().isEmpty();
        require(2, said || onlyBrokers, () -> "brokers hear of one that has not said what it runs");
        if (request instanceof UpdateMetadataRequest update) {
            update.partitions().forEach(told -> thrift.ifPresent(t -> t.told(request, told)));
        } else if (request instanceof LeaderAndIsrRequest roles) {
            roles.partitions().forEach(told -> thrift.ifPresent(t -> t.told(request, told)));
            roles.partitions().forEach(role -> commands.told(broker, role));
        } else if (request instanceof StopReplicaRequest halt) {
            halt.partitions()
                    .forEach(stop -> commands.stopped(broker, halt.header().controllerEpoch(), stop));
        }
    }

    /** Looks at a broker's answer. */
    public void answered(int broker, BrokerRequest request, BrokerReply reply) {
        commands.answered(broker, request, reply);
        asRead.answered(broker, request, reply);
    }

    /** 4: once all is settled, live brokers hold what AR gives them and nothing else but what they are excused for. */
    public void settled(BiPredicate<Integer, String> excused) {
        stored.refresh();
        List<String> wrong = new ArrayList<>();
        for (int broker : stored.live()) {
            lab.get().disk(broker).keySet().stream()
                    .filter(partition -> !excused.test(broker, partition.topic()))
                    .filter(partition ->
                            !stored.assigned(partition).orElse(Replicas.NONE).contains(broker))
                    .forEach(partition -> wrong.add(broker + " holds " + partition));
        }
        require(4, wrong.isEmpty(), () -> "data outside AR: " + wrong);
    }

    /** Throws again what was broken before, in case that somebody swallowed it. */
    public void stillHold() {
        broken.ifPresent(first -> {
            throw first;
        });
    }

    private void require(int invariant, boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            broken = broken.or(() -> Optional.of(new Broken(invariant, otherwise.get())));
            throw broken.get();
        }
    }
}
