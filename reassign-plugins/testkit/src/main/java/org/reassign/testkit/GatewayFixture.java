package org.reassign.testkit;

import java.time.Duration;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkSessions;

/**
 * What {@link BrokerGatewayContract} and {@link LabContract} stand on: an empty ZooKeeper and a clock, a new one for each
 * test. Virtual time is best, since nothing is waited for then.
 */
public interface GatewayFixture extends AutoCloseable {
    /** Opens sessions with an empty ZooKeeper. */
    ZkSessions sessions();

    /** The gateway's clock and task queue. */
    Timers timers();

    /** Lets this much of the clock's time pass and runs all that is due until then; zero runs what is due now. */
    void pass(Duration time);

    /** Starts brokers and makes topics: the gateway's own lab, or for a gateway that has none one of the fixture's. */
    default Lab lab(BrokerGateway.Gateway gateway) {
        if (gateway instanceof BrokerGateway.LabGateway own) {
            return own.lab();
        }
        throw new AssertionError(
                "the gateway has no lab; override lab() in its fixture to start brokers and make topics");
    }

    /** An epoch that no controller has had; the tests command with this one and those after it. */
    default int firstControllerEpoch() {
        return 1;
    }

    /** Ends what the fixture has begun. */
    @Override
    default void close() {}
}
