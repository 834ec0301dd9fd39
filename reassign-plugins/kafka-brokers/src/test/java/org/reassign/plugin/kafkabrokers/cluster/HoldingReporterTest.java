package org.reassign.plugin.kafkabrokers.cluster;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.Quota;
import org.apache.kafka.common.metrics.QuotaViolationException;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.Rate;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The quota of replication, made and changed as a broker does. */
class HoldingReporterTest {
    private final Metrics metrics = new Metrics(new MetricConfig(), List.of(new HoldingReporter()), Time.SYSTEM);
    private final MetricName name = metrics.metricName("byte-rate", "FollowerReplication", "");

    @AfterEach
    void noMetrics() {
        metrics.close();
    }

    private Sensor sensor() {
        Sensor sensor = metrics.sensor("FollowerReplication", none());
        sensor.add(name, new Rate(), none());
        return sensor;
    }

    private static MetricConfig none() {
        return new MetricConfig().quota(Quota.upperBound(0));
    }

    private static boolean isExceeded(Sensor sensor) {
        try {
            sensor.checkQuotas();
            return false;
        } catch (QuotaViolationException exceeded) {
            return true;
        }
    }

    private static void awaitExceeded(Sensor sensor) {
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            while (!isExceeded(sensor)) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void isExceededFromTheBeginning() {
        awaitExceeded(sensor());
    }

    /** With each of its configurations a broker gives the metric the rate that is in it. */
    @Test
    void isExceededAgainAfterTheBrokerHasSetItsRate() {
        Sensor sensor = sensor();
        awaitExceeded(sensor);
        metrics.metric(name).config(none());

        awaitExceeded(sensor);
    }
}
