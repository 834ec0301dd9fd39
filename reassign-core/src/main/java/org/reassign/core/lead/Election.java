package org.reassign.core.lead;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Await;
import org.reassign.core.store.Fence;
import org.reassign.core.store.LeadershipLost;

/**
 * Becoming the controller, as Kafka's controllers do: {@code /controller} is created as an ephemeral znode and {@code
 * /controller_epoch} raised by one, in one transaction. Several may try; one leads.
 */
final class Election {
    static final String CONTROLLER = "/controller";

    private final ZkPort zk;
    private final Timers timers;
    private final int controllerId;
    private final Duration retryDelay;
    private final String registration;

    Election(ZkPort zk, Timers timers, ControllerSettings settings) {
        this.zk = zk;
        this.timers = timers;
        this.controllerId = settings.controllerId();
        this.retryDelay = settings.retryDelay();
        this.registration =
                "{\"version\":1,\"brokerid\":" + controllerId + ",\"timestamp\":\"" + timers.nowMillis() + "\"}";
    }

    /** Whether this is our registration, and not that of a controller elected later. */
    boolean isOwn(ZkNode controller) {
        return controller.text().equals(registration);
    }

    /**
     * Tries once. Empty if another leads or has written {@code /controller_epoch} in the meantime; then {@code changed}
     * is called when the next try may succeed.
     *
     * @param changed called on any thread when {@code /controller} changes, also after winning, or when to try again
     */
    Optional<Fence> campaign(Runnable changed) {
        if (Await.done(zk.getData(CONTROLLER, event -> changed.run())).isPresent()) {
            return Optional.empty();
        }
        Optional<ZkNode> epoch = Await.done(zk.getData(Fence.PATH));
        try {
            return Optional.of(epoch.isPresent() ? take(epoch.get()) : takeFirst());
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

    private Fence take(ZkNode epoch) {
        int next = following(epoch);
        int version = epoch.stat().version();
        Await.done(zk.commit(List.of(
                ZkWrite.createEphemeral(CONTROLLER, registration),
                ZkWrite.setData(Fence.PATH, Integer.toString(next), version))));
        return new Fence(controllerId, next, version + 1);
    }

    private Fence takeFirst() {
        Await.done(
                zk.commit(List.of(ZkWrite.createEphemeral(CONTROLLER, registration), ZkWrite.create(Fence.PATH, "1"))));
        return new Fence(controllerId, 1, 0);
    }

    private static int following(ZkNode epoch) {
        try {
            return Math.incrementExact(Integer.parseInt(epoch.text().strip()));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new LeadershipLost(
                    "/controller_epoch holds '" + epoch.text()
                            + "', which is not a number that can be raised; write one to it",
                    e);
        }
    }
}
