package org.reassign.core.run;

import java.util.List;
import java.util.Optional;
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
 * A controller: campaigns for {@code /controller}, recovers, and reassigns partitions until it is stopped. Where it
 * loses leadership or its session it forgets all it knew and campaigns again; recovery is the normal start. Everything
 * runs on the one thread of its timers, one turn at a time.
 */
public final class Controller implements AutoCloseable {
    private final ZkSessions sessions;
    private final Gateway gateway;
    private final Plugins plugins;
    private final ControllerSettings settings;
    private final Timers timers;
    private final ControllerListener listener;
    private final Loop loop;

    private Optional<ZkPort> session = Optional.empty();
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
     * @param timers its clock and its one thread; nobody else's
     * @param listener hears what it does, on that thread
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
        this.loop = new Loop(timers, this::turn, this::lost);
    }

    /** Campaigns; returns at once. */
    public void start() {
        loop.mark(() -> {});
    }

    /** Stops dead, as a crash would: no further effect, the session closed. May be called from any thread. */
    public void kill() {
        loop.stop();
        leads = false;
        idle = false;
        term.ifPresent(Term::close);
        session.ifPresent(ZkPort::close);
    }

    /** Stops after the current turn and hands leadership back; returns at once. May be called from any thread. */
    @Override
    public void close() {
        loop.mark(() -> handingBack = true);
    }

    /** Whether it leads and recovery is done. May be called from any thread. */
    public boolean leads() {
        return leads;
    }

    /**
     * Whether it leads, nothing is in flight, no request waits and no effect is outstanding; deletions owed to dead
     * brokers excepted. May be called from any thread.
     */
    public boolean idle() {
        return idle && !loop.hasChanges();
    }

    private void turn() {
        if (handingBack) {
            term.ifPresent(leading -> handBack(leading.fence()));
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
        if (session.isEmpty()) {
            ZkPort opened = sessions.open("controller");
            if (loop.isStopped()) {
                opened.close(); // killed while it was being opened
                return;
            }
            session = Optional.of(opened);
            opened.onSession(event -> loop.mark(() -> sessionChanged(opened, event)));
        }
        ZkPort zk = session.get();
        Election election = new Election(zk, timers, settings.controllerId());
        Optional<Fence> won = election.campaign(() -> loop.mark(() -> controllerChanged(zk)));
        if (won.isPresent()) {
            elected = Optional.of(election);
            Term leading = new Term(new Mandate(zk, won.get(), plugins, settings, timers, listener, loop), gateway);
            term = Optional.of(leading);
            leading.begin();
        }
    }

    /** {@code /controller} has changed: by our own hand, or it is gone or another's and so is leadership. */
    private void controllerChanged(ZkPort zk) {
        boolean stale = session.isEmpty() || session.get() != zk;
        if (stale || term.isEmpty()) {
            return;
        }
        Optional<ZkNode> controller =
                Await.done(zk.getData(Election.CONTROLLER, event -> loop.mark(() -> controllerChanged(zk))));
        if (controller.isEmpty()) {
            throw new LeadershipLost(Election.CONTROLLER + " is gone", null);
        } else if (!elected.map(election -> election.isOwn(controller.get())).orElse(false)) {
            throw new LeadershipLost(Election.CONTROLLER + " is another's by now", null);
        }
    }

    private void sessionChanged(ZkPort zk, SessionEvent event) {
        if (session.isEmpty() || session.get() != zk) {
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
        term.ifPresent(Term::close);
        term = Optional.empty();
        session.ifPresent(ZkPort::close);
        session = Optional.empty();
        listener.stopped(why);
        pausing = true;
        timers.after(settings.retryDelay(), () -> loop.mark(() -> pausing = false));
    }

    private void handBack(Fence fence) {
        Await.done(session.orElseThrow()
                .commit(List.of(
                        ZkWrite.check(Fence.PATH, fence.version()),
                        ZkWrite.delete(Election.CONTROLLER, ZkWrite.ANY_VERSION))));
    }
}
