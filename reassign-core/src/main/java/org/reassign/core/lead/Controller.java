package org.reassign.core.lead;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkPort.SessionEvent;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.store.LeadershipLost;

/**
 * A controller: campaigns for {@code /controller}, recovers, and reassigns partitions until it is stopped. If it loses
 * the connection, it discards its image and recovers once the connection is back, as the same controller and at the same
 * epoch. If it loses leadership or its session, it campaigns again. Everything runs on the one thread of its timers, one
 * turn at a time.
 */
public final class Controller implements AutoCloseable {
    /** What a retry would meet again. */
    private static final Set<Code> PERMANENT = Set.of(Code.NO_AUTH, Code.UNSUPPORTED);

    private final ZkSessions sessions;
    private final Gateway gateway;
    private final Plugins plugins;
    private final ControllerSettings settings;
    private final Timers timers;
    private final ControllerListener listener;
    private final Watchdog watchdog;
    private final Loop loop;
    private final TermBackOff backOff;
    private final Candidate candidate;

    private final AtomicReference<ZkPort> session = new AtomicReference<>();
    private final CompletableFuture<Void> handedBack = new CompletableFuture<>();
    private Optional<Leadership> leadership = Optional.empty();
    private int pauses;
    private boolean pausing;
    private boolean handingBack;
    private volatile boolean leads;
    private volatile boolean idle;

    /**
     * A controller that is not started.
     *
     * @param sessions where it opens a session {@code controller} for each try
     * @param timers its clock and its one thread, not shared. Fatal errors, such as a plugin that throws, a server
     *     without an operation that the plugins need, or {@link CannotLeadException}, are thrown on that thread after
     *     the controller has stopped and closed its session, so that another may lead
     * @param listener called on that thread
     */
    public Controller(
            ZkSessions sessions,
            Gateway gateway,
            Plugins plugins,
            ControllerSettings settings,
            Timers timers,
            ControllerListener listener) {
        this.sessions = sessions;
        this.gateway = gateway;
        this.plugins = plugins;
        this.settings = settings;
        this.timers = timers;
        this.listener = listener;
        this.watchdog = new Watchdog(settings.turnLimit(), this::hangs);
        this.loop = new Loop(timers, this::turn, this::ended, this::kill, watchdog);
        this.backOff = new TermBackOff(timers, settings.retryDelay());
        this.candidate = new Candidate(gateway, plugins, settings, timers, listener, loop);
    }

    /**
     * Watches over the controller from another thread, that of these timers: a turn that hangs costs it the session, so
     * that another may lead. Must be called before {@link #start}.
     */
    public Controller watchedBy(Timers others) {
        watchdog.watch(others);
        return this;
    }

    /** Campaigns; returns at once. */
    public void start() {
        loop.mark(() -> {});
    }

    /** Stops at once, as a crash would: no further effect, the session closed. May be called from any thread. */
    public void kill() {
        loop.stop();
        closeSession();
        handedBack.complete(null);
        timers.run(this::endLeadership);
    }

    private void closeSession() {
        Optional.ofNullable(session.getAndSet(null)).ifPresent(ZkPort::close);
    }

    private void endLeadership() {
        leadership.ifPresent(Leadership::close);
        leadership = Optional.empty();
    }

    /**
     * Stops after the current turn and hands leadership back; returns at once. May be called from any thread, and again.
     *
     * @return completes once {@code /controller} is deleted, or this controller does not lead. Fails if it could not be
     *     deleted: then another controller can lead once the session has expired. A turn that hangs holds it back
     */
    public CompletionStage<Void> stop() {
        loop.mark(() -> handingBack = true);
        return handedBack.minimalCompletionStage();
    }

    /** As {@link #stop}, whose result says when leadership is handed back. */
    @Override
    public void close() {
        var unused = stop();
    }

    /** Whether it leads and recovery is done. May be called from any thread. */
    public boolean leads() {
        return leads && !loop.isStopped();
    }

    /**
     * Whether it leads or {@linkplain #awaitsCause awaits a cause}, nothing is in flight, no request waits and no effect is
     * outstanding, except owed deletes of dead brokers and topics that it could never read. May be called from any thread.
     */
    public boolean idle() {
        return idle && !loop.isStopped() && !loop.hasChanges();
    }

    /**
     * Whether it is without the office that its gateway takes over, and takes it as soon as there is something to do; also
     * on the way there. May be called from any thread.
     */
    public boolean awaitsCause() {
        return candidate.awaitsCause() && !leads && !loop.isStopped();
    }

    private void turn() {
        if (handingBack) {
            handBack();
            return;
        }
        if (leadership.isPresent() && session.get() == null) {
            throw new LeadershipLost("a turn hung, and the ZooKeeper session was given up", null);
        }
        if (!pausing) {
            campaign();
            leadership.ifPresent(this::lead);
        }
    }

    private void campaign() {
        if (leadership.isPresent()) {
            return;
        }
        ZkPort zk = Optional.ofNullable(session.get()).orElseGet(this::open);
        if (loop.isStopped()) {
            closeSession(); // killed while it was being opened
            return;
        }
        leadership = candidate.campaign().map(won -> elected(zk, won));
        idle = candidate.idle();
    }

    private Leadership elected(ZkPort zk, Candidate.Won won) {
        listener.elected(won.fence().epoch());
        TermContext context =
                new TermContext(zk, won.fence(), plugins, settings, timers, listener, loop, gateway.office());
        return new Leadership(context, won, candidate.check(), gateway);
    }

    private ZkPort open() {
        ZkPort opened = new WatchedPort(sessions.open("controller"), watchdog);
        session.set(opened);
        opened.onSession(event -> loop.mark(() -> sessionChanged(opened, event)));
        candidate.opened(opened, () -> loop.mark(() -> controllerChanged(opened)));
        return opened;
    }

    private void lead(Leadership leading) {
        if (leading.term().isEmpty()) {
            leading.confirm();
            backOff.began();
            leading.beginTerm();
        }
        Term term = leading.term().orElseThrow();
        leading.turn();
        if (loop.isStopped()) {
            return;
        }
        Remaining remaining = loop.hasChanges() ? Remaining.EFFECTS : term.remaining();
        idle = remaining == Remaining.NOTHING;
        if (!leads && term.recovered()) {
            leads = true;
            backOff.recovered();
            listener.leads(leading.fence().epoch());
        }
        listener.turned(idle);
        if (candidate.isOver(remaining) && term.isLeftToKafka()) {
            standBy(leading, term, remaining);
        } else if (term.hasMore()) {
            loop.mark(() -> {});
        }
    }

    /** Nothing is left to do here: hands the office back and waits for a cause to take it again. */
    private void standBy(Leadership leading, Term term, Remaining remaining) {
        leads = false;
        Set<Long> seen = term.seen();
        try {
            leading.handBack();
        } catch (ZkException e) {
            throw new LeadershipLost("the office could not be handed back: " + e.getMessage(), e);
        }
        endLeadership();
        closeSession();
        candidate.handedBack(leading.fence(), remaining, seen);
    }

    private void controllerChanged(ZkPort zk) {
        if (session.get() == zk && !pausing) {
            leadership.ifPresent(Leadership::controllerChanged);
        }
    }

    private void sessionChanged(ZkPort zk, SessionEvent event) {
        if (session.get() != zk) {
            return;
        }
        switch (event) {
            case SUSPENDED -> idle = false;
            case RECONNECTED -> {
                pausing &= !backOff.mayHurry();
                leadership.ifPresent(Leadership::reconnected);
                candidate.reconnected();
            }
            case LOST -> {
                closeSession();
                throw new LeadershipLost("the ZooKeeper session is lost", null);
            }
        }
    }

    /** A turn has failed. Only a lost connection leaves session and leadership as they are. */
    private void ended(RuntimeException why) {
        leads = false;
        idle = false;
        if (why instanceof ZkException refused && PERMANENT.contains(refused.code())) {
            kill();
            throw why;
        }
        boolean interrupted = why instanceof ZkException failure && failure.code() == Code.CONNECTION_LOSS;
        if (interrupted && session.get() != null) {
            leadership.ifPresent(Leadership::interrupt);
            listener.interrupted(why.getMessage());
        } else {
            boolean inOffice = leadership.isPresent() && session.get() != null;
            endLeadership();
            closeSession();
            listener.stopped(why.getMessage());
            candidate.ended(why, inOffice);
        }
        try {
            pause(backOff.failed(why));
        } catch (CannotLeadException e) {
            kill();
            throw e;
        }
    }

    private void pause(Duration delay) {
        int pause = ++pauses;
        pausing = true;
        timers.after(delay, () -> loop.mark(() -> pausing &= pause != pauses));
    }

    private void hangs(String sentence) {
        leads = false;
        idle = false;
        closeSession();
        loop.mark(() -> {});
        listener.warning(sentence + "; its ZooKeeper session is closed so that another controller may lead");
    }

    private void handBack() {
        try {
            leadership.ifPresent(Leadership::handBack);
        } catch (RuntimeException e) {
            handedBack.completeExceptionally(e);
        }
        kill();
    }
}
