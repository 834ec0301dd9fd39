package org.reassign.simulation.faults;

import java.util.List;
import org.reassign.core.run.Named;
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
                        new Named<>("consolidated", new Consolidated()),
                        new Named<>("kip-455", new Kip455()),
                        new Named<>("separate", new Separate()),
                        new Named<>("separate-flat", new SeparateFlat())),
                List.of(
                        new Named<>("batched", new Batched()),
                        new Named<>("per-partition", new PerPartition()),
                        new Named<>("recursive", new Recursive())),
                List.of(
                        new Named<>("keep-all", new KeepAll()),
                        new Named<>("originals", new Originals()),
                        new Named<>("prefer-in-sync", new PreferInSync()),
                        new Named<>("returning", new Returning())),
                List.of(
                        new Named<>("arrival-order", new ArrivalOrder()),
                        new Named<>("newest-wins", new NewestWins()),
                        new Named<>("refuse-cross-mechanism", new RefuseCrossMechanism())),
                List.of(
                        new Named<>("legacy", new Legacy()),
                        new Named<>("notify-names", new NotifyNames()),
                        new Named<>("notify-scan", new NotifyScan()),
                        new Named<>("payload", new Payload())),
                List.of(WriteMode.values()),
                true,
                new Named<>("simulated", new SimulatedBrokers()));
    }
}
