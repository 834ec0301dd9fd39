package org.reassign.simulation.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.decide.InFlightLimits;
import org.reassign.core.plugin.NamedPlugin;

/** Draws a run from a seed. */
final class RunGenerator {
    /** Of a hundred runs so many are drawn with a policy that nobody should ship. */
    private static final int HOSTILE_PERCENT = 10;

    private final long seed;
    private final SeededRandom draw;
    private final Candidates candidates;
    private final List<ScheduledEvent> acts = new ArrayList<>();

    private RunGenerator(long seed, Candidates candidates) {
        this.seed = seed;
        this.draw = new SeededRandom(seed);
        this.candidates = candidates;
    }

    static DrawnRun of(long seed, Candidates candidates) {
        return OutsideGenerator.added(new RunGenerator(seed, candidates).trial(), candidates);
    }

    private DrawnRun trial() {
        Setup setup = setup();
        int endMillis = draw.between(500, 6_000);
        requests(setup, endMillis);
        if (draw.chance(85)) {
            faults(setup, endMillis);
            meetings(setup);
            spoiled(setup, endMillis);
        }
        acts.sort(Comparator.comparingInt(ScheduledEvent::atMillis));
        return new DrawnRun(seed, setup, acts);
    }

    private Setup setup() {
        int brokers = draw.between(3, 6);
        List<Integer> ids = IntStream.range(0, brokers).boxed().toList();
        SortedMap<String, Setup.Topic> topics = new TreeMap<>();
        int count = draw.oneOf(List.of(1, 1, 2, 2, 3));
        for (int i = 0; i < count; i++) {
            int factor = draw.between(1, Math.min(3, brokers - 1));
            SortedMap<Integer, Replicas> assigned = new TreeMap<>();
            int partitions = draw.between(1, 3);
            for (int p = 0; p < partitions; p++) {
                assigned.put(p, draw.replicas(ids, factor));
            }
            int bytes = draw.oneOf(List.of(0, 100_000, 1_000_000, 5_000_000));
            topics.put("t" + i, new Setup.Topic(assigned, bytes, draw.between(1, factor)));
        }
        return new Setup(
                name(candidates.layouts()),
                name(candidates.watchers()),
                hostile() ? draw.oneOf(HostilePolicies.dropPolicies()) : name(candidates.dropPolicies()),
                hostile() ? draw.oneOf(HostilePolicies.conflictPolicies()) : name(candidates.conflictPolicies()),
                channels(),
                draw.oneOf(candidates.modes()),
                !draw.chance(15),
                draw.chance(25) ? new InFlightLimits(draw.between(1, 3), draw.between(1, 2)) : InFlightLimits.NONE,
                draw.oneOf(List.of(1, 2, 2, 3)),
                brokers,
                draw.oneOf(List.of(1_000_000, 5_000_000, 50_000_000)),
                draw.oneOf(List.of(0, 50, 200)),
                draw.oneOf(List.of(0, 0, 20, 300)),
                topics);
    }

    private boolean hostile() {
        return draw.chance(HOSTILE_PERCENT) && candidates.hostile();
    }

    private static <T> String name(SeededRandom draw, List<NamedPlugin<T>> all) {
        return draw.oneOf(all).name();
    }

    private <T> String name(List<NamedPlugin<T>> all) {
        return name(draw, all);
    }

    /** One to all of the channels; what nobody else can read, {@code payload} refuses, so it is open if it can be. */
    private List<String> channels() {
        Set<String> open = new LinkedHashSet<>();
        candidates.channels().stream()
                .map(NamedPlugin::name)
                .filter("payload"::equals)
                .forEach(open::add);
        open.add(name(candidates.channels()));
        if (draw.chance(50)) {
            open.add(name(candidates.channels()));
        }
        return List.copyOf(open);
    }

    private void requests(Setup setup, int endMillis) {
        List<TopicPartition> partitions = new ArrayList<>();
        setup.topics()
                .forEach((name, topic) ->
                        topic.assigned().keySet().forEach(number -> partitions.add(new TopicPartition(name, number))));
        int count = draw.between(1, 6);
        int at = draw.between(0, 300);
        for (int i = 0; i < count; i++) {
            String channel = draw.oneOf(setup.channels());
            SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>();
            int entries = draw.chance(60) ? draw.between(1, partitions.size()) : 1;
            for (int e = 0; e < entries; e++) {
                TopicPartition partition = draw.oneOf(partitions);
                targets.put(partition, target(setup, partition, !channel.equals("legacy")));
            }
            if (draw.chance(5)) {
                targets.put(new TopicPartition("unknown", 0), Optional.of(Replicas.of(0, 1)));
            }
            if (draw.chance(5)) {
                targets.put(new TopicPartition("t0", 77), Optional.of(Replicas.of(0, 1)));
            }
            acts.add(new ScheduledEvent(at, new ScheduledEvent.Request(channel, targets)));
            at = draw.chance(60) ? at + draw.between(0, 300) : draw.between(0, endMillis);
        }
        if (setup.topics().size() > 1 && draw.chance(10)) {
            String topic = draw.oneOf(List.copyOf(setup.topics().keySet()));
            acts.add(new ScheduledEvent(draw.between(0, endMillis), new ScheduledEvent.TopicDeletion(topic)));
        }
    }

    private Optional<Replicas> target(Setup setup, TopicPartition partition, boolean mayCancel) {
        if (mayCancel && draw.chance(20)) {
            return Optional.empty();
        }
        Replicas assigned = setup.topics().get(partition.topic()).assigned().get(partition.partition());
        List<Integer> ids = IntStream.range(0, setup.brokers()).boxed().toList();
        int kind = draw.between(0, 9);
        if (kind == 0) {
            return Optional.of(draw.replicas(assigned.ids(), assigned.size()));
        }
        if (kind == 1) {
            return Optional.of(
                    assigned.append(draw.replicas(ids, setup.brokers())).limit(assigned.size() + 1));
        }
        if (kind == 2 && assigned.size() > 1) {
            return Optional.of(assigned.limit(assigned.size() - 1));
        }
        if (draw.chance(3)) {
            return Optional.of(Replicas.of(77));
        }
        return Optional.of(draw.replicas(ids, draw.between(1, Math.min(3, setup.brokers()))));
    }

    private void faults(Setup setup, int endMillis) {
        List<Supplier<ScheduledEvent.Deed>> kinds = kinds(setup);
        List<Supplier<ScheduledEvent.Deed>> some = new ArrayList<>();
        int variety = draw.between(1, 3);
        for (int i = 0; i < variety; i++) {
            some.add(draw.oneOf(kinds));
        }
        int count = draw.between(1, 6);
        for (int i = 0; i < count; i++) {
            boolean near = draw.chance(50) && !acts.isEmpty();
            int at = near ? draw.oneOf(acts).atMillis() + draw.between(0, 400) : draw.between(0, endMillis);
            acts.add(new ScheduledEvent(at, draw.oneOf(some).get()));
        }
    }

    /** What seldom meets by chance: a request with a broker that comes back, a crash after another, or a turn that reads. */
    private void meetings(Setup setup) {
        List<ScheduledEvent> requests = acts.stream()
                .filter(act -> act.deed() instanceof ScheduledEvent.Request)
                .toList();
        ScheduledEvent met = draw.oneOf(requests);
        if (draw.chance(25)) {
            int away = draw.between(1, 1_500);
            int at = Math.max(0, met.atMillis() + draw.between(-200, 50) - away);
            acts.add(new ScheduledEvent(
                    at, new ScheduledEvent.BrokerCrash(draw.between(0, setup.brokers() - 1), away)));
        }
        if (draw.chance(25)) {
            int at = met.atMillis() + draw.between(100, 800);
            another(setup, met).ifPresent(request -> acts.add(new ScheduledEvent(at, request)));
            acts.add(new ScheduledEvent(
                    at + draw.between(-20, 20),
                    new ScheduledEvent.ControllerCrash(
                            -1, draw.between(0, 30), draw.chance(50), draw.between(1, 800))));
        }
        if (draw.chance(25)) {
            int at = met.atMillis() + draw.between(100, 800);
            acts.add(new ScheduledEvent(
                    met.atMillis(), new ScheduledEvent.ControllerStall(-1, draw.between(0, 20), 1_000)));
            another(setup, met).ifPresent(request -> acts.add(new ScheduledEvent(at, request)));
        }
        if (draw.chance(20)) {
            desertion(setup, met);
        }
    }

    private void spoiled(Setup setup, int endMillis) {
        if (draw.chance(15)) {
            boolean near = draw.chance(70);
            int at = near
                    ? Math.max(0, draw.oneOf(acts).atMillis() + draw.between(-50, 300))
                    : draw.between(0, endMillis);
            String topic = draw.oneOf(List.copyOf(setup.topics().keySet()));
            acts.add(new ScheduledEvent(
                    at, new ScheduledEvent.SpoiledTopic(topic, draw.oneOf(List.of(1, 100, 1_000, 3_000)))));
        }
    }

    /** The target changes when nobody is left in sync. */
    private void desertion(Setup setup, ScheduledEvent met) {
        int at = met.atMillis() + draw.between(100, 800);
        another(setup, met).ifPresent(request -> {
            acts.add(new ScheduledEvent(at, request));
            TopicPartition partition = request.targets().firstKey();
            Replicas assigned = setup.topics().get(partition.topic()).assigned().get(partition.partition());
            for (int broker : assigned.ids()) {
                acts.add(new ScheduledEvent(
                        Math.max(0, at - draw.between(1, 60)),
                        new ScheduledEvent.BrokerCrash(broker, draw.between(500, 3_000))));
            }
        });
    }

    /** A request for a partition that the other one names. */
    private Optional<ScheduledEvent.Request> another(Setup setup, ScheduledEvent other) {
        return ((ScheduledEvent.Request) other.deed())
                .targets().keySet().stream()
                        .filter(partition -> isKnown(setup, partition))
                        .findFirst()
                        .map(partition -> another(setup, partition));
    }

    private static boolean isKnown(Setup setup, TopicPartition partition) {
        Setup.Topic topic = setup.topics().get(partition.topic());
        return topic != null && topic.assigned().containsKey(partition.partition());
    }

    private ScheduledEvent.Request another(Setup setup, TopicPartition partition) {
        String channel = draw.oneOf(setup.channels());
        SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>();
        targets.put(partition, target(setup, partition, !channel.equals("legacy")));
        return new ScheduledEvent.Request(channel, targets);
    }

    private List<Supplier<ScheduledEvent.Deed>> kinds(Setup setup) {
        return List.of(
                () -> new ScheduledEvent.ControllerCrash(who(setup), effects(), draw.chance(50), draw.between(1, 800)),
                () -> new ScheduledEvent.ControllerCrash(who(setup), effects(), draw.chance(50), draw.between(1, 800)),
                () -> new ScheduledEvent.ControllerStall(
                        who(setup), effects(), draw.oneOf(List.of(20, 200, 1_000, 3_000))),
                () -> new ScheduledEvent.LostAnswer(who(setup), effects(), draw.oneOf(List.of(1, 100, 600))),
                () -> new ScheduledEvent.LostConnection(who(setup), draw.oneOf(List.of(1, 100, 250, 600))),
                () -> new ScheduledEvent.StaleReads(who(setup), draw.oneOf(List.of(20, 200, 1_500))),
                () -> new ScheduledEvent.SessionExpiry(who(setup)),
                () -> new ScheduledEvent.Deposition(),
                () -> new ScheduledEvent.BrokerCrash(draw.between(0, setup.brokers() - 1), draw.between(1, 4_000)),
                () -> new ScheduledEvent.BrokerCrash(draw.between(0, setup.brokers() - 1), draw.between(1, 200)),
                () -> new ScheduledEvent.BrokerSessionExpiry(draw.between(0, setup.brokers() - 1)),
                () -> slowFollower(setup),
                () -> new ScheduledEvent.Network(
                        draw.between(100, 3_000),
                        draw.oneOf(List.of(0, 20, 400)),
                        draw.oneOf(List.of(0, 10, 50)),
                        draw.oneOf(List.of(0, 30))));
    }

    private int who(Setup setup) {
        return draw.chance(75) ? -1 : draw.between(0, setup.controllers() - 1);
    }

    private int effects() {
        return draw.chance(50) ? draw.between(0, 15) : draw.between(0, 100);
    }

    private ScheduledEvent.Deed slowFollower(Setup setup) {
        String topic = draw.oneOf(List.copyOf(setup.topics().keySet()));
        int number = draw.oneOf(List.copyOf(setup.topics().get(topic).assigned().keySet()));
        int broker = draw.between(0, setup.brokers() - 1);
        return new ScheduledEvent.SlowFollower(new TopicPartition(topic, number), broker, draw.between(10, 3_000));
    }
}
