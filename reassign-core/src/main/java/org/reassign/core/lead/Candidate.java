package org.reassign.core.lead;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Broker;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.BrokerGateway.Office;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.observe.BrokerReader;
import org.reassign.core.store.Await;
import org.reassign.core.store.Fence;
import org.reassign.core.store.LeadershipLost;

/**
 * The way to the office. A gateway that contends waits until {@code /controller} is absent. One that takes over stands by
 * until there is a cause, then takes the office from the broker that holds it, never from a process that is no broker. In
 * each case all registered brokers are checked before. Used by the loop's thread only.
 */
final class Candidate {
    private final Office office;
    private final Plugins plugins;
    private final ControllerSettings settings;
    private final Timers timers;
    private final ControllerListener listener;
    private final Loop loop;
    private final BrokerCheck check;
    private final Absence absence;

    private Optional<InSession> session = Optional.empty();
    private SortedMap<Integer, Broker> live = new TreeMap<>();
    private boolean brokersChanged;
    private boolean checking;
    private Optional<Integer> epochBefore = Optional.empty();
    /** Whether a controller that is no broker may have worked since the causes were read. */
    private boolean othersWorked;

    private Optional<Long> idleSince = Optional.empty();
    private String said = "";
    private boolean idle;
    private Optional<Visit> visit = Optional.empty();
    private volatile boolean awaitsCause;

    /** The office as it was held and handed back, until the next session is opened. */
    private record Visit(Fence fence, Set<Long> done) {}

    /** What belongs to one session. */
    private record InSession(ZkPort zk, Election election, BrokerReader brokers, Causes causes) {}

    /**
     * The office, won.
     *
     * @param election by which it was won
     * @param fence the epoch
     * @param live the brokers that were registered just before, all of which can be commanded
     */
    record Won(Election election, Fence fence, List<Broker> live) {}

    Candidate(
            Gateway gateway,
            Plugins plugins,
            ControllerSettings settings,
            Timers timers,
            ControllerListener listener,
            Loop loop) {
        if (settings.office().mode() == OfficeSettings.Mode.VISITS
                && !plugins.layout().plugin().isCompletedByKafka()) {
            throw new IllegalArgumentException("Kafka's controller does not complete what is in flight in layout "
                    + plugins.layout().name() + "; hold the office while busy");
        }
        this.office = gateway.office();
        this.plugins = plugins;
        this.settings = settings;
        this.timers = timers;
        this.listener = listener;
        this.loop = loop;
        this.check = new BrokerCheck(gateway, timers, settings, loop, listener);
        this.absence = new Absence(timers, settings.office().returnDelay(), () -> loop.mark(() -> {}));
    }

    /** A new session; {@code changed} is called on any thread when {@code /controller} changes. */
    void opened(ZkPort zk, Runnable changed) {
        Set<Long> done = visit.map(Visit::done).orElse(Set.of());
        session = Optional.of(new InSession(
                zk,
                new Election(zk, timers, settings, changed),
                new BrokerReader(
                        zk,
                        office == Office.TAKE_OVER,
                        () -> loop.mark(() -> brokersChanged = true),
                        () -> brokersChanged = true),
                new Causes(zk, plugins, settings, loop, done)));
        brokersChanged = true;
        checking = false;
        visit.ifPresent(last -> session.get().causes().nothingInFlight());
        epochBefore = visit.map(last -> last.fence().version());
        visit = Optional.empty();
    }

    /** The connection was lost and is back: events may be missing. */
    void reconnected() {
        brokersChanged = true;
        session.map(InSession::causes).ifPresent(Causes::invalidate);
    }

    /** Asks the gateway about brokers. */
    BrokerCheck check() {
        return check;
    }

    /** Whether it stands by and there is nothing to do. */
    boolean idle() {
        return idle;
    }

    /** Whether brokers were checked, and it would take the office for a cause, is about to, or has taken it. May be called from any thread. */
    boolean awaitsCause() {
        return awaitsCause;
    }

    /**
     * Tries once, or goes on with a try whose check has ended. Empty if the office is not to be had, or not wanted; then
     * there is a turn when that may have changed.
     *
     * @throws CannotLeadException where brokers cannot be commanded
     */
    Optional<Won> campaign() {
        InSession in = session.orElseThrow();
        idle = false;
        Election.Holder holder = office == Office.CONTEND
                ? in.election().lookIfFree()
                : in.election().look();
        Optional<Fence> own = in.election().own(holder);
        if (own.isPresent()) {
            refreshBrokers(in);
            return own.map(fence -> won(in, fence));
        }
        if (!isFree(in, holder)) {
            checking = false;
            awaitsCause = false;
            return Optional.empty();
        }
        Optional<String> cause = cause(in);
        idle = cause.isEmpty();
        boolean checked = isChecked(in);
        awaitsCause = office == Office.TAKE_OVER
                && check.hasEverPassed()
                && in.causes().hasRoots();
        if (!checked) {
            return Optional.empty();
        }
        if (idle) {
            checking = false;
            say("stands by without the office: " + in.causes().none());
            return Optional.empty();
        }
        if (office == Office.TAKE_OVER) {
            say("takes the office: " + cause.get());
        }
        return in.election().take(holder).map(fence -> won(in, fence));
    }

    /** Whether the office may be taken from its holder, if there is a cause; says by whom it is held where it may not. */
    private boolean isFree(InSession in, Election.Holder holder) {
        if (office == Office.CONTEND) {
            holder.controller()
                    .ifPresent(controller -> say("stands by: " + Election.CONTROLLER + " names " + holder.name()));
            return holder.controller().isEmpty();
        }
        boolean isBroker = holder.id()
                .filter(id ->
                        Await.done(in.zk().exists(BrokerReader.ROOT + "/" + id)).isPresent())
                .isPresent();
        if (holder.controller().isPresent() && !isBroker) {
            othersWorked = true;
            say("stands by: " + Election.CONTROLLER + " names " + holder.name()
                    + ", which is no broker but another process like this one; stop that one to lead here");
            return false;
        }
        if (absence.lasts()) {
            return false;
        }
        Optional<Integer> epoch = holder.epoch().map(node -> node.stat().version());
        boolean next = isBroker && epochBefore.isPresent() && epoch.equals(epochBefore.map(version -> version + 1));
        if (othersWorked || epochBefore.isPresent() && !epoch.equals(epochBefore) && !next) {
            in.causes().invalidate();
        }
        othersWorked = false;
        epochBefore = epoch;
        return true;
    }

    private Optional<String> cause(InSession in) {
        if (office == Office.CONTEND || settings.office().mode() == OfficeSettings.Mode.ALWAYS) {
            return Optional.of("it is to be held all the time");
        }
        refreshBrokers(in);
        return in.causes().any(live);
    }

    private void refreshBrokers(InSession in) {
        if (!brokersChanged) {
            return;
        }
        brokersChanged = false;
        live = in.brokers().read();
        if (live.containsKey(settings.controllerId())) {
            throw new CannotLeadException(
                    "broker " + settings.controllerId() + " is registered in " + BrokerReader.ROOT
                            + " and has the id of this controller; give the controller an id that no broker has",
                    null);
        }
    }

    /** Without a cause, brokers are asked once: what is wrong with them shows at the start. */
    private boolean isChecked(InSession in) {
        if (idle && check.hasEverPassed()) {
            return true;
        }
        if (!checking) {
            check.renew();
        }
        checking = true;
        refreshBrokers(in);
        return check.passes(List.copyOf(live.values()));
    }

    private Won won(InSession in, Fence fence) {
        checking = false;
        idleSince = Optional.empty();
        said = "";
        absence.officeWon();
        return new Won(in.election(), fence, List.copyOf(live.values()));
    }

    /** Whether the office is to be handed back: nothing has been left to do for a while. There is a turn when it is over. */
    boolean isOver(Remaining remaining) {
        boolean visits = settings.office().mode() == OfficeSettings.Mode.VISITS;
        boolean lingers = visits ? remaining != Remaining.REQUESTS : remaining == Remaining.NOTHING;
        if (office == Office.CONTEND || settings.office().mode() == OfficeSettings.Mode.ALWAYS || !lingers) {
            idleSince = Optional.empty();
            return false;
        }
        long now = timers.elapsedMillis();
        long linger = settings.office().linger().toMillis();
        if (idleSince.isEmpty()) {
            idleSince = Optional.of(now);
            timers.after(settings.office().linger(), () -> loop.mark(() -> {}));
        }
        return now - idleSince.get() >= linger && remaining.compareTo(Remaining.REPLICAS) >= 0;
    }

    /**
     * The office was handed back, and its session is closed, so that no watch stays.
     *
     * @param remaining what Kafka's controller has to complete, if anything
     * @param done zxids of what it has left behind and is no cause to take it again
     */
    void handedBack(Fence fence, Remaining remaining, Set<Long> done) {
        visit = Optional.of(new Visit(fence, done));
        awaitsCause = true;
        absence.forget();
        say("has handed the office back: "
                + (remaining == Remaining.NOTHING ? "all is done" : "Kafka's controller completes what is in flight"));
        listener.handedBack();
        loop.mark(() -> {});
    }

    /**
     * The session is given up.
     *
     * @param inOffice whether it held the office, as far as it knew, and the session lived: then somebody else has taken
     *     the office away, unless ZooKeeper has failed
     */
    void ended(RuntimeException why, boolean inOffice) {
        awaitsCause = false;
        boolean another = why.getCause() == null
                || why.getCause() instanceof ZkException refused && refused.code() == Code.BAD_VERSION;
        if (office == Office.TAKE_OVER && inOffice && another && why instanceof LeadershipLost) {
            say("somebody has taken the office away; it is taken again in "
                    + absence.begin().toSeconds() + " s at the earliest, if there is still something to do");
        }
    }

    private void say(String sentence) {
        if (!said.equals(sentence)) {
            said = sentence;
            listener.office(sentence);
        }
    }
}
