package org.reassign.core.lead;

import org.reassign.api.spi.BrokerGateway.Office;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.store.Fence;

/**
 * The session, plugins and settings of one leadership and its terms.
 *
 * @param zk the session that holds {@code /controller}
 * @param fence the epoch that was won
 * @param plugins the chosen plugins
 * @param settings how the controller behaves
 * @param timers its clock and thread
 * @param listener receives its events
 * @param loop takes changes from any thread
 * @param office how the office was won
 */
record TermContext(
        ZkPort zk,
        Fence fence,
        Plugins plugins,
        ControllerSettings settings,
        Timers timers,
        ControllerListener listener,
        Loop loop,
        Office office) {
    /**
     * Whether the brokers obey this controller alone, so that it does all that Kafka's does: it knows the {@code state}
     * of every partition, and every broker's metadata are those of the whole cluster.
     */
    boolean wholeCluster() {
        return office == Office.TAKE_OVER;
    }
}
