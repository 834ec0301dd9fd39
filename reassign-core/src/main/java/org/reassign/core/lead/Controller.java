package org.reassign.core.lead;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkPort.SessionEvent;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Await;
import org.reassign.core.store.Fence;
import org.reassign.core.store.LeadershipLost;

/**
 * A controller: campaigns for {@code /controller}, recovers, and reassigns partitions until it is stopped. If it loses
 * leadership or its session, it discards its image and campaigns again; recovery is the normal start. Everything runs
 * on the one thread of its timers, one turn at a time.
 */
public final class Controller implements AutoCloseable {
    private final ZkSessions sessions;
    private final Gateway gateway;
    private final Plugins plugins;
    private final ControllerSettings settings;
    private final Timers timers;
    private final ControllerListener listener;
    private final Loop loop;

    private final AtomicReference<ZkPort> session = new AtomicReference<>();
    private Optional<Election> elected = Optional.empty();
    private Optional<Term> term = Optional.empty();
    private boolean pausing;
    private boolean handingBack;
    private volatile boolean leads;
    private volatile boolean idle;

    /**
     * A controller that is not started.
     *
     * @param sessions where it opens a session {@code controller} for each try
     * @param timers its clock and its one thread, not shared. Fatal errors, such as a plugin that throws or a server
     *     without an operation that the plugins need, are thrown on that thread after the controller has stopped and
     *     closed its session, so that another may lead
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
        this.loop = new Loop(timers, this::turn, this::lost, this::kill);
    }

    /** Campaigns; returns at once. */
    public void start() {
        loop.mark(() -> {});
    }

    /** Stops at once, as a crash would: no further effect, the session closed. May be called from any thread. */
    public void kill() {
        loop.stop();
        closeSession();
        timers.run(this::closeTerm);
    }

    private void closeSession() {
        Optional.ofNullable(session.getAndSet(null)).ifPresent(ZkPort::close);
    }

    private void closeTerm() {
        term.ifPresent(Term::close);
        term = Optional.empty();
    }

    /** Stops after the current turn and hands leadership back; returns at once. May be called from any thread. */
    @Override
    public void close() {
        loop.mark(() -> handingBack = true);
    }

    /** Whether it leads and recovery is done. May be called from any thread. */
    public boolean leads() {
        return leads && !loop.isStopped();
    }

    /**
     * Whether it leads, nothing is in flight, no request waits and no effect is outstanding, except owed deletes of
     * dead brokers and topics that it could never read. May be called from any thread.
     */
    public boolean idle() {
        return idle && !loop.isStopped() && !loop.hasChanges();
    }

    private void turn() {
        if (handingBack) {
            term.ifPresent(this::handBack);
            kill();
            return;
        }
        if (term.isEmpty() && !pausing) {
            campaign();
        }
        if (term.isEmpty()) {
            return;
        }
        Term leading = term.get();
        leading.turn();
        if (loop.isStopped()) {
            return;
        }
        idle = leading.idle();
        if (!leads && leading.recovered()) {
            leads = true;
            listener.leads(leading.fence().epoch());
        }
        listener.turned(idle);
        if (leading.hasMore()) {
            loop.mark(() -> {});
        }
    }

    private void campaign() {
        ZkPort zk = Optional.ofNullable(session.get()).orElseGet(this::open);
        if (loop.isStopped()) {
            closeSession(); // killed while it was being opened
            return;
        }
        Election election = new Election(zk, timers, settings);
        Optional<Fence> won = election.campaign(() -> loop.mark(() -> controllerChanged(zk)));
        if (won.isPresent()) {
            elected = Optional.of(election);
            Term leading = new Term(new TermContext(zk, won.get(), plugins, settings, timers, listener, loop), gateway);
            term = Optional.of(leading);
            leading.begin();
        }
    }

    private ZkPort open() {
        ZkPort opened = sessions.open("controller");
        session.set(opened);
        opened.onSession(event -> loop.mark(() -> sessionChanged(opened, event)));
        return opened;
    }

    /** {@code /controller} has changed: we have written it, or leadership is lost. */
    private void controllerChanged(ZkPort zk) {
        if (session.get() != zk || term.isEmpty()) {
            return;
        }
        Optional<ZkNode> controller =
                Await.done(zk.getData(Election.CONTROLLER, event -> loop.mark(() -> controllerChanged(zk))));
        if (controller.isEmpty()) {
            throw new LeadershipLost(Election.CONTROLLER + " is gone", null);
        } else if (!elected.map(election -> election.isOwn(controller.get())).orElse(false)) {
            throw new LeadershipLost(Election.CONTROLLER + " belongs to another controller", null);
        }
    }

    private void sessionChanged(ZkPort zk, SessionEvent event) {
        if (session.get() != zk) {
            return;
        }
        switch (event) {
            case SUSPENDED -> idle = false;
            case RECONNECTED -> term.ifPresent(Term::reconnected);
            case LOST -> throw new LeadershipLost("the ZooKeeper session is lost", null);
        }
    }

    private void lost(String why) {
        leads = false;
        idle = false;
        closeTerm();
        closeSession();
        listener.stopped(why);
        pausing = true;
        timers.after(settings.retryDelay(), () -> loop.mark(() -> pausing = false));
    }

    private void handBack(Term leading) {
        Await.done(leading.zk()
                .commit(List.of(
                        ZkWrite.check(Fence.PATH, leading.fence().version()),
                        ZkWrite.delete(Election.CONTROLLER, ZkWrite.ANY_VERSION))));
    }
}
