package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.IsrWatcher.IsrReport;

/** All that an ISR watch has reported. Reports come on any thread; tests wait for them. */
final class ReportLog {
    /** How long a test waits for what must come before it fails. */
    static final long DEADLINE_SECONDS = 20;

    private static final int NEVER = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final List<IsrReport> reports = new ArrayList<>();

    void take(IsrReport report) {
        lock.lock();
        try {
            reports.add(report);
            came.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void await(String what, BooleanSupplier condition) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
            while (!condition.getAsBoolean() && left > 0) {
                left = came.awaitNanos(left);
            }
            assertThat(condition.getAsBoolean())
                    .as("%s; reported: %s", what, reports)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, e);
        } finally {
            lock.unlock();
        }
    }

    private List<IsrReport> reports() {
        lock.lock();
        try {
            return List.copyOf(reports);
        } finally {
            lock.unlock();
        }
    }

    void forget() {
        lock.lock();
        try {
            reports.clear();
        } finally {
            lock.unlock();
        }
    }

    int newest(TopicPartition partition) {
        return reports().stream()
                .filter(report -> report.states().containsKey(partition))
                .mapToInt(report -> version(report, partition))
                .max()
                .orElse(NEVER);
    }

    int reportsOf(TopicPartition partition, int version) {
        return (int) reports().stream()
                .filter(report -> report.states().containsKey(partition))
                .filter(report -> version(report, partition) == version)
                .count();
    }

    private static int version(IsrReport report, TopicPartition partition) {
        return report.states().get(partition).map(node -> node.stat().version()).orElse(NEVER);
    }

    Set<TopicPartition> reported() {
        Set<TopicPartition> reported = new TreeSet<>();
        reports().forEach(report -> reported.addAll(report.states().keySet()));
        return reported;
    }

    List<String> notifications() {
        return reports().stream()
                .flatMap(report -> report.notifications().stream())
                .toList();
    }
}
