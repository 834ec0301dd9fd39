package org.reassign.it;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.reassign.api.model.TopicPartition;

/** A producer with acks=all, with a client's usual settings, and how long it has had to wait for the next acknowledgement. */
final class Acknowledgements implements AutoCloseable {
    private static final int PAUSE_MILLIS = 5;
    private static final long LIMIT_SECONDS = 90;
    private static final int ENOUGH = 100;

    private final KafkaProducer<byte[], byte[]> producer;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final CompletableFuture<Void> ended;
    private final AtomicLong last = new AtomicLong(System.nanoTime());
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    /** Sends a small record every few milliseconds, and does not wait for the one before. */
    Acknowledgements(String bootstrap, TopicPartition partition) {
        Map<String, Object> settings = new HashMap<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all", "enable.idempotence", false, "linger.ms", 0));
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.ended = CompletableFuture.runAsync(() -> {
            while (!stop.isDone()) {
                var unused = producer.send(
                        new ProducerRecord<>(partition.topic(), partition.partition(), null, new byte[100]),
                        (written, failure) -> acknowledged(failure));
                var paused = stop.copy().completeOnTimeout(null, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                paused.join();
            }
            producer.flush();
        });
    }

    private void acknowledged(Exception failure) {
        long now = System.nanoTime();
        longest.accumulateAndGet(now - last.getAndSet(now), Math::max);
        count.incrementAndGet();
        if (failure != null) {
            failures.incrementAndGet();
        }
    }

    /** Waits for so many more acknowledgements that there is a flow of them again. */
    void awaitMore() {
        long before = count.get();
        await().atMost(Duration.ofSeconds(LIMIT_SECONDS)).until(() -> count.get() > before + ENOUGH);
    }

    /** Forgets how long it has waited so far. */
    void begin() {
        last.set(System.nanoTime());
        longest.set(0);
    }

    /** The longest time without an acknowledgement since {@link #begin}; waits until all are there. */
    Duration longestGap() {
        stop.complete(null);
        ended.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
        return Duration.ofNanos(longest.get());
    }

    /** How many records were not acknowledged at all. */
    long failures() {
        return failures.get();
    }

    @Override
    public void close() {
        stop.complete(null);
        producer.close(Duration.ZERO);
    }
}
