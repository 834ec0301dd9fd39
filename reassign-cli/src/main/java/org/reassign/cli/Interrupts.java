package org.reassign.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a command when the process is told to end: interrupts the main thread, which closes what it has opened, and
 * waits for it a little. The process then ends with 128 + the signal's number, as shells expect: 130 for Ctrl-C.
 */
final class Interrupts {
    private static final long PATIENCE_SECONDS = 5;
    private static final CountDownLatch OVER = new CountDownLatch(1);

    private Interrupts() {}

    static void install() {
        Thread main = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (OVER.getCount() > 0) {
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

    private static void await() {
        try {
            boolean closed = OVER.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!closed) {
                System.err.println("reassign did not end within " + PATIENCE_SECONDS
                        + " s; a temporary folder may be left under " + System.getProperty("java.io.tmpdir"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
