package org.reassign.cli.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.client.ReassignmentListing;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.cli.OutOfReachException;
import org.reassign.cli.UsageException;
import org.reassign.core.client.ReconnectingReader;
import org.reassign.core.store.Await;
import org.reassign.core.throttle.ThrottleChange;
import org.reassign.core.throttle.ThrottleTree;
import org.reassign.core.throttle.ThrottledMove;
import org.reassign.core.throttle.Throttles;

/** Sets throttles and takes them off, over a session of its own, and says so in the words of Kafka's tool. */
public final class ThrottleSession implements AutoCloseable {
    private final OpenClient open;
    private final CommandReport report;
    private final String holder = UUID.randomUUID().toString();
    private ZkPort zk;
    private Throttles throttles;

    public ThrottleSession(OpenClient open, CommandReport report) {
        this.open = open;
        this.report = report;
        connect();
    }

    private void connect() {
        zk = open.sessions().open("requester");
        throttles = new Throttles(new ReconnectingReader(zk), this::commit, System::currentTimeMillis);
    }

    /**
     * Limits what is in flight and what is about to be submitted, calls {@code submit}, and lets the throttles be taken off again.
     *
     * @param wanted partitions as they are, and their targets
     */
    <T> T during(
            SortedMap<TopicPartition, PartitionDescription> found,
            SortedMap<TopicPartition, Optional<Replicas>> wanted,
            long bytesPerSecond,
            Supplier<T> submit) {
        tell(guarded(() -> throttles.release(this::busy)));
        set(found, wanted, bytesPerSecond);
        report.text("The inter-broker throttle limit was set to " + bytesPerSecond + " B/s");
        report.document().put("throttle", bytesPerSecond);
        T result = submit.get();
        try {
            while (!isHeldUntilNow()) {
                // they may have been taken off before the request came
                zk.close();
                connect();
                set(found, wanted, bytesPerSecond);
            }
        } catch (UsageException | OutOfReachException e) {
            report.fault("the request is stored, but its throttles may be off again: " + e.getMessage()
                    + "; set them by execute --additional --throttle with the same file");
        }
        return result;
    }

    private boolean isHeldUntilNow() {
        try {
            return throttles.submitted(holder);
        } catch (ZkException e) {
            if (e.code() == ZkException.Code.SESSION_EXPIRED) {
                return false;
            }
            throw open.failure(e);
        }
    }

    private void set(
            SortedMap<TopicPartition, PartitionDescription> found,
            SortedMap<TopicPartition, Optional<Replicas>> wanted,
            long bytesPerSecond) {
        SortedMap<TopicPartition, ThrottledMove> moves = new TreeMap<>();
        open.result(open.client().list())
                .inFlight()
                .forEach((partition, running) -> moves.put(
                        partition,
                        ThrottledMove.to(running.record().target(), partition, running.replicas(), running.adding())));
        wanted.forEach((partition, target) -> {
            PartitionDescription one = found.get(partition);
            Replicas adding =
                    one.reassignment().map(running -> running.adding()).orElse(Replicas.NONE);
            target.ifPresent(
                    replicas -> moves.put(partition, ThrottledMove.to(replicas, partition, one.replicas(), adding)));
        });
        var unused = guarded(() -> throttles.set(holder, moves.values(), bytesPerSecond));
    }

    /** Takes off what is finished, where these partitions count as finished, too. */
    public void release(Collection<TopicPartition> finished) {
        try {
            tell(guarded(() -> throttles.release(partitions -> {
                Set<TopicPartition> left = new HashSet<>(busy(partitions));
                left.removeAll(finished);
                return left;
            })));
        } catch (UsageException e) {
            report.fault(e.getMessage());
        }
    }

    /** What is throttled now. */
    public ThrottleTree read() {
        return guarded(throttles::read);
    }

    private Set<TopicPartition> busy(Set<TopicPartition> partitions) {
        ReassignmentListing listing = open.result(open.client().list(partitions));
        Set<TopicPartition> busy = new HashSet<>(listing.inFlight().keySet());
        listing.waiting().forEach(entry -> busy.add(entry.partition()));
        return busy;
    }

    private void tell(ThrottleChange change) {
        if (!change.brokers().isEmpty()) {
            report.text(sentence("broker", new ArrayList<>(change.brokers())));
        }
        if (!change.topics().isEmpty()) {
            report.text(sentence("topic", new ArrayList<>(change.topics())));
        }
        if (!change.isEmpty()) {
            change.brokers()
                    .forEach(report.document()
                            .withObjectProperty("throttlesRemoved")
                            .withArrayProperty("brokers")::add);
            change.topics()
                    .forEach(report.document()
                            .withObjectProperty("throttlesRemoved")
                            .withArrayProperty("topics")::add);
        }
        change.kept().forEach(report::note);
    }

    private static String sentence(String what, List<?> names) {
        return "Clearing " + what + "-level throttles on " + what + (names.size() == 1 ? " " : "s ")
                + names.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (ZkException e) {
            throw open.failure(e);
        } catch (IllegalStateException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private boolean commit(List<ZkWrite> writes) {
        try {
            var unused = Await.done(zk.commit(writes));
            return true;
        } catch (ZkException e) {
            return switch (e.code()) {
                case BAD_VERSION, NO_NODE, NODE_EXISTS, CONNECTION_LOSS -> false;
                default -> throw e;
            };
        }
    }

    @Override
    public void close() {
        zk.close();
    }
}
