package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.reassign.api.model.Broker;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.ledger.Ledger;
import org.reassign.core.store.Await;
import org.reassign.core.store.OwedDeletes;
import org.reassign.core.store.TopicReader;
import org.reassign.core.throttle.ThrottleTree;

/**
 * What the office is needed for, as seen without it: requests that wait, records in flight, deletes owed by live
 * brokers, throttles, and roots that are missing. Requests are watched; the others are read at the start and when another controller
 * may have left some. Writes nothing. Used by the loop's thread only.
 */
final class Causes {
    /** Topics that are read together. */
    private static final int CHUNK = 1_000;

    private final ZkPort zk;
    private final Plugins plugins;
    private final Ledger ledger;
    private final List<ChannelReader> channels;
    /** Zxids of what the last office has left behind: there is nothing to be done about it. */
    private final Set<Long> done;

    private boolean hasRoots;
    private Optional<Boolean> inFlight = Optional.empty();
    private Optional<TopicPartition> kafkas = Optional.empty();
    private Optional<OwedDeletes> owed = Optional.empty();
    private Optional<Boolean> throttled = Optional.empty();

    Causes(ZkPort zk, Plugins plugins, ControllerSettings settings, Loop loop, Set<Long> done) {
        this.zk = zk;
        this.plugins = plugins;
        this.done = done;
        this.ledger = new Ledger(settings.stateLimit().toMillis());
        this.channels = plugins.channels().stream()
                .map(channel -> new ChannelReader(channel, ledger, zk, loop, odd -> {}, () -> {}))
                .toList();
    }

    /** There are no records: this controller has just handed the office back with nothing in flight. */
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
        kafkas = Optional.empty();
        for (int from = 0; from < topics.size(); from += CHUNK) {
            List<ReassignmentRecord> records =
                    reader.read(topics.subList(from, Math.min(topics.size(), from + CHUNK))).stream()
                            .flatMap(topic -> topic.records().values().stream())
                            .toList();
            if (records.stream().anyMatch(record -> !isKafkas(record))) {
                return true;
            }
            kafkas = kafkas.or(
                    () -> records.stream().map(ReassignmentRecord::partition).findFirst());
        }
        return false;
    }

    private static boolean isKafkas(ReassignmentRecord record) {
        return record.zxid() == 0;
    }

    /** A partition that Kafka's own controller was reassigning when records were last read; that is no cause. */
    Optional<TopicPartition> ofKafka() {
        return kafkas;
    }

    /** Of a client and a controller that died before they took it off. */
    private Optional<String> throttle() {
        boolean some = throttled.orElseGet(() -> ThrottleTree.isAny(zk));
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
