package org.reassign.plugin.kafkabrokers;

import jakarta.inject.Inject;
import org.pf4j.Extension;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.PluginName;
import org.reassign.api.spi.Setting;
import org.reassign.api.spi.Settings;

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
public final class Takeover implements BrokerGateway {
    private final TakeoverOptions options;

    /** Reads the file that {@code command-config} names. */
    @Inject
    public Takeover(Settings settings) {
        this.options = TakeoverOptions.of(settings);
    }

    @Override
    public Gateway open(Context context) {
        return new TakeoverGateway(options);
    }
}
