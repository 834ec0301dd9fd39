package org.reassign.plugin.kafkabrokers.cluster;

import java.util.Map;

/** The settings that all brokers of a lab share: small, quick to start, and without work of their own. */
public final class BrokerDefaults {
    /** How long a session outlives its broker. */
    static final int SESSION_MILLIS = 6_000;

    /** How long a follower may lag before it leaves the ISR; brokers look at it half as often. */
    static final int LAG_MILLIS = 10_000;

    /** As in {@code server.properties}; id, listeners, ZooKeeper and folder of a broker are its own. */
    public static final Map<String, String> SETTINGS = Map.ofEntries(
            // port 0: a free one, which the broker registers
            Map.entry("listeners", "PLAINTEXT://127.0.0.1:0"),
            Map.entry("zookeeper.session.timeout.ms", Integer.toString(SESSION_MILLIS)),
            Map.entry("zookeeper.connection.timeout.ms", "20000"),
            Map.entry("replica.lag.time.max.ms", Integer.toString(LAG_MILLIS)),
            Map.entry("metric.reporters", HoldingReporter.class.getName()),
            Map.entry("auto.leader.rebalance.enable", "false"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("controlled.shutdown.enable", "false"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("log.cleaner.enable", "false"),
            Map.entry("log.retention.ms", "-1"),
            Map.entry("log.index.size.max.bytes", "262144"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("num.recovery.threads.per.data.dir", "1"),
            Map.entry("background.threads", "2"));

    private BrokerDefaults() {}
}
