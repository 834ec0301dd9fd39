package org.reassign.plugin.isrwatchers;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;

/** Reads {@code state} znodes, and waits for several reads. */
final class States {
    private States() {}

    /** Where a partition's leader and ISR stand. */
    static String path(TopicPartition partition) {
        return "/brokers/topics/" + partition.topic() + "/partitions/" + partition.partition() + "/state";
    }

    /** Reads many at once; fails as the first that fails. */
    static CompletableFuture<SortedMap<TopicPartition, Optional<ZkNode>>> read(
            ZkReader zk, Collection<TopicPartition> partitions) {
        SortedMap<TopicPartition, CompletableFuture<Optional<ZkNode>>> reads = new TreeMap<>();
        for (TopicPartition partition : partitions) {
            reads.computeIfAbsent(partition, p -> zk.getData(path(p)).toCompletableFuture());
        }
        return all(reads);
    }

    /** What all of these have read; fails as one that fails. */
    static CompletableFuture<SortedMap<TopicPartition, Optional<ZkNode>>> all(
            SortedMap<TopicPartition, CompletableFuture<Optional<ZkNode>>> reads) {
        return all(reads.values()).thenApply(done -> {
            SortedMap<TopicPartition, Optional<ZkNode>> states = new TreeMap<>();
            reads.forEach((partition, read) -> states.put(partition, read.join()));
            return states;
        });
    }

    /** Completes when all have; fails as one that fails. */
    static CompletableFuture<Void> all(Collection<? extends CompletableFuture<?>> stages) {
        return CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new));
    }

    /** The same stage, failing with the port's own exception and not with one around it. */
    static <T> CompletionStage<T> plain(CompletionStage<T> stage) {
        CompletableFuture<T> plain = new CompletableFuture<>();
        stage.whenComplete((done, failure) -> {
            if (failure == null) {
                plain.complete(done);
                return;
            }
            plain.completeExceptionally(cause(failure));
        });
        return plain;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
