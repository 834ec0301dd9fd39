package org.reassign.plugin.kafkabrokers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LabTasksTest {
    @Test
    void closingInterruptsATaskAndWaitsUntilItHasCleanedUp() throws InterruptedException {
        LabTasks tasks = new LabTasks();
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean cleaned = new AtomicBoolean();
        var unused = tasks.run(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                for (int i = 0; i < 100_000; i++) {
                    Thread.onSpinWait();
                }
                cleaned.set(true);
            }
        });
        begun.await();
        tasks.close();
        assertThat(cleaned).isTrue();
    }
}
