package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer group of two members that read some topics and commit after each poll. Each record must be the next one
 * that was acknowledged, each position that a member starts from must be the one committed last, and the offsets that
 * the group has must be those committed last.
 */
final class CheckedGroup implements AutoCloseable {
    private static final int LIMIT_SECONDS = 120;

    final String name;
    final Supplier<String> bootstrap;
    final WrittenRecords written;
    final GroupCommits commits = new GroupCommits();
    final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Collection<String> topics;
    private final Admin admin;
    private final Deque<GroupMember> members = new ArrayDeque<>();

    /** Begins at offset 0 of each partition that has been written to. */
    CheckedGroup(String name, Supplier<String> bootstrap, WrittenRecords written) {
        this.name = name;
        this.bootstrap = bootstrap;
        this.written = written;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap.get()));
        Collection<TopicPartition> partitions = written.newest().keySet();
        this.topics = partitions.stream().map(TopicPartition::topic).distinct().toList();
        try {
            join(admin.alterConsumerGroupOffsets(
                            name,
                            partitions.stream().collect(Collectors.toMap(one -> one, one -> new OffsetAndMetadata(0))))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture());
            partitions.forEach(commits::begin);
            members.add(new GroupMember(this, topics));
            members.add(new GroupMember(this, topics));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Another member joins and the oldest leaves, so that partitions go to others, who start from what was committed. */
    void rotate() {
        members.addLast(new GroupMember(this, topics));
        members.removeFirst().close();
    }

    /** Waits until everything acknowledged so far was read and committed, and compares the offsets that the group has. */
    void assertFollows() {
        Map<TopicPartition, Long> newest = written.newest();
        RealBrokers.eventually("the group " + name + " has committed what was acknowledged", () -> {
            assertNoFailures();
            assertThat(newest)
                    .allSatisfy((partition, number) -> assertThat(commits.lastRecord(partition))
                            .as("record committed last of %s", partition)
                            .isGreaterThanOrEqualTo(number));
        });
        Map<TopicPartition, Long> committed =
                newest.keySet().stream().collect(Collectors.toMap(partition -> partition, commits::certain));
        Map<TopicPartition, OffsetAndMetadata> held = join(admin.listConsumerGroupOffsets(name)
                .partitionsToOffsetAndMetadata()
                .toCompletionStage()
                .toCompletableFuture());
        assertThat(committed)
                .allSatisfy((partition, offset) -> assertThat(held.get(partition))
                        .as("offset of %s, of which %s is committed", partition, offset)
                        .satisfies(found -> assertThat(found.offset()).isGreaterThanOrEqualTo(offset)));
        assertNoFailures();
    }

    private void assertNoFailures() {
        failures.forEach(failure -> {
            throw new AssertionError("a member of the group " + name + " failed: " + failure.getMessage(), failure);
        });
    }

    @Override
    public void close() {
        List.copyOf(members).forEach(GroupMember::close);
        admin.close(Duration.ZERO);
    }
}
