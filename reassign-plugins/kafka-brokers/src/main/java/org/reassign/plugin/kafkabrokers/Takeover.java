package org.reassign.plugin.kafkabrokers;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.pf4j.Extension;
import org.reassign.api.spi.BrokerDisks;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.PluginName;
import org.reassign.api.spi.Setting;
import org.reassign.api.spi.SettingException;
import org.reassign.api.spi.Settings;
import org.reassign.plugin.kafkabrokers.cluster.KafkaJars;
import org.reassign.plugin.kafkabrokers.cluster.KafkaLab;
import org.reassign.plugin.kafkabrokers.cluster.KafkaVersion;

/**
 * This process is the controller of real ZooKeeper-mode Kafka brokers. They have to run inter-broker protocol 2.6 or
 * lower, which brokers up to 3.9 can: from 2.7 on, leaders report ISR changes to a controller that is a broker (KIP-497)
 * and no longer write them to ZooKeeper.
 *
 * <p>Requests of protocol 2.6 are sent (LeaderAndIsr v4, UpdateMetadata v6, StopReplica v3), or lower versions where the
 * broker has only those.
 */
@Extension
@PluginName(value = "takeover", description = "Real brokers at protocol 2.6 or lower, whose controller this process is")
@Setting(
        key = "command-config",
        description = "File of Kafka client properties such as security.protocol, ssl.* and sasl.*")
@Setting(
        key = "listener",
        description = "Name of the listener over which brokers are commanded;"
                + " by default the first with the security.protocol of command-config")
@Setting(
        key = "request-timeout",
        type = Setting.Type.DURATION,
        defaultValue = "30s",
        description = "How long a broker may take to answer, connecting included")
@Setting(
        key = "connect-timeout",
        type = Setting.Type.DURATION,
        defaultValue = "10s",
        description = "How long a connection may take until it is authenticated")
@Setting(
        key = "max-request-bytes",
        type = Setting.Type.NUMBER,
        defaultValue = "10000000",
        min = 10_000,
        max = 100_000_000,
        description =
                "Size above which a request is split; a broker's socket.request.max.bytes counts where it is smaller")
@Setting(
        key = "kafka-version",
        choices = {"3.9.2", "2.8.2", "1.1.1"},
        defaultValue = "3.9.2",
        description = "The Kafka whose brokers are started where the ZooKeeper is embedded")
@Setting(
        key = "kafka-home",
        description = "Folder with the jars of that Kafka; by default they are fetched once, by Maven")
public final class Takeover implements BrokerGateway {
    private final TakeoverOptions options;
    private final KafkaVersion version;
    private final Optional<Path> home;

    /** Reads the file that {@code command-config} names, and looks into the folder that {@code kafka-home} names. */
    @Inject
    public Takeover(Settings settings) {
        this.options = TakeoverOptions.of(settings);
        this.version = KafkaVersion.of(settings.getString("kafka-version")).orElseThrow();
        this.home = Optional.of(settings.getString("kafka-home"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> jars(folder, version));
    }

    private static Path jars(String folder, KafkaVersion version) {
        return KafkaJars.in(Path.of(folder), version)
                .orElseThrow(() -> new SettingException(
                        "kafka-home",
                        folder,
                        "which has no " + version.jar() + ", neither itself nor in libs",
                        "name a folder with it and all that it depends on, or another takeover.kafka-version"));
    }

    @Override
    public boolean startsRealBrokers() {
        return true;
    }

    /** With a ZooKeeper of the run's own, a gateway with a lab that starts brokers there; else one to those there are. */
    @Override
    public Gateway open(Context context) {
        Site site = context.site();
        if (!site.isOwn()) {
            return new TakeoverGateway(options, site.notes());
        }
        KafkaJars jars = new KafkaJars(version, home, site.cache(), site.notes());
        KafkaLab lab = new KafkaLab(version, site.zooKeeper(), context.sessions(), jars, site.notes(), Map.of());
        return new TakeoverOfLab(new TakeoverGateway(options, site.notes()), lab);
    }

    @Override
    public Optional<BrokerDisks> openDisks(Site site) {
        return Optional.of(new LogDirs(options, site.notes()));
    }
}
