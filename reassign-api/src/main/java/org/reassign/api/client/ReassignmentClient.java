package org.reassign.api.client;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.reassign.api.Evolving;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * Reassigns the partitions of one cluster, as Kafka's Admin does by {@code alterPartitionReassignments} and {@code
 * listPartitionReassignments}. A client only writes requests and reads ZooKeeper; a controller, which need not run yet,
 * does the work.
 *
 * <p>All methods return at once and may be called from any thread. Futures complete on the client's own thread, which must
 * not be blocked; calls are carried out one after the other. Where the connection breaks, a call waits until it is back and
 * goes on; a future fails with {@link org.reassign.api.zk.ZkException} where the session was lost or ZooKeeper refuses, after
 * which later calls open a new session. Cancelling a future does not undo what was submitted; it only ends the wait.
 */
@Evolving(since = "1.0")
public interface ReassignmentClient extends AutoCloseable {
    /**
     * Asks for these replica lists; an empty one cancels what is in flight or waits for the partition. Each partition
     * stands alone: where one is refused, the others go on (KIP-455). To submit a target again that is in flight changes
     * nothing; a different one changes the target of the running reassignment.
     *
     * @return per partition a future that completes when its request is stored, and fails with {@link
     *     ReassignmentRefusedException} where the cluster as read now does not allow it; then nothing is stored for it. The
     *     controller looks again and may refuse what passed here: see {@link #await}. All fail with {@link
     *     IllegalArgumentException} where the request channel cannot carry the request
     */
    SortedMap<TopicPartition, CompletableFuture<SubmittedTarget>> submit(
            Map<TopicPartition, Optional<Replicas>> targets, SubmitOptions options);

    /** Cancels: each partition goes back to its original replicas, in their order. See {@link #submit}. */
    default SortedMap<TopicPartition, CompletableFuture<SubmittedTarget>> cancel(
            Collection<TopicPartition> partitions, SubmitOptions options) {
        Map<TopicPartition, Optional<Replicas>> targets = new LinkedHashMap<>();
        partitions.forEach(partition -> targets.put(partition, Optional.empty()));
        return submit(targets, options);
    }

    /** What {@link #submit} would refuse, without storing anything; what passes completes with its current description. */
    SortedMap<TopicPartition, CompletableFuture<PartitionDescription>> check(
            Map<TopicPartition, Optional<Replicas>> targets);

    /**
     * Waits until what was submitted is finished, however many controllers come and go. The wait survives a lost session and
     * has no time limit: {@link CompletableFuture#cancel cancel} the future, or use {@code orTimeout}. Cluster and requests
     * are read at intervals that grow to a second while nothing changes, for all waits together.
     *
     * <p>Where the controller was asked to keep answers ({@link SubmitOptions#answered}), each is what it says, and is
     * deleted once it was read here. Otherwise, and where it was deleted before (after a day, or because there were too many),
     * the answer follows from what is stored, by which {@link Answer.Outcome#CANCELLED} cannot be told from {@link
     * Answer.Outcome#SUPERSEDED}, nor unchanged from completed.
     *
     * @return per partition its answer. {@link Answer.Outcome#COMPLETED} where the assigned replicas are the target, or a
     *     cancel has ended the reassignment; {@link Answer.Outcome#REFUSED} with the reason; {@link
     *     Answer.Outcome#SUPERSEDED} where another request or somebody else has put another list in its place; {@link
     *     Answer.Outcome#CANCELLED} where a cancel has; {@link Answer.Outcome#TOPIC_DELETED}
     */
    SortedMap<TopicPartition, CompletableFuture<Answer>> await(Collection<SubmittedTarget> submitted);

    /**
     * All reassignments in flight, and the requests that no controller has accepted yet. Reads what is in flight, not the
     * cluster; only where the storage layout keeps records in the topics' znodes, each of these is read.
     */
    CompletableFuture<ReassignmentListing> list();

    /** The same of these partitions only; those that are not in flight are absent. Reads their topics and no others. */
    CompletableFuture<ReassignmentListing> list(Collection<TopicPartition> partitions);

    /**
     * Describes partitions, whether in flight or not.
     *
     * @return per partition a future that fails with {@link ReassignmentRefusedException} where it does not exist
     */
    SortedMap<TopicPartition, CompletableFuture<PartitionDescription>> describe(Collection<TopicPartition> partitions);

    /** All deletions that brokers still owe, ordered by broker. */
    CompletableFuture<List<OwedReplica>> owedDeletes();

    /** The assigned replicas of all partitions of these topics; topics that do not exist are absent. */
    CompletableFuture<SortedMap<String, SortedMap<Integer, Replicas>>> assignments(Collection<String> topics);

    /** The registered brokers by id. */
    CompletableFuture<SortedMap<Integer, Broker>> brokers();

    /**
     * Who leads, and what a controller of ours has published. Fails, as every other call does, where layout or channels that
     * the program has chosen contradict it.
     */
    CompletableFuture<ControllerStatus> controller();

    /** Ends the session and all waits, which are cancelled. What was submitted goes on. Repeated calls do nothing. */
    @Override
    void close();
}
