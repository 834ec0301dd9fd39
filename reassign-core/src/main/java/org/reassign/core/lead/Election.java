package org.reassign.core.lead;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Await;
import org.reassign.core.store.Fence;
import org.reassign.core.store.LeadershipLost;

/**
 * Becoming the controller in one session, as Kafka's controllers do: {@code /controller} is created as an ephemeral
 * znode and {@code /controller_epoch} raised by one, in one transaction, which deletes that of the holder before if there
 * is one. Several may try; one leads.
 */
final class Election {
    static final String CONTROLLER = "/controller";

    private final ZkPort zk;
    private final Timers timers;
    private final int controllerId;
    private final Duration retryDelay;
    private final Runnable changed;
    private final Consumer<ZkEvent> watch;
    /** What this session has written to {@code /controller}, or may have: the same each time it tries. */
    private final String registration;

    private boolean tried;

    /**
     * What was read of the office.
     *
     * @param epoch {@code /controller_epoch}; not read for one that waits while there is a holder
     * @param controller {@code /controller}
     */
    record Holder(Optional<ZkNode> epoch, Optional<ZkNode> controller) {
        private static final Pattern ID = Pattern.compile("\"brokerid\"\\s*:\\s*(\\d{1,10})\\b");

        /** The id in {@code /controller}; empty if it is absent or names none. */
        Optional<Integer> id() {
            return controller
                    .map(node -> ID.matcher(node.text()))
                    .filter(Matcher::find)
                    .map(found -> Long.parseLong(found.group(1)))
                    .filter(id -> id <= Integer.MAX_VALUE)
                    .map(Long::intValue);
        }

        /** The id in words. */
        String name() {
            return id().map(Object::toString).orElse("no id");
        }
    }

    /**
     * Nothing is tried yet.
     *
     * @param changed called on any thread when {@code /controller} changes, also after winning, or when to try again
     */
    Election(ZkPort zk, Timers timers, ControllerSettings settings, Runnable changed) {
        this.zk = zk;
        this.timers = timers;
        this.controllerId = settings.controllerId();
        this.retryDelay = settings.retryDelay();
        this.changed = changed;
        this.watch = event -> changed.run();
        this.registration =
                "{\"version\":1,\"brokerid\":" + controllerId + ",\"timestamp\":\"" + timers.nowMillis() + "\"}";
    }

    /** Fails if {@code /controller} is not, or no longer, what this election has written. */
    void requireOwn() {
        Optional<ZkNode> controller = Await.done(zk.getData(CONTROLLER, watch));
        if (controller.isEmpty()) {
            throw new LeadershipLost(CONTROLLER + " is gone", null);
        }
        if (!isOwn(controller.get())) {
            throw new LeadershipLost(CONTROLLER + " belongs to another controller", null);
        }
    }

    private boolean isOwn(ZkNode controller) {
        return tried && controller.text().equals(registration);
    }

    /**
     * Who holds the office. The epoch is read first: the winner of an election in between has raised it, so that {@link
     * #take} fails.
     */
    Holder look() {
        Optional<ZkNode> epoch = Await.done(zk.getData(Fence.PATH));
        return new Holder(epoch, Await.done(zk.getData(CONTROLLER, watch)));
    }

    /** The same for one that waits until the office is free; the epoch is not read before, since it deposes no holder. */
    Holder lookIfFree() {
        Optional<ZkNode> controller = Await.done(zk.getData(CONTROLLER, watch));
        return new Holder(controller.isPresent() ? Optional.empty() : Await.done(zk.getData(Fence.PATH)), controller);
    }

    /** The office, if it is ours: an earlier try in this session whose answer was lost may have won. */
    Optional<Fence> own(Holder holder) {
        return holder.controller().filter(this::isOwn).map(this::won);
    }

    /**
     * Tries once to take the office from this holder, or while it is free, in one transaction. Empty if it has another
     * holder by now or another client has written {@code /controller_epoch}; then {@code changed} is called when the next
     * try may succeed.
     */
    Optional<Fence> take(Holder holder) {
        tried = true;
        try {
            return Optional.of(taken(holder));
        } catch (ZkException e) {
            return switch (e.code()) {
                case BAD_VERSION, NODE_EXISTS, NO_NODE -> {
                    timers.after(retryDelay, changed); // without /controller there is no event to wait for
                    yield Optional.empty();
                }
                case NOT_EMPTY,
                        EPHEMERAL_PARENT,
                        TOO_LARGE,
                        CONNECTION_LOSS,
                        SESSION_EXPIRED,
                        NO_AUTH,
                        UNSUPPORTED,
                        OTHER -> throw e;
            };
        }
    }

    /** The epoch is ours where one transaction has created {@code /controller} and written it. */
    private Fence won(ZkNode controller) {
        ZkNode epoch = Await.done(zk.getData(Fence.PATH))
                .filter(node -> node.stat().mzxid() == controller.stat().czxid())
                .orElseThrow(() -> new LeadershipLost(
                        Fence.PATH + " was written by another client while " + CONTROLLER + " was ours", null));
        return new Fence(controllerId, number(epoch), epoch.stat().version());
    }

    private Fence taken(Holder holder) {
        List<ZkWrite> writes = new ArrayList<>();
        holder.controller()
                .ifPresent(controller ->
                        writes.add(ZkWrite.delete(CONTROLLER, controller.stat().version())));
        writes.add(ZkWrite.createEphemeral(CONTROLLER, registration));
        int next = holder.epoch().map(Election::following).orElse(1);
        int version = holder.epoch().map(epoch -> epoch.stat().version()).orElse(-1);
        writes.add(
                version < 0
                        ? ZkWrite.create(Fence.PATH, "1")
                        : ZkWrite.setData(Fence.PATH, Integer.toString(next), version));
        Await.done(zk.commit(writes));
        return new Fence(controllerId, next, version + 1);
    }

    private static int following(ZkNode epoch) {
        int current = number(epoch);
        if (current == Integer.MAX_VALUE) {
            throw notANumber(epoch, null);
        }
        return current + 1;
    }

    private static int number(ZkNode epoch) {
        try {
            return Integer.parseInt(epoch.text().strip());
        } catch (NumberFormatException e) {
            throw notANumber(epoch, e);
        }
    }

    private static LeadershipLost notANumber(ZkNode epoch, NumberFormatException cause) {
        return new LeadershipLost(
                Fence.PATH + " holds '" + epoch.text() + "', which is not a number that can be raised; write one to it",
                cause);
    }
}
