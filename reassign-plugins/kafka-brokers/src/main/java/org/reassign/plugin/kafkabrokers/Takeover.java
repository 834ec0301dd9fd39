package org.reassign.plugin.kafkabrokers;

import org.pf4j.Extension;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.PluginName;

/** This process is the controller of real ZooKeeper-mode brokers at inter-broker protocol 2.6 or lower. */
@Extension
@PluginName(value = "takeover", description = "Real brokers at protocol 2.6 or lower, whose controller this process is")
public final class Takeover implements BrokerGateway {
    /** Takes no settings. */
    public Takeover() {}

    @Override
    public Gateway open(Context context) {
        throw new UnsupportedOperationException("the gateway 'takeover' is not complete; use 'simulated'");
    }
}
