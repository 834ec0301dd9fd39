package org.reassign.api.spi;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reassign.api.Evolving;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * Sets up and disturbs brokers that the gateway runs, in this process or as processes of their own. Methods may be called
 * from any thread; a stage completes when ZooKeeper shows the effect, and fails with {@link IllegalArgumentException}
 * where the call makes no sense, and with {@link IllegalStateException} where the effect does not come in time; the
 * message is one sentence that says why.
 */
@Evolving(since = "1.0")
public interface Lab {
    /**
     * How fast brokers replicate and how late they notify; takes effect for what is copied from then on. Real brokers do
     * neither as they are told here; a lab of theirs tells that to the user.
     *
     * @param bytesPerSecondPerBroker what a broker can send, and what it can receive, shared by its replicas
     * @param isrNotificationLinger how long a leader gathers ISR changes before it writes a notification
     */
    void replication(long bytesPerSecondPerBroker, Duration isrNotificationLinger);

    /**
     * Fetches what brokers need to be started, which may take minutes; to be called before the first {@link #start}. The
     * default: nothing is needed.
     *
     * @return fails with {@link IllegalStateException} where it cannot be had, and with {@link IllegalArgumentException}
     *     where what was chosen rules brokers out; the sentence says what to do
     */
    default CompletionStage<Void> prepare() {
        return CompletableFuture.completedStage(null);
    }

    /**
     * How long a call other than {@link #prepare} may take on a busy machine: its stage completes by then, or fails by
     * itself. The default suits brokers in this process.
     */
    default Duration limit() {
        return Duration.ofSeconds(30);
    }

    /** Starts a broker, for the first time or again: it registers, with its data but without its memory. */
    CompletionStage<Void> start(int broker, Optional<String> rack);

    /** Kills a broker. Its session ends at once, or, where the broker is a process, when it has expired. Its data stay. */
    CompletionStage<Void> kill(int broker);

    /**
     * Makes a topic as if it had been there long: its znodes, and on every replica all its data, led by the first.
     *
     * @param assigned partition to replicas, all of them started
     * @param bytesPerPartition size of each partition
     * @param minInSyncReplicas written to {@code /config/topics/T} as min.insync.replicas
     */
    CompletionStage<Void> createTopic(
            String topic, SortedMap<Integer, Replicas> assigned, long bytesPerPartition, int minInSyncReplicas);

    /**
     * Gives brokers the data of a topic that exists, where brokers of an earlier process had them and that process has
     * ended. To be called before these brokers are started. Writes nothing to ZooKeeper. The default: brokers keep their
     * data themselves.
     *
     * @param holders partition to the brokers that have all its data; any other broker has none of it
     * @param bytesPerPartition size of each partition
     */
    default CompletionStage<Void> restoreTopic(
            String topic, SortedMap<Integer, Replicas> holders, long bytesPerPartition) {
        return CompletableFuture.completedStage(null);
    }

    /** Deletes a topic: its znodes and its data on all started brokers. */
    CompletionStage<Void> deleteTopic(String topic);

    /**
     * Lets a replica fall behind: a follower leaves the ISR, or does not enter it, until it is released. The stage
     * completes when {@code state} shows it; it fails for the leader. A real leader drops a follower after {@code
     * replica.lag.time.max.ms} without a fetch, and only where it has something that the follower lacks.
     */
    CompletionStage<Void> hold(TopicPartition partition, int broker);

    /** Lets a held replica catch up again; completes at once. */
    CompletionStage<Void> release(TopicPartition partition, int broker);

    /** Lets all held replicas catch up again; completes at once. */
    CompletionStage<Void> releaseAll();

    /**
     * The log directory of one replica fails, until its broker is started again: the broker answers KAFKA_STORAGE_ERROR for
     * it and notifies the controller. Its data stay. The default: this lab cannot do it, and the stage fails.
     */
    default CompletionStage<Void> failDisk(TopicPartition partition, int broker) {
        return CompletableFuture.failedStage(
                new UnsupportedOperationException("this lab cannot let a log directory of broker " + broker + " fail"));
    }

    /**
     * Whether the text of a {@code /brokers/ids/N} is one that brokers of this kind of lab write. Such a broker that
     * does not run here is what a killed process has left; it goes when its session ends. The default: none is.
     */
    default boolean isOwn(int broker, String registration) {
        return false;
    }

    /**
     * What a broker has learnt from UpdateMetadata since it started: it tells its clients nothing else. To be called on the
     * gateway's timers only. The default: this lab cannot tell.
     *
     * @return empty if the broker does not run, or the lab cannot tell
     */
    default Optional<Metadata> metadata(int broker) {
        return Optional.empty();
    }

    /**
     * What a broker knows of the cluster.
     *
     * @param partitions every partition that it knows
     * @param live the brokers that it takes for live
     */
    record Metadata(SortedMap<TopicPartition, BrokerRequest.PartitionState> partitions, List<Broker> live) {
        /** Copies both. */
        public Metadata {
            partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
            live = List.copyOf(live);
        }
    }

    /** The data that a broker, started or not, has on disk: partition to bytes. */
    SortedMap<TopicPartition, Long> disk(int broker);

    /** Bytes copied between brokers so far. */
    long bytesCopied();

    /**
     * The brokers that run now. Where some do before a run has started any, an earlier run has, and they are used again. The
     * default: none, since the brokers of a lab end with the run.
     */
    default SortedSet<Integer> running() {
        return Collections.emptySortedSet();
    }

    /** The controller that the brokers have of their own, for comparison; the same at each call. The default: none. */
    default Optional<Rival> rival() {
        return Optional.empty();
    }
}
