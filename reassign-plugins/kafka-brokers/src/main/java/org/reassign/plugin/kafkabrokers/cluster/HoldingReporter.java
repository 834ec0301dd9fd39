package org.reassign.plugin.kafkabrokers.cluster;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Reconfigurable;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.metrics.Quota;

/**
 * Runs in a broker, as one of its {@code metric.reporters}, and lets a lab hold replicas. A follower throttle of Kafka
 * holds only while the bytes of some seconds exceed its rate, so that the first fetch always passes and a small replica
 * is never held. Here its quota is always exceeded: a throttled replica that is not in sync is not fetched at all.
 *
 * <p>Prints {@code applied N} when the broker has taken over its configuration number N, and with it all that was
 * written to ZooKeeper before. Works in all of {@link KafkaVersion}: in 1.1, reporters are not reconfigurable by
 * themselves.
 */
public final class HoldingReporter implements MetricsReporter, Reconfigurable {
    /**
     * The setting of a broker, in {@code /config/brokers/N}, that numbers its configurations. It must be one that Kafka
     * 1.1 lets change; brokers of a lab clean no logs.
     */
    static final String NUMBER = "log.cleaner.backoff.ms";

    /** Made by the broker. */
    public HoldingReporter() {}

    @Override
    public void configure(Map<String, ?> configs) {
        // nothing is applied yet
    }

    @Override
    public void init(List<KafkaMetric> metrics) {
        metrics.forEach(this::metricChange);
    }

    @Override
    public void metricChange(KafkaMetric metric) {
        if (metric.metricName().group().equals("FollowerReplication")) {
            metric.config(new MetricConfig().quota(Quota.upperBound(-1)));
        }
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {
        // a new one is a change
    }

    @Override
    public Set<String> reconfigurableConfigs() {
        return Set.of(NUMBER);
    }

    @Override
    public void validateReconfiguration(Map<String, ?> configs) {
        // any number will do
    }

    @Override
    public void reconfigure(Map<String, ?> configs) {
        System.out.println("applied " + configs.get(NUMBER));
    }

    @Override
    public void close() {
        // holds nothing
    }
}
