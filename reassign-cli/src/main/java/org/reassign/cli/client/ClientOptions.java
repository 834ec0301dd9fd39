package org.reassign.cli.client;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reassign.api.client.ReassignmentClient;
import org.reassign.api.zk.ZkSessions;
import org.reassign.cli.ClusterOptions;
import org.reassign.cli.ExternalZooKeeper;
import org.reassign.cli.PluginOptions;
import org.reassign.cli.ResolvedOptions;
import org.reassign.cli.UsageException;
import org.reassign.core.client.PublishedPlugins;
import org.reassign.core.client.StoredReassignmentClient;
import org.reassign.core.plugin.PluginHost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What every client command takes. */
@Command(
        footer = {
            "",
            "Layout and channels are those that a controller has published; an option that contradicts it is refused. Brokers"
                    + " are asked for bytes by the gateway that it has published, or --gateway names. What only a controller does, such as --drop-policy, is taken so that one --config file serves all commands, and"
                    + " has no effect here."
        })
public final class ClientOptions {
    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private PluginOptions plugins;

    /** Connects to the cluster; the caller closes it. What is wrong with installed plugins is reported. */
    public OpenClient open(CommandReport report) {
        ResolvedOptions choices = ResolvedOptions.of(cluster, plugins);
        Map<String, String> chosen = ResolvedOptions.chosen(cluster, plugins);
        String address = address(chosen);
        ZkSessions sessions =
                ExternalZooKeeper.at(address, choices.zooKeeperAccess()).openExisting();
        PluginHost host = choices.openPlugins();
        host.warnings().forEach(report::warning);
        ReassignmentClient client = StoredReassignmentClient.open(
                sessions,
                new PublishedPlugins(
                        host,
                        Optional.ofNullable(chosen.get("storage-layout")),
                        Optional.ofNullable(chosen.get("gateway")),
                        channels(chosen),
                        choices.settings()));
        GatewayDisks gateway = new GatewayDisks(host, address, chosen, choices.settings(), report::note);
        return new OpenClient(client, host, address, sessions, new DiskReader(gateway::open, report::note));
    }

    /** Whether stdout is to be one JSON document. */
    public boolean json() {
        return ResolvedOptions.of(cluster, plugins).json();
    }

    private static String address(Map<String, String> chosen) {
        String address = chosen.getOrDefault("zookeeper", "");
        if (address.isEmpty() || address.equals("embedded") || address.equals("memory")) {
            throw new UsageException(
                    "no cluster is named; say which with --zookeeper HOST:PORT[,HOST:PORT...][/chroot]");
        }
        return address;
    }

    private static List<String> channels(Map<String, String> chosen) {
        String channels = chosen.get("request-channel");
        return channels == null ? List.of() : Arrays.asList(channels.split("\\+", -1));
    }
}
