package org.reassign.simulation.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.LabGateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.Lab;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.OfficeSettings;
import org.reassign.core.lead.Plugins;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.simulation.AnswerRules;
import org.reassign.simulation.BrokersAsRead;
import org.reassign.simulation.Invariants;
import org.reassign.simulation.ObservedSessions;
import org.reassign.simulation.StoredState;
import org.reassign.simulation.VirtualTime;

/** A ZooKeeper in memory, brokers and controllers under virtual time, and whoever looks at what they do. */
final class SimulatedWorld {
    private static final Duration SESSION_TIMEOUT = Duration.ofMillis(300);
    private static final BrokerReply OBEYED = new BrokerReply(BrokerReply.NONE, Map.of());

    private final DrawnRun trial;
    private final Candidates candidates;
    private final Plugins plugins;
    private final SeededRandom draw;
    private final Transcript transcript;
    private final VirtualTime time = new VirtualTime(this::afterEvent);
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(this::deliver, time::nowMillis);
    private final StoredState stored;
    private final Invariants invariants;
    private final Safety safety;
    private final ExpectedAssignment expected;
    private final Outsider outsider;
    private final LabGateway gateway;
    private final Network network;
    private final List<ControllerProcess> processes = new ArrayList<>();
    private final List<ZkPort> brokerSessions = new ArrayList<>();
    private Optional<FaultyPort> elected = Optional.empty();
    private int watchMillis;
    private int starts;
    private String electedLayout;

    SimulatedWorld(DrawnRun trial, Candidates candidates, Transcript transcript) {
        this.trial = trial;
        this.candidates = candidates;
        this.plugins = candidates.plugins(trial.setup());
        this.electedLayout = trial.setup().layout();
        this.draw = new SeededRandom(~trial.seed());
        this.transcript = transcript;
        this.stored = new StoredState(zooKeeper.open("invariants"), candidates.layouts(trial.setup()));
        AtomicReference<Lab> lab = new AtomicReference<>();
        this.invariants = new Invariants(stored, lab::get, plugins.layout().name());
        this.safety = new Safety(invariants, stored);
        this.expected = new ExpectedAssignment(trial.setup(), stored, invariants::topic);
        ZkSessions brokers = actor -> {
            ZkPort session = zooKeeper.open(actor);
            brokerSessions.add(session);
            return observed(actor, session);
        };
        this.gateway = (LabGateway) plugins.gateway().plugin().open(new BrokerGateway.Context(brokers, time));
        lab.set(gateway.lab());
        this.network = new Network(this, gateway, draw);
        this.outsider = new Outsider(this, trial);
        for (int i = 0; i < trial.setup().controllers(); i++) {
            processes.add(new ControllerProcess(i, this, trial.mode()));
        }
    }

    private void deliver(Runnable watch) {
        if (watchMillis == 0) {
            time.run(watch);
        } else {
            time.after(Duration.ofMillis(draw.between(0, watchMillis)), watch);
        }
    }

    /** Brokers run, topics stand, and somebody leads. */
    void begin() {
        Setup setup = trial.setup();
        Lab lab = lab();
        lab.replication(setup.bytesPerSecond(), Duration.ofMillis(setup.lingerMillis()));
        List<CompletionStage<Void>> stages = new ArrayList<>();
        for (int broker = 0; broker < setup.brokers(); broker++) {
            stages.add(lab.start(broker, Optional.empty()));
        }
        done(stages, "the brokers do not start");
        stages.clear();
        setup.topics()
                .forEach((name, topic) ->
                        stages.add(lab.createTopic(name, topic.assigned(), topic.bytes(), topic.minInSync())));
        done(stages, "the topics are not made");
        processes.forEach(ControllerProcess::start);
        await(() -> processes.stream().anyMatch(ControllerProcess::leads), 30, "nobody leads");
        watchMillis = setup.watchMillis();
    }

    private void done(List<CompletionStage<Void>> stages, String otherwise) {
        CompletableFuture<?>[] all =
                stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new);
        await(CompletableFuture.allOf(all)::isDone, 30, otherwise);
    }

    /** Goes on until the condition holds; that it never does is a failure. */
    void await(BooleanSupplier condition, int seconds, String otherwise) {
        if (!time.await(condition, Duration.ofSeconds(seconds))) {
            throw new InvariantBroken("liveness", otherwise);
        }
    }

    VirtualTime time() {
        return time;
    }

    MemoryZooKeeper zooKeeper() {
        return zooKeeper;
    }

    StoredState stored() {
        return stored;
    }

    ExpectedAssignment expected() {
        return expected;
    }

    Outsider outsider() {
        return outsider;
    }

    /** The layout of the controller that starts now. */
    String nextLayout() {
        return trial.setup().layoutOf(starts++);
    }

    Invariants invariants() {
        return invariants;
    }

    Network network() {
        return network;
    }

    Plugins plugins() {
        return plugins;
    }

    Lab lab() {
        return gateway.lab();
    }

    List<ControllerProcess> processes() {
        return processes;
    }

    List<ZkPort> brokerSessions() {
        return brokerSessions;
    }

    /** The session that was elected last, whether its process still leads or not. */
    Optional<FaultyPort> elected() {
        return elected;
    }

    /** From now on nothing is late any more. */
    void heals() {
        watchMillis = 0;
        network.heals();
    }

    ZkPort observed(String actor, ZkPort session) {
        return new ObservedSessions(name -> session, invariants, safety.answers()).open(actor);
    }

    Controller controller(ControllerProcess process) {
        ControllerSettings settings = ControllerSettings.of(trial.setup().mode())
                .with(trial.setup().coalesce(), trial.setup().limits())
                .with(OfficeSettings.DEFAULT.with(process.mode()))
                .withId(1000 + process.number());
        return new Controller(
                process::open,
                new FaultyGateway(process, network, trial.setup().office()),
                candidates.plugins(trial.setup(), process.layout()),
                settings,
                process.timers(),
                new CheckingListener(process, this));
    }

    /** Something drawn happens now. */
    void happens(ScheduledEvent.Deed deed, String where) {
        transcript.fault(deed);
        says(where + ": " + deed);
    }

    boolean listens() {
        return transcript.isKept();
    }

    void says(String line) {
        transcript.line(time.nowMillis(), line);
    }

    void expireLater(ZkPort session, BooleanSupplier still) {
        time.after(SESSION_TIMEOUT, () -> {
            if (still.getAsBoolean()) {
                zooKeeper.expire(session);
            }
        });
    }

    AnswerRules answers() {
        return safety.answers();
    }

    void step() {
        transcript.step();
    }

    /** A controller has written something. */
    void committed(FaultyPort by, List<ZkWrite> writes) {
        if (BrokersAsRead.elects(writes)) {
            elected = Optional.of(by);
            says("controller " + by.process().number() + " is elected");
            leads(by.process().layout());
            outsider.elected();
        } else if (elected.isPresent() && elected.get() != by) {
            safety.wroteDeposed(by.actor(), writes);
        }
        if (elected.filter(by::equals).isPresent() && BrokersAsRead.beginsTerm(writes)) {
            expected.elected();
        }
        outsider.committed(by, writes);
        expected.look(writes);
    }

    private void leads(String layout) {
        if (!layout.equals(electedLayout)) {
            invariants.starts(layout);
            electedLayout = layout;
            transcript.fault("other layout");
        }
    }

    /** Whether nobody was elected since this process was. */
    boolean isLeader(ControllerProcess process) {
        return elected.filter(port -> port.process() == process).isPresent();
    }

    void sent(ControllerProcess from, int broker, BrokerRequest request) {
        if (listens() && !(request instanceof BrokerRequest.UpdateMetadataRequest)) {
            says("controller " + from.number() + " to broker " + broker + ": " + RequestText.of(request));
        }
        if (isLeader(from)) {
            invariants.sent(broker, request);
        }
    }

    void answered(Broker broker, BrokerRequest request, BrokerReply reply) {
        if (listens() && !reply.equals(OBEYED)) {
            says("broker " + broker.id() + " answers " + reply + " to " + RequestText.of(request));
        }
        safety.obeyed(broker.id(), request, reply);
        invariants.answered(broker.id(), request, reply);
    }

    private void afterEvent() {
        invariants.stillHold();
        safety.stillHolds();
        expected.stillHolds();
        processes.forEach(ControllerProcess::bury);
    }

    /** Ends what would outlive the run: a controller that was killed closes its plugins a little later. */
    void close() {
        processes.forEach(ControllerProcess::close);
        try {
            time.await(() -> false, Duration.ofMillis(1));
        } catch (InvariantBroken | Invariants.Broken known) {
            return; // it has been told of already
        }
    }
}
