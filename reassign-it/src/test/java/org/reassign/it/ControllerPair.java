package org.reassign.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two controllers, processes of their own, of which one leads and runs the simulated brokers. Each that is started keeps its
 * records in another layout than the one before.
 */
final class ControllerPair implements AutoCloseable {
    private static final String LEADS = "leads: ";
    private static final String STANDS_BY = "stands by";
    private static final List<String> LAYOUTS = List.copyOf(Choice.LAYOUTS.keySet());

    private final Commands commands;
    private final String[] options;
    private final List<Launched> running = new ArrayList<>();
    private int started;

    /** Starts both, one after the other. */
    ControllerPair(Commands commands, String... options) {
        this.commands = commands;
        this.options = options;
        try {
            start().awaitPrinted(LEADS);
            start().awaitPrinted(STANDS_BY);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private Launched start() {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--storage-layout=" + LAYOUTS.get(started++ % LAYOUTS.size()));
        Launched next = commands.start("controller", all.toArray(String[]::new));
        running.add(next);
        return next;
    }

    /** {@code kill -9} of the one that leads. */
    void killLeader() {
        assertAlive();
        Launched leader = leader().orElseThrow(() -> new AssertionError("none of them leads: " + this));
        running.remove(leader);
        leader.kill();
    }

    /** There are two again, one of which leads. */
    void restore() {
        assertAlive();
        while (running.size() < 2) {
            start().awaitPrinted(STANDS_BY);
        }
        RealCluster.eventually("one of them leads", () -> {
            if (leader().isEmpty()) {
                throw new AssertionError(toString());
            }
        });
    }

    /** None has ended by itself. */
    private void assertAlive() {
        if (!running.stream().allMatch(Launched::isAlive)) {
            throw new AssertionError("a controller has ended: " + this);
        }
    }

    /** What a process has said last of its office counts. */
    private Optional<Launched> leader() {
        return running.stream()
                .filter(one -> one.printed().lastIndexOf(LEADS) > one.printed().lastIndexOf(STANDS_BY))
                .findFirst();
    }

    /** SIGTERM; each must end without an error. */
    void stop() {
        running.forEach(one -> {
            if (one.terminate() != 0) {
                throw new AssertionError(one.printed());
            }
        });
    }

    @Override
    public String toString() {
        return String.join(
                "\n-- and --\n", running.stream().map(Launched::printed).toList());
    }

    @Override
    public void close() {
        running.forEach(Launched::close);
    }
}
