package org.reassign.plugin.kafkabrokers.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.reassign.api.model.TopicPartition;

/** Writes records of random bytes with a producer of Kafka's. Blocks. */
final class TopicData implements AutoCloseable {
    private static final int RECORD_BYTES = 10_000;
    private static final int DEADLINE_MILLIS = 60_000;

    private final KafkaProducer<byte[], byte[]> producer;

    /**
     * A producer.
     *
     * @param brokers are asked where the leaders are, {@code HOST:PORT} each
     * @param acks who must have the records before they count as written: {@code all} in sync, or {@code 1}, the leader
     */
    TopicData(Collection<String> brokers, String acks) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, String.join(",", brokers));
        settings.put(ProducerConfig.ACKS_CONFIG, acks);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 20 * RECORD_BYTES);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DEADLINE_MILLIS / 4);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DEADLINE_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DEADLINE_MILLIS);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
        producer = KafkaClients.make(
                () -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /**
     * Appends so many bytes to each partition, and at most one record more.
     *
     * @throws IllegalStateException where some are not acknowledged in time
     */
    void append(Collection<TopicPartition> partitions, long bytesPerPartition) {
        Map<TopicPartition, Future<?>> last = new HashMap<>();
        for (long written = 0; written < bytesPerPartition; written += RECORD_BYTES) {
            byte[] value = new byte[(int) Math.min(RECORD_BYTES, bytesPerPartition - written)];
            ThreadLocalRandom.current().nextBytes(value);
            partitions.forEach(partition -> last.put(
                    partition,
                    producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), null, value))));
        }
        producer.flush();
        List<String> failed = new ArrayList<>();
        last.forEach((partition, answer) -> failure(answer).forEach(why -> failed.add(partition + ": " + why)));
        if (!failed.isEmpty()) {
            throw new IllegalStateException("data could not be written to " + failed.get(0)
                    + (failed.size() > 1 ? ", and to " + (failed.size() - 1) + " more partitions" : "")
                    + "; the brokers' logs say more");
        }
    }

    private static List<String> failure(Future<?> answer) {
        try {
            var unused = answer.get();
            return List.of();
        } catch (ExecutionException e) {
            return List.of(String.valueOf(e.getCause().getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of("interrupted");
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
