package org.reassign.cli.controller;

import java.util.Optional;
import java.util.SortedSet;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.BrokerGateway.LabGateway;
import org.reassign.cli.UsageException;
import org.reassign.core.plugin.NamedPlugin;

/**
 * The gateway of a controller, and what begins and ends with its office.
 *
 * @param gateway the gateway, open
 * @param office told of the office
 */
record OpenedGateway(Gateway gateway, ControllerEvents.Office office) implements AutoCloseable {
    /**
     * Opens the chosen gateway. One that starts brokers itself needs a cluster; one for brokers that are there takes none.
     *
     * @param cluster starts the brokers and topics of {@code --cluster}
     * @param end is told where they cannot be started
     */
    static OpenedGateway open(
            NamedPlugin<BrokerGateway> plugin,
            BrokerGateway.Context context,
            Optional<ClusterStart> cluster,
            ProcessEnd end) {
        Gateway opened = plugin.plugin().open(context);
        boolean startsBrokers = opened instanceof LabGateway;
        if (startsBrokers && cluster.isPresent()) {
            return hosting(plugin, context, (LabGateway) opened, cluster.get(), end);
        }
        if (!startsBrokers && cluster.isEmpty()) {
            return new OpenedGateway(opened, ControllerEvents.Office.NONE);
        }
        opened.close();
        throw new UsageException(
                startsBrokers
                        ? "the gateway '" + plugin.name()
                                + "' runs brokers of its own; say which with --cluster SCENARIO"
                        : "--cluster is for a gateway that runs brokers of its own, and '" + plugin.name()
                                + "' commands those that are registered; leave --cluster out or choose --gateway simulated");
    }

    private static OpenedGateway hosting(
            NamedPlugin<BrokerGateway> plugin,
            BrokerGateway.Context context,
            LabGateway first,
            ClusterStart cluster,
            ProcessEnd end) {
        SortedSet<Integer> others = cluster.others(first.lab());
        first.close();
        if (!others.isEmpty()) {
            throw new UsageException(cluster.refusal(others));
        }
        LeaderHostedGateway hosting = new LeaderHostedGateway(
                () -> (LabGateway) plugin.plugin().open(context), cluster, LeaderHostedGateway.START_LIMIT, end);
        return new OpenedGateway(hosting, hosting);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
