package org.reassign.cli.controller;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Takes the signals that stop the process, instead of the JVM, which would end with 143 for SIGTERM: the first is handed
 * on, a second one ends the process at once. The JDK tells signals apart only in {@code sun.misc.Signal} of the module
 * {@code jdk.unsupported}; it is called by reflection, since javac warns of it and cannot be told not to.
 */
final class StopSignals implements AutoCloseable {
    private final List<Runnable> restore = new ArrayList<>();

    private StopSignals() {}

    /** From now on signals are handed to {@code end}; until {@link #close}. */
    static StopSignals to(ProcessEnd end) {
        StopSignals signals = new StopSignals();
        AtomicBoolean stopping = new AtomicBoolean();
        for (StopSignal known : StopSignal.values()) {
            signals.handle(known, received -> {
                if (stopping.getAndSet(true)) {
                    Runtime.getRuntime().halt(received.exitCodeAtOnce());
                }
                end.signalled(received);
            });
        }
        return signals;
    }

    private void handle(StopSignal known, Consumer<StopSignal> handler) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Method handle = type.getMethod("handle", type, handlerType);
            Object signal = type.getConstructor(String.class).newInstance(known.name());
            Object proxy = Proxy.newProxyInstance(
                    StopSignals.class.getClassLoader(), new Class<?>[] {handlerType}, (self, method, arguments) -> {
                        handler.accept(known);
                        return null;
                    });
            Object before = handle.invoke(null, signal, proxy);
            restore.add(() -> invoke(handle, signal, before));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM has no sun.misc.Signal; use one with jdk.unsupported", e);
        }
    }

    private static void invoke(Method handle, Object signal, Object handler) {
        try {
            var unused = handle.invoke(null, signal, handler);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a signal's handler could not be put back", e);
        }
    }

    /** Gives the signals back. */
    @Override
    public void close() {
        restore.forEach(Runnable::run);
    }
}
