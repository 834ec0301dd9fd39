package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.reassign.api.model.Broker;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.ledger.Ledger;
import org.reassign.core.store.Await;
import org.reassign.core.store.OwedDeletes;
import org.reassign.core.store.TopicRead;
import org.reassign.core.store.TopicReader;
import org.reassign.core.throttle.ThrottleTree;

/**
 * What the office is needed for, as seen without it: requests that wait, records in flight, deletes owed by live
 * brokers, throttles, and roots that are missing. Requests are watched; the others are read at the start and when another
 * controller may have left some. With visits, records that Kafka's controller completes are no cause. Writes nothing. Used by
 * the loop's thread only.
 */
final class Causes {
    /** Topics that are read together. */
    private static final int CHUNK = 1_000;

    private final ZkPort zk;
    private final Plugins plugins;
    private final boolean visits;
    private final Ledger ledger;
    private final List<ChannelReader> channels;
    /** Zxids of what the last office has left behind: there is nothing to be done about it. */
    private final Set<Long> done;

    private boolean hasRoots;
    private Optional<Boolean> inFlight = Optional.empty();
    private final Set<TopicPartition> leftToKafka = new TreeSet<>();
    private Optional<OwedDeletes> owed = Optional.empty();
    private Optional<Boolean> throttled = Optional.empty();

    Causes(ZkPort zk, Plugins plugins, ControllerSettings settings, Loop loop, Set<Long> done) {
        this.zk = zk;
        this.plugins = plugins;
        this.visits = settings.office().mode() == OfficeSettings.Mode.VISITS;
        this.done = done;
        this.ledger = new Ledger(settings.stateLimit().toMillis());
        this.channels = plugins.channels().stream()
                .map(channel -> new ChannelReader(channel, ledger, zk, loop, odd -> {}, () -> {}))
                .toList();
    }

    /** Neither a record nor a throttle is a cause: this controller has just handed the office back. */
    void nothingInFlight() {
        inFlight = Optional.of(false);
        throttled = Optional.of(false);
    }

    /** Everything must be read again: another controller may have worked, or the connection was lost. */
    void invalidate() {
        channels.forEach(ChannelReader::invalidate);
        inFlight = Optional.empty();
        owed = Optional.empty();
        throttled = Optional.empty();
        hasRoots = false;
    }

    /** One of them in words, if there is any; reads what may have changed. */
    Optional<String> any(SortedMap<Integer, Broker> live) {
        channels.forEach(ChannelReader::refresh);
        return ledger.waiting().stream()
                .map(entry -> entry.request())
                .filter(request -> !done.contains(request.zxid()))
                .findFirst()
                .map(request -> request.path() + " holds a request")
                .or(this::record)
                .or(() -> delete(live))
                .or(this::throttle)
                .or(this::firstVisit);
    }

    /** Requesters need the roots, which the first controller that leads here makes. */
    private Optional<String> firstVisit() {
        return hasRoots()
                ? Optional.empty()
                : Optional.of("no controller has led here yet, and made the roots for requests");
    }

    /** Whether requests can be written. */
    boolean hasRoots() {
        hasRoots = hasRoots
                || Roots.ofChannels(plugins)
                        .allMatch(root -> Await.done(zk.exists(root)).isPresent());
        return hasRoots;
    }

    private Optional<String> record() {
        boolean some = inFlight.orElseGet(this::findsRecord);
        inFlight = Optional.of(some);
        return some ? Optional.of("partitions are in flight") : Optional.empty();
    }

    private boolean findsRecord() {
        TopicReader reader = new TopicReader(zk, plugins.layouts());
        List<String> topics = new ArrayList<>(children(TopicReader.ROOT));
        leftToKafka.clear();
        for (int from = 0; from < topics.size(); from += CHUNK) {
            for (TopicRead topic : reader.read(topics.subList(from, Math.min(topics.size(), from + CHUNK)))) {
                Collection<ReassignmentRecord> records = topic.records().values();
                if (records.stream().anyMatch(record -> !isKafkas(topic, record))) {
                    return true;
                }
                records.forEach(record -> leftToKafka.add(record.partition()));
            }
        }
        return false;
    }

    /** Whether Kafka's controller has begun it, or is to complete it. */
    private boolean isKafkas(TopicRead topic, ReassignmentRecord record) {
        return record.zxid() == 0 || visits && isCompletedByKafka(topic, record);
    }

    private boolean isCompletedByKafka(TopicRead topic, ReassignmentRecord record) {
        int number = record.partition().partition();
        return topic.snapshot()
                .map(snapshot -> snapshot.assigned().get(number))
                .filter(assigned -> topic.byLayout().get(0).containsKey(number) && LeftToKafka.isSeen(record, assigned))
                .isPresent();
    }

    /** In words that there is none, and what Kafka's own controller reassigned when records were last read. */
    String none() {
        if (visits) {
            return "no request waits; what is in flight is completed by Kafka's controller";
        }
        return "nothing is in flight or waits"
                + leftToKafka.stream()
                        .findFirst()
                        .map(partition -> " but Kafka's own reassignment of " + partition
                                + ", which is left to its controller; request a target for it to take it over")
                        .orElse("");
    }

    /**
     * Of a client and a controller that died before they took it off; none that the last office could not take off. To be
     * asked after {@link #record}: what is in flight, and left to Kafka's controller, needs its throttles.
     */
    private Optional<String> throttle() {
        boolean some = throttled.orElseGet(
                () -> !done.containsAll(ThrottleTree.read(zk).unneededZxids(leftToKafka)));
        throttled = Optional.of(some);
        return some ? Optional.of("throttles are to be taken off below " + ThrottleTree.ROOT) : Optional.empty();
    }

    private Optional<String> delete(SortedMap<Integer, Broker> live) {
        OwedDeletes read = owed.orElseGet(this::owed);
        owed = Optional.of(read);
        return read.brokers().stream()
                .filter(broker -> live.containsKey(broker)
                        && !done.contains(live.get(broker).epoch())
                        && !read.of(broker).isEmpty())
                .findFirst()
                .map(broker -> "broker " + broker + ", which is registered, owes deletes");
    }

    private OwedDeletes owed() {
        OwedDeletes read = new OwedDeletes();
        OwedDeletes.stored(zk).values().forEach(chunks -> chunks.forEach((path, node) -> read.load(path, node.text())));
        return read;
    }

    private Collection<String> children(String path) {
        return Await.done(zk.getChildren(path)).orElse(List.of());
    }
}
