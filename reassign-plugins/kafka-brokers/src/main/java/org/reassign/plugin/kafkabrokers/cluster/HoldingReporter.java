package org.reassign.plugin.kafkabrokers.cluster;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Reconfigurable;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.metrics.Quota;

/**
 * Runs in a broker, as one of its {@code metric.reporters}, and lets a lab hold replicas. A follower throttle of Kafka
 * holds only while the bytes of some seconds exceed its rate, so that the first fetch always passes and a small replica
 * is never held. Here its quota is always exceeded: a throttled replica that is not in sync is not fetched at all. The
 * broker sets the quota to the rate again with each of its configurations, after its reporters have heard of it; so it
 * is looked at every few milliseconds. A single fetch in between does no harm: only the next one would tell the leader.
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

    private static final long EVERY_MILLIS = 20;
    private static final Quota EXCEEDED = Quota.upperBound(-1);

    private final Set<KafkaMetric> quotas = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "held replicas");
        thread.setDaemon(true);
        return thread;
    });

    /** Made by the broker. */
    public HoldingReporter() {
        var unused = timer.scheduleWithFixedDelay(
                () -> quotas.forEach(HoldingReporter::exceed), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void exceed(KafkaMetric metric) {
        if (!EXCEEDED.equals(metric.config().quota())) {
            metric.config(new MetricConfig().quota(EXCEEDED));
        }
    }

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
            quotas.add(metric);
            exceed(metric);
        }
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {
        quotas.remove(metric);
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
        timer.shutdownNow();
    }
}
