package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;

/**
 * A producer with acks=all and idempotence that numbers the records of each partition, has a few of them in flight in
 * each, and goes on until it is closed, and a reader that must see every acknowledged number, once and in order.
 */
final class CheckedTraffic implements AutoCloseable {
    private static final int VALUE_BYTES = 200;
    private static final int IN_FLIGHT = 3;
    private static final int LIMIT_SECONDS = 120;

    final WrittenRecords written = new WrittenRecords();
    private final List<TopicPartition> partitions;
    private final Supplier<String> bootstrap;
    private final KafkaProducer<Long, byte[]> producer;
    private final Map<TopicPartition, Long> numbers = new HashMap<>();
    private final BlockingQueue<TopicPartition> ready = new LinkedBlockingQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> loop;
    private volatile boolean stopped;

    /**
     * Fills each partition with so many records, and then goes on, a little at a time.
     *
     * @param bootstrap where brokers are now: one that starts again has another port
     */
    CheckedTraffic(Supplier<String> bootstrap, List<TopicPartition> partitions, int records) {
        this.bootstrap = bootstrap;
        this.partitions = partitions;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap.get(),
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        10,
                        "delivery.timeout.ms",
                        (int) TimeUnit.SECONDS.toMillis(LIMIT_SECONDS),
                        "request.timeout.ms",
                        10_000,
                        "max.block.ms",
                        TimeUnit.SECONDS.toMillis(LIMIT_SECONDS)),
                new LongSerializer(),
                new ByteArraySerializer());
        // a broker takes any number from a producer that it does not know, so nothing overtakes the first
        partitions.forEach(partition -> send(partition, ready));
        producer.flush();
        BlockingQueue<TopicPartition> nowhere = new LinkedBlockingQueue<>();
        for (int i = 1; i < records; i++) {
            partitions.forEach(partition -> send(partition, nowhere));
        }
        producer.flush();
        for (int i = 1; i < IN_FLIGHT; i++) {
            ready.addAll(partitions);
        }
        this.loop = CompletableFuture.runAsync(this::goOn, task -> new Thread(task, "traffic").start());
    }

    private void goOn() {
        try {
            while (!stopped) {
                TopicPartition next = ready.poll(1, TimeUnit.SECONDS);
                if (next != null) {
                    send(next, ready);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(TopicPartition partition, BlockingQueue<TopicPartition> then) {
        long number = numbers.merge(partition, 0L, (before, zero) -> before + 1);
        var unused = producer.send(
                new ProducerRecord<>(partition.topic(), partition.partition(), number, new byte[VALUE_BYTES]),
                (sent, failure) -> {
                    if (failure == null) {
                        written.acknowledged(partition, number);
                    } else if (!stopped) {
                        failures.add("record " + number + " of " + partition + ": " + failure);
                    }
                    then.add(partition);
                });
    }

    /** Waits until each partition has another record that is acknowledged. */
    void awaitProgress() {
        Map<TopicPartition, Long> before = written.newest();
        RealBrokers.eventually(
                "another acknowledged record in each partition",
                () -> assertThat(written.newest())
                        .allSatisfy((partition, newest) -> assertThat(newest).isGreaterThan(before.get(partition))));
    }

    /** Reads everything from the beginning, while the producer goes on. */
    void assertNothingLost() {
        Map<TopicPartition, Long> last = new HashMap<>();
        partitions.forEach(partition -> last.put(partition, -1L));
        Map<TopicPartition, Long> newest = written.newest();
        try (KafkaConsumer<Long, byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap.get(), "auto.offset.reset", "none"),
                new LongDeserializer(),
                new ByteArrayDeserializer())) {
            reader.assign(partitions);
            partitions.forEach(partition -> reader.seek(partition, 0));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (newest.keySet().stream().anyMatch(partition -> last.get(partition) < newest.get(partition))) {
                assertThat(System.nanoTime())
                        .as("everything up to %s within %s s, of which was read %s", newest, LIMIT_SECONDS, last)
                        .isLessThan(deadline);
                reader.poll(Duration.ofMillis(100)).forEach(record -> {
                    TopicPartition from = new TopicPartition(record.topic(), record.partition());
                    written.check(from, record.offset(), last.get(from), record.key());
                    last.put(from, record.key());
                });
            }
        }
        assertThat(failures).as("records that the producer gave up").isEmpty();
    }

    @Override
    public void close() {
        stopped = true;
        producer.close(Duration.ZERO);
        loop.cancel(true);
    }
}
