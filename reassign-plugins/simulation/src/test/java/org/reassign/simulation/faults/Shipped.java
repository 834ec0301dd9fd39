package org.reassign.simulation.faults;

import java.util.List;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.store.WriteMode;
import org.reassign.plugin.conflictpolicies.ArrivalOrder;
import org.reassign.plugin.conflictpolicies.NewestWins;
import org.reassign.plugin.conflictpolicies.RefuseCrossMechanism;
import org.reassign.plugin.droppolicies.KeepAll;
import org.reassign.plugin.droppolicies.Originals;
import org.reassign.plugin.droppolicies.PreferInSync;
import org.reassign.plugin.droppolicies.Returning;
import org.reassign.plugin.isrwatchers.Batched;
import org.reassign.plugin.isrwatchers.PerPartition;
import org.reassign.plugin.isrwatchers.Recursive;
import org.reassign.plugin.requestchannels.Legacy;
import org.reassign.plugin.requestchannels.NotifyNames;
import org.reassign.plugin.requestchannels.NotifyScan;
import org.reassign.plugin.requestchannels.Payload;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;
import org.reassign.plugin.storagelayouts.Consolidated;
import org.reassign.plugin.storagelayouts.Kip455;
import org.reassign.plugin.storagelayouts.Separate;
import org.reassign.plugin.storagelayouts.SeparateFlat;

/** All plugins that we ship, in the order of their names. */
final class Shipped {
    private Shipped() {}

    static Candidates plugins() {
        return new Candidates(
                List.of(
                        new NamedPlugin<>("consolidated", new Consolidated()),
                        new NamedPlugin<>("kip-455", new Kip455()),
                        new NamedPlugin<>("separate", new Separate()),
                        new NamedPlugin<>("separate-flat", new SeparateFlat())),
                List.of(
                        new NamedPlugin<>("batched", new Batched()),
                        new NamedPlugin<>("per-partition", new PerPartition()),
                        new NamedPlugin<>("recursive", new Recursive())),
                List.of(
                        new NamedPlugin<>("keep-all", new KeepAll()),
                        new NamedPlugin<>("originals", new Originals()),
                        new NamedPlugin<>("prefer-in-sync", new PreferInSync()),
                        new NamedPlugin<>("returning", new Returning())),
                List.of(
                        new NamedPlugin<>("arrival-order", new ArrivalOrder()),
                        new NamedPlugin<>("newest-wins", new NewestWins()),
                        new NamedPlugin<>("refuse-cross-mechanism", new RefuseCrossMechanism())),
                List.of(
                        new NamedPlugin<>("legacy", new Legacy()),
                        new NamedPlugin<>("notify-names", new NotifyNames()),
                        new NamedPlugin<>("notify-scan", new NotifyScan()),
                        new NamedPlugin<>("payload", new Payload())),
                List.of(WriteMode.values()),
                true,
                new NamedPlugin<>("simulated", new SimulatedBrokers()));
    }
}
