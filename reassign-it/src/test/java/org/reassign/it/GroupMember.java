package org.reassign.it;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.LongDeserializer;

/** One member of a {@link CheckedGroup}, on a thread of its own. */
final class GroupMember implements ConsumerRebalanceListener, AutoCloseable {
    private static final long END_MILLIS = 60_000;

    private final CheckedGroup group;
    private final KafkaConsumer<Long, byte[]> consumer;
    private final Map<TopicPartition, Long> last = new HashMap<>();
    private final Thread thread = new Thread(this::run, "member");
    private volatile boolean stopped;

    GroupMember(CheckedGroup group, Collection<String> topics) {
        this.group = group;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        group.bootstrap.get(),
                        "group.id",
                        group.name,
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "none",
                        "session.timeout.ms",
                        10_000,
                        "heartbeat.interval.ms",
                        500,
                        "default.api.timeout.ms",
                        120_000),
                new LongDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(topics, this);
        thread.start();
    }

    private void run() {
        try (consumer) {
            while (!stopped) {
                readAndCommit();
            }
        } catch (WakeupException stopping) {
            return;
        } catch (RuntimeException | AssertionError e) {
            group.failures.add(e);
        }
    }

    private void readAndCommit() {
        Map<TopicPartition, OffsetAndMetadata> next = new TreeMap<>(GroupMember::compare);
        consumer.poll(Duration.ofMillis(200)).forEach(record -> {
            TopicPartition from = new TopicPartition(record.topic(), record.partition());
            group.written.check(from, record.offset(), last.get(from), record.key());
            last.put(from, record.key());
            next.put(from, new OffsetAndMetadata(record.offset() + 1));
        });
        if (next.isEmpty()) {
            return;
        }
        next.forEach((partition, at) -> group.commits.tried(partition, at.offset(), last.get(partition)));
        try {
            consumer.commitSync(next);
            next.forEach((partition, at) -> group.commits.done(partition, at.offset()));
        } catch (CommitFailedException | RebalanceInProgressException | TimeoutException unanswered) {
            return; // it may count or not; a member that was left out joins again and starts from what is committed
        }
    }

    private static int compare(TopicPartition one, TopicPartition other) {
        return one.toString().compareTo(other.toString());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        revoked.forEach(last::remove);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        assigned.forEach(
                partition -> last.put(partition, group.commits.startedAt(partition, consumer.position(partition))));
    }

    /** Leaves the group. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            group.failures.add(new AssertionError("a member has not left within " + END_MILLIS + " ms"));
            consumer.wakeup();
        }
    }
}
