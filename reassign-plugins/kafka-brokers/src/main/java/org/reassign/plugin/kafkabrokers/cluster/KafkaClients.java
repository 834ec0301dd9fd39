package org.reassign.plugin.kafkabrokers.cluster;

import java.util.function.Supplier;
import org.apache.kafka.clients.KafkaClient;

/** Makes clients of Kafka's within a plugin. */
final class KafkaClients {
    private KafkaClients() {}

    /** Kafka loads the classes that its defaults name by the thread's class loader, which knows nothing of a plugin's. */
    static <T> T make(Supplier<T> client) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            Thread.currentThread().setContextClassLoader(KafkaClient.class.getClassLoader());
            return client.get();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
