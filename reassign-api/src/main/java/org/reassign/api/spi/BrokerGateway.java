package org.reassign.api.spi;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pf4j.ExtensionPoint;
import org.reassign.api.Evolving;
import org.reassign.api.model.Broker;
import org.reassign.api.zk.ZkSessions;

/** Carries the controller's commands to brokers. */
@Evolving(since = "1.0")
public interface BrokerGateway extends ExtensionPoint {
    /** Opens the gateway; the caller closes it. */
    Gateway open(Context context);

    /**
     * The services that a gateway may use. A simulation gives virtual ones.
     *
     * @param sessions opens sessions with the cluster's ZooKeeper, for brokers that run in this process
     * @param timers clock and task queue of the gateway's own
     */
    record Context(ZkSessions sessions, Timers timers) {}

    /** An open gateway. Its methods may be called from any thread and do not block. */
    interface Gateway extends AutoCloseable {
        /** The reason why these brokers cannot be commanded, as one sentence; empty if they can. */
        Optional<String> check();

        /**
         * Sends one request. The stage completes with the broker's reply, on any thread, or fails where none came in
         * time; it never hangs. The request may or may not have been carried out when it fails, and may be carried out
         * late or twice.
         */
        CompletionStage<BrokerReply> send(Broker to, BrokerRequest request);

        /** Means to set up and disturb the brokers; simulated ones have it. */
        Optional<Lab> lab();

        /** Ends all brokers that run in this process and closes their sessions. */
        @Override
        void close();
    }
}
