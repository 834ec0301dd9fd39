package org.reassign.core.lead;

import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.store.Fence;

/**
 * What a term of leadership is held with.
 *
 * @param zk the session that holds {@code /controller}
 * @param fence the epoch that was won
 * @param plugins the chosen plugins
 * @param settings how the controller behaves
 * @param timers its clock and thread
 * @param listener hears what it does
 * @param loop where whatever happens is handed in
 */
record TermContext(
        ZkPort zk,
        Fence fence,
        Plugins plugins,
        ControllerSettings settings,
        Timers timers,
        ControllerListener listener,
        Loop loop) {}
