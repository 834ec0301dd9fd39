package org.reassign.plugin.simulatedbrokers;

import org.pf4j.Extension;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.PluginName;

/**
 * Brokers in this process that replicate at a given bandwidth: 50 MB per second and broker, and notify of ISR changes
 * 50 ms late, unless the {@linkplain org.reassign.api.spi.Lab#replication lab} says otherwise. They behave as Kafka
 * brokers do at inter-broker protocol 2.6: they register, write {@code state} and {@code /isr_change_notification}
 * themselves, check controller, broker and leader epochs and fence fetches by leader epoch.
 *
 * <p>All state is touched on the thread of the context's timers only, which is also the only clock. There is no
 * randomness, so under virtual time the same calls have the same effects at the same times.
 */
@Extension
@PluginName(value = "simulated", description = "Brokers in this process that behave as Kafka brokers at protocol 2.6")
public final class SimulatedBrokers implements BrokerGateway {
    /** Takes no settings. */
    public SimulatedBrokers() {}

    @Override
    public LabGateway open(Context context) {
        return new SimulatedGateway(context);
    }
}
