package org.reassign.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a command when the process is told to end: interrupts the main thread, which closes what it has opened, and
 * waits for it a little. The process then ends with 128 + the signal's number, as shells expect: 130 for Ctrl-C.
 */
final class Interrupts {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final CountDownLatch OVER = new CountDownLatch(1);
    private static volatile long deadlineNanos;

    private Interrupts() {}

    static void install() {
        Thread main = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (OVER.getCount() > 0) {
                                allow(PATIENCE);
                                main.interrupt();
                                await();
                            }
                        },
                        "interrupt"));
    }

    /** The command has ended by itself, or closed what it had opened. */
    static void over() {
        OVER.countDown();
    }

    /** From now on the command may take so long, since it removes what would stay otherwise. */
    static void allow(Duration patience) {
        deadlineNanos = System.nanoTime() + patience.toNanos();
    }

    private static void await() {
        try {
            while (!OVER.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() - deadlineNanos > 0) {
                    System.err.println("reassign did not end in time; a temporary folder may be left under "
                            + System.getProperty("java.io.tmpdir")
                            + ", and at an existing ZooKeeper what the run has made there");
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
