package org.reassign.core.client;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.reassign.api.client.ControllerStatus;
import org.reassign.api.client.OwedReplica;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.client.Reassignment;
import org.reassign.api.client.ReassignmentClient;
import org.reassign.api.client.ReassignmentListing;
import org.reassign.api.client.ReassignmentRefusedException;
import org.reassign.api.client.SubmitOptions;
import org.reassign.api.client.SubmittedTarget;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Broker;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.ledger.Validation;
import org.reassign.core.store.TopicRead;

/** The client over ZooKeeper: it writes requests through a channel and reads what a controller has stored. */
public final class StoredReassignmentClient implements ReassignmentClient {
    private final ClientThread thread;

    private StoredReassignmentClient(ClientThread thread) {
        this.thread = thread;
    }

    /**
     * A client of the cluster that these sessions are with. It opens its session, for the actor {@code requester}, at the first
     * call, and another after a loss.
     */
    public static ReassignmentClient open(ZkSessions sessions, ClientPlugins plugins) {
        return new StoredReassignmentClient(new ClientThread(sessions, plugins));
    }

    @Override
    public SortedMap<TopicPartition, CompletableFuture<SubmittedTarget>> submit(
            Map<TopicPartition, Optional<Replicas>> targets, SubmitOptions options) {
        return thread.each(targets.keySet(), (session, results) -> submit(session, targets, options, results));
    }

    private static void submit(
            ClientSession session,
            Map<TopicPartition, Optional<Replicas>> targets,
            SubmitOptions options,
            SortedMap<TopicPartition, CompletableFuture<SubmittedTarget>> results) {
        ClusterSnapshot cluster = session.snapshot(topics(targets.keySet()));
        SortedMap<TopicPartition, Optional<Replicas>> possible = possible(cluster, targets, results);
        if (possible.isEmpty()) {
            return;
        }
        session.submit(
                new ReassignmentRequest(possible, options.requester(), options.reason()).answered(options.answer()),
                cluster.controller(),
                stored -> stored.partitions()
                        .forEach(partition -> results.get(partition)
                                .complete(new SubmittedTarget(
                                        partition,
                                        possible.get(partition),
                                        stored.channel().plugin().mechanism(),
                                        stored.channel().name(),
                                        List.of(stored.request()),
                                        stored.answer()))));
    }

    /** The entries that are possible; the futures of the others fail. */
    private static SortedMap<TopicPartition, Optional<Replicas>> possible(
            ClusterSnapshot cluster,
            Map<TopicPartition, Optional<Replicas>> targets,
            SortedMap<TopicPartition, ? extends CompletableFuture<?>> results) {
        SortedMap<TopicPartition, Optional<Replicas>> possible = new TreeMap<>();
        targets.forEach((partition, target) -> SubmissionCheck.refusal(cluster, partition, target)
                .ifPresentOrElse(
                        refusal -> refuse(results.get(partition), refusal), () -> possible.put(partition, target)));
        return possible;
    }

    private static void refuse(CompletableFuture<?> result, Refusal refusal) {
        result.completeExceptionally(new ReassignmentRefusedException(refusal));
    }

    @Override
    public SortedMap<TopicPartition, CompletableFuture<PartitionDescription>> check(
            Map<TopicPartition, Optional<Replicas>> targets) {
        return thread.each(targets.keySet(), (session, results) -> {
            ClusterSnapshot cluster = session.snapshot(topics(targets.keySet()));
            Set<TopicPartition> possible = possible(cluster, targets, results).keySet();
            Description description = new Description(cluster, session.cluster().states(possible));
            possible.forEach(partition -> results.get(partition).complete(description.of(partition)));
        });
    }

    @Override
    public SortedMap<TopicPartition, CompletableFuture<PartitionDescription>> describe(
            Collection<TopicPartition> partitions) {
        return thread.each(partitions, (session, results) -> {
            ClusterSnapshot cluster = session.snapshot(topics(partitions));
            List<TopicPartition> existing = results.keySet().stream()
                    .filter(partition -> cluster.assigned(partition).isPresent())
                    .toList();
            Description description = new Description(cluster, session.cluster().states(existing));
            results.forEach((partition, result) -> Validation.place(cluster, "", partition)
                    .filter(refusal -> refusal.code() != Refusal.Code.TOPIC_BEING_DELETED)
                    .ifPresentOrElse(
                            refusal -> refuse(result, refusal), () -> result.complete(description.of(partition))));
        });
    }

    @Override
    public SortedMap<TopicPartition, CompletableFuture<Answer>> await(Collection<SubmittedTarget> submitted) {
        return thread.await(submitted);
    }

    @Override
    public CompletableFuture<ReassignmentListing> list() {
        return thread.call(session -> listing(session, session.snapshot(), Optional.empty()));
    }

    @Override
    public CompletableFuture<ReassignmentListing> list(Collection<TopicPartition> partitions) {
        Set<TopicPartition> wanted = new TreeSet<>(partitions);
        return thread.call(session -> listing(session, session.snapshot(topics(wanted)), Optional.of(wanted)));
    }

    private static ReassignmentListing listing(
            ClientSession session, ClusterSnapshot cluster, Optional<Set<TopicPartition>> wanted) {
        SortedMap<TopicPartition, ReassignmentRecord> records = new TreeMap<>();
        cluster.topics().values().stream()
                .map(TopicRead::records)
                .forEach(found -> found.values().forEach(record -> records.put(record.partition(), record)));
        records.keySet().removeIf(partition -> cluster.assigned(partition).isEmpty());
        wanted.ifPresent(records.keySet()::retainAll);
        Description description = new Description(cluster, session.cluster().states(records.keySet()));
        SortedMap<TopicPartition, Reassignment> inFlight = new TreeMap<>();
        records.forEach((partition, record) -> inFlight.put(partition, description.reassignment(record)));
        return new ReassignmentListing(
                inFlight,
                cluster.entries().stream()
                        .filter(entry -> wanted.map(all -> all.contains(entry.partition()))
                                .orElse(true))
                        .filter(cluster::isWaiting)
                        .toList());
    }

    @Override
    public CompletableFuture<List<OwedReplica>> owedDeletes() {
        return thread.call(session -> session.cluster().owedDeletes());
    }

    @Override
    public CompletableFuture<SortedMap<String, SortedMap<Integer, Replicas>>> assignments(Collection<String> topics) {
        Set<String> names = topics.stream().filter(TopicPartition::isTopicName).collect(Collectors.toSet());
        return thread.call(session -> {
            SortedMap<String, SortedMap<Integer, Replicas>> assignments = new TreeMap<>();
            session.cluster()
                    .topics(names)
                    .forEach((name, read) ->
                            read.snapshot().ifPresent(topic -> assignments.put(name, topic.assigned())));
            return assignments;
        });
    }

    @Override
    public CompletableFuture<SortedMap<Integer, Broker>> brokers() {
        return thread.call(session -> session.cluster().brokers());
    }

    @Override
    public CompletableFuture<ControllerStatus> controller() {
        return thread.call(ClientSession::controller);
    }

    /** What cannot be a topic is not looked for. */
    private static Set<String> topics(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .map(TopicPartition::topic)
                .filter(TopicPartition::isTopicName)
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        thread.close();
    }
}
