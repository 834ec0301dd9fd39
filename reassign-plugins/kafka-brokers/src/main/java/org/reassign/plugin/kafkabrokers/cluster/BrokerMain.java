package org.reassign.plugin.kafkabrokers.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The main class of a broker's JVM: {@code kafka.Kafka}, which ends with the process that has started it, however that
 * one ends. For each line of the standard input it prints {@code copied N}, the bytes that this broker has copied from
 * others; at the end of the input it halts. Needs the JDK alone, since it is put on the class path of any version of
 * Kafka.
 */
public final class BrokerMain {
    private static final String COPIED = "kafka.server:type=BrokerTopicMetrics,name=ReplicationBytesInPerSec";

    private BrokerMain() {}

    /** Runs a broker with the arguments of {@code kafka.Kafka}. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread parent = new Thread(BrokerMain::obey, "parent");
        parent.setDaemon(true);
        parent.start();
        try {
            Class.forName("kafka.Kafka").getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the broker failed", e.getCause());
        }
    }

    private static void obey() {
        try (BufferedReader parent = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (parent.readLine() != null) {
                System.out.println("copied " + copied());
            }
        } catch (IOException | JMException e) {
            System.err.println("the broker's parent is not heard any more: " + e);
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    /** The metric appears with the first bytes. */
    private static long copied() throws JMException {
        try {
            return (Long) ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(COPIED), "Count");
        } catch (InstanceNotFoundException nothingYet) {
            return 0;
        }
    }
}
