package org.reassign.core.meter;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.reassign.api.spi.Placement;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;

/**
 * Counts what the sessions that it opens cost, by actor: all sessions of an actor together, also those of a controller
 * that died and of its successor. What counts as what says {@link Cost}. May be used from any thread.
 *
 * <p>A watch is outstanding from its registration until it fires, is taken back or its session ends; the same watcher registered again
 * at the same path while it is outstanding is one watch, as in ZooKeeper's client.
 */
public final class MeteredSessions implements ZkSessions {
    private final ZkSessions sessions;
    private final List<Placement> placements;
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

    /**
     * Counts over these sessions.
     *
     * @param placements where records may lie
     */
    public MeteredSessions(ZkSessions sessions, List<Placement> placements) {
        this.sessions = sessions;
        this.placements = List.copyOf(placements);
    }

    @Override
    public ZkPort open(String actor) {
        return new MeteredPort(sessions.open(actor), tally(actor));
    }

    /** Starts counting from zero for every actor; outstanding watches are the base of their maximum. */
    public void reset() {
        tallies.values().forEach(Tally::reset);
    }

    /** What an actor cost since the beginning or the last reset; nothing where it has opened no session. */
    public Cost cost(String actor) {
        Tally tally = tallies.get(actor);
        return tally == null ? Cost.NONE : tally.cost();
    }

    /** The port within a port that such sessions opened, or the given one: what the sessions behind it returned. */
    public static ZkPort unwrap(ZkPort port) {
        return port instanceof MeteredPort metered ? metered.port() : port;
    }

    private Tally tally(String actor) {
        return tallies.computeIfAbsent(actor, name -> new Tally(placements));
    }
}
