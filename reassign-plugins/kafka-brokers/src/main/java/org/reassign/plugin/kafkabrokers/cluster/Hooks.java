package org.reassign.plugin.kafkabrokers.cluster;

/** Shutdown hooks. */
final class Hooks {
    private Hooks() {}

    /** Removes a hook that has nothing left to do; while the JVM ends it stays, which does no harm. */
    static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            return;
        }
    }
}
