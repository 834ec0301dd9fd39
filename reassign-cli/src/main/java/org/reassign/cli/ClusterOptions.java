package org.reassign.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What every command that works on a cluster takes, beside {@link PluginOptions}. Absent options are null. */
public final class ClusterOptions {
    @Option(
            names = "--zookeeper",
            paramLabel = "embedded|memory|HOST:PORT[,...][/chroot]",
            description =
                    "The ZooKeeper: one in this process or in memory, which only run and compare know (their default:"
                            + " embedded), or one at an address.")
    String zookeeper;

    @Option(
            names = "--zookeeper-config",
            paramLabel = "FILE",
            description =
                    "A file of properties named as in a broker's server.properties, for connections with ZooKeeper:"
                            + " zookeeper.ssl.*, zookeeper.set.acl; and zookeeper.digest, which is user:password.")
    String zookeeperConfig;

    @Option(
            names = "--storage-layout",
            paramLabel = "NAME",
            description = "Where records are stored. Default: separate.")
    String storageLayout;

    @Option(
            names = "--isr-watcher",
            paramLabel = "NAME",
            description = "How replicas that get in sync are noticed. Default: per-partition.")
    String isrWatcher;

    @Option(
            names = "--drop-policy",
            paramLabel = "NAME",
            description = "Which replicas are dropped when a target changes. Default: prefer-in-sync.")
    String dropPolicy;

    @Option(
            names = "--conflict-policy",
            paramLabel = "NAME",
            description = "Which request wins when two conflict. Default: arrival-order.")
    String conflictPolicy;

    @Option(
            names = "--request-channel",
            paramLabel = "NAME[+NAME...]",
            description = "How requests travel; the first is used unless another is named. Default: payload+legacy.")
    String requestChannel;

    @Option(
            names = "--gateway",
            paramLabel = "NAME",
            description = "What sends commands to the brokers. Default: simulated.")
    String gateway;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description =
                    "A file of Kafka client properties such as security.protocol, ssl.* and sasl.*, for connections"
                            + " with brokers: the setting command-config of the gateway, which must have it.")
    String commandConfig;

    @Option(
            names = "--write-mode",
            paramLabel = "single|pipelined|batched",
            description = "How the controller writes. Default: batched.")
    String writeMode;

    @Option(
            names = "--set",
            paramLabel = "PLUGIN.KEY=VALUE",
            description = "A setting of a plugin, or of the controller as in controller.coalesce=false. Repeatable.")
    Map<String, String> set = new LinkedHashMap<>();
}
