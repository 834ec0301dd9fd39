package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;

/**
 * A producer with acks=all and idempotence that numbers the records of each partition, and a consumer that must see every
 * acknowledged number, once and in order.
 */
final class CheckedTraffic implements AutoCloseable {
    private static final int VALUE_BYTES = 1_000;
    private static final long LIMIT_SECONDS = 60;

    private final List<TopicPartition> partitions;
    private final String bootstrap;
    private final KafkaProducer<Long, byte[]> producer;
    private final Map<TopicPartition, Long> acknowledged = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final CompletableFuture<Void> ended;

    /** Fills each partition with so many records, and then goes on, a little at a time, until it is stopped. */
    CheckedTraffic(String bootstrap, List<TopicPartition> partitions, int records) {
        this.bootstrap = bootstrap;
        this.partitions = partitions;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        1,
                        "delivery.timeout.ms",
                        (int) TimeUnit.SECONDS.toMillis(LIMIT_SECONDS),
                        "request.timeout.ms",
                        10_000,
                        "max.block.ms",
                        TimeUnit.SECONDS.toMillis(LIMIT_SECONDS)),
                new LongSerializer(),
                new ByteArraySerializer());
        Map<TopicPartition, Long> numbers = new HashMap<>();
        write(records, numbers);
        producer.flush();
        this.ended = CompletableFuture.runAsync(() -> {
            while (!stop.isDone()) {
                write(1, numbers);
                producer.flush();
            }
        });
    }

    private void write(int records, Map<TopicPartition, Long> numbers) {
        for (int i = 0; i < records; i++) {
            for (TopicPartition partition : partitions) {
                long number = numbers.merge(partition, 0L, (before, zero) -> before + 1);
                var unused = producer.send(
                        new ProducerRecord<>(partition.topic(), partition.partition(), number, new byte[VALUE_BYTES]),
                        (written, failure) -> {
                            if (failure == null) {
                                acknowledged.merge(partition, 1L, Long::sum);
                            }
                        });
            }
        }
    }

    /** How many records were acknowledged so far. */
    long acknowledged() {
        return acknowledged.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Stops the producer, and reads everything from the beginning. */
    void assertComplete() {
        stop.complete(null);
        ended.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
        Map<TopicPartition, Long> next = new HashMap<>();
        long all = acknowledged();
        try (KafkaConsumer<Long, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest"),
                new LongDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            long read = 0;
            while (read < all) {
                assertThat(System.nanoTime())
                        .as("all %s records within %s s, of which %s were read: %s", all, LIMIT_SECONDS, read, next)
                        .isLessThan(deadline);
                var records = consumer.poll(Duration.ofMillis(500));
                records.forEach(record -> {
                    TopicPartition from = new TopicPartition(record.topic(), record.partition());
                    long expected = next.getOrDefault(from, 0L);
                    assertThat(record.key()).as("the next record of %s", from).isEqualTo(expected);
                    next.put(from, expected + 1);
                });
                read += records.count();
            }
        }
        assertThat(next).isEqualTo(acknowledged);
    }

    @Override
    public void close() {
        stop.complete(null);
        producer.close(Duration.ZERO);
    }
}
