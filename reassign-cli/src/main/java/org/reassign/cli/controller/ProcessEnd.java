package org.reassign.cli.controller;

import java.util.Optional;
import org.reassign.cli.InterruptedRun;

/**
 * What ends the process: a signal, or what the controller or a thread beside it has thrown. While the process starts, a
 * signal interrupts the thread that made this.
 */
final class ProcessEnd {
    private final Thread main = Thread.currentThread();
    private Optional<StopSignal> signal = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private boolean started;

    /** The first signal has come. From any thread. */
    synchronized void signalled(StopSignal first) {
        signal = Optional.of(first);
        if (!started) {
            main.interrupt();
        }
        notifyAll();
    }

    /** A thread has ended with this; the first is what counts. From any thread. */
    synchronized void failed(Throwable thrown) {
        failure = failure.or(() -> Optional.of(thrown));
        notifyAll();
    }

    /**
     * The process has started: waits until there is a signal, which is returned, or a failure, which is thrown. From now
     * on signals do not interrupt.
     */
    synchronized StopSignal await() {
        started = true;
        try {
            while (signal.isEmpty() && failure.isEmpty()) {
                wait();
            }
        } catch (InterruptedException e) {
            return signal.orElseThrow(() -> new InterruptedRun(e));
        }
        var unused = Thread.interrupted(); // a signal came while it started
        if (failure.isPresent()) {
            throw failure.get() instanceof RuntimeException thrown
                    ? thrown
                    : new IllegalStateException("a thread ended with " + failure.get(), failure.get());
        }
        return signal.orElseThrow();
    }

    /** The signal by which the start was interrupted, if one has come; whatever fails then has failed because of it. */
    synchronized Optional<StopSignal> interruptedStart() {
        return started ? Optional.empty() : signal;
    }
}
