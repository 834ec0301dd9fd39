package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkStat;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.decide.Progress;
import org.reassign.core.store.Await;
import org.reassign.core.store.Store;
import org.reassign.core.store.TopicReader;

/**
 * The topics with their records, kept as they are stored: read at the start, when one comes or goes, when named, and when
 * one is written again that could not be read.
 */
final class TopicObserver {
    /** Kafka's leader epoch of a replica whose topic is being deleted: brokers obey whatever they know. */
    private static final int DURING_DELETE = -2;

    private final TermContext mandate;
    private final ZkPort zk;
    private final Store store;
    private final ClusterState cluster;
    private final StateTracker tracking;
    private final BrokerQueues lines;
    private final Answers answers;
    private final KnownTopics reading;
    private final UnreadableTopics unreadable;

    TopicObserver(
            TermContext mandate,
            Store store,
            ClusterState cluster,
            StateTracker tracking,
            BrokerQueues lines,
            Answers answers) {
        this.mandate = mandate;
        this.zk = mandate.zk();
        this.store = store;
        this.cluster = cluster;
        this.tracking = tracking;
        this.lines = lines;
        this.answers = answers;
        this.unreadable = new UnreadableTopics(mandate, cluster);
        this.reading = new KnownTopics(mandate, cluster);
    }

    /** Recovery: all topics; records in another layout are moved, and records of topics that are gone are to go. */
    void begin() {
        cluster.topics.putAll(reading.begin(store, names()));
        unreadable.lookOut();
    }

    /**
     * Reads the topics that came and those that can be read again, and ends what was in flight of those that went, if any
     * may have.
     */
    void refresh() {
        if (cluster.topicsStale) {
            readComeAndGone().values().forEach(come -> {
                spare(come);
                takeUp(come);
            });
            madeAnew().forEach(this::reload);
        }
        unreadable.takeRewritten().forEach(this::reload);
    }

    private SortedMap<String, TopicSnapshot> readComeAndGone() {
        cluster.topicsStale = false;
        Set<String> names = names();
        List<String> gone = new ArrayList<>(cluster.topics.keySet());
        gone.removeAll(names);
        gone.forEach(this::deleted);
        reading.retain(names);
        SortedMap<String, TopicSnapshot> come = reading.read(names.stream()
                .filter(topic -> !cluster.topics.containsKey(topic))
                .toList());
        cluster.topics.putAll(come);
        unreadable.lookOut();
        return come;
    }

    private Set<String> names() {
        return new TreeSet<>(Await.done(zk.getChildren(
                        TopicReader.ROOT, event -> mandate.loop().mark(() -> cluster.topicsStale = true)))
                .orElse(List.of()));
    }

    /** Whether all topics that have stood there since this term began could be read once. */
    boolean missesNone() {
        return unreadable.missesNone();
    }

    /** Of the topics with which something is under way, those that are others by now: their names were never seen gone. */
    private List<String> madeAnew() {
        Set<String> underWay = new TreeSet<>();
        cluster.tracked.keySet().forEach(partition -> underWay.add(partition.topic()));
        Map<String, CompletionStage<Optional<ZkStat>>> found = new LinkedHashMap<>();
        underWay.forEach(topic -> found.put(topic, zk.exists(TopicReader.ROOT + "/" + topic)));
        return underWay.stream()
                .filter(topic -> Await.done(found.get(topic))
                        .filter(stat -> !isSame(topic, stat))
                        .isPresent())
                .toList();
    }

    private boolean isSameNow(String topic) {
        return Await.done(zk.exists(TopicReader.ROOT + "/" + topic))
                .filter(stat -> isSame(topic, stat))
                .isPresent();
    }

    private boolean isSame(String topic, ZkStat now) {
        return reading.created(topic).equals(Optional.of(now.czxid()));
    }

    /** What replicas of a topic hold is its own: no deletion that was meant for one before it is sent to them any more. */
    private void spare(TopicSnapshot topic) {
        topic.assigned().forEach((number, assigned) -> {
            TopicPartition partition = new TopicPartition(topic.topic(), number);
            assigned.ids().forEach(broker -> lines.spare(broker, partition));
        });
    }

    /** What is in flight of a topic that could not be read before goes on, and what was missed of it is tended. */
    private void takeUp(TopicSnapshot topic) {
        List<TopicPartition> left = untracked(topic, topic.inFlight().keySet());
        if (!left.isEmpty()) {
            tracking.watch(left, PartitionState::recovered);
        }
        if (unreadable.takeMissed(topic.topic())) {
            List<TopicPartition> others = untracked(topic, topic.assigned().keySet());
            tracking.tend(others);
            others.forEach(partition -> cluster.partition(partition).ifPresent(p -> cluster.put(p.untold())));
            cluster.tended.add(topic.topic());
        }
    }

    private List<TopicPartition> untracked(TopicSnapshot topic, Set<Integer> partitions) {
        return partitions.stream()
                .map(partition -> new TopicPartition(topic.topic(), partition))
                .filter(partition -> !cluster.tracked.containsKey(partition))
                .toList();
    }

    /** Reads these topics again where their znodes have changed, and which of them are being deleted. */
    void refresh(Collection<String> named) {
        Map<String, CompletionStage<Optional<ZkNode>>> reads = new LinkedHashMap<>();
        Map<String, CompletionStage<Optional<ZkStat>>> deletions = new LinkedHashMap<>();
        named.forEach(topic -> {
            reads.put(topic, zk.getData(TopicReader.ROOT + "/" + topic));
            deletions.put(topic, zk.exists("/admin/delete_topics/" + topic));
        });
        cluster.beingDeleted.clear();
        deletions.forEach((topic, answer) -> Await.done(answer).ifPresent(s -> cluster.beingDeleted.add(topic)));
        reads.forEach((topic, answer) -> {
            Optional<ZkStat> now = Await.done(answer).map(ZkNode::stat);
            Optional<TopicSnapshot> known = Optional.ofNullable(cluster.topics.get(topic));
            boolean asKnown = now.map(ZkStat::version).equals(known.map(TopicSnapshot::version))
                    && now.filter(stat -> !isSame(topic, stat)).isEmpty();
            if (!asKnown) {
                reload(topic);
            }
        });
    }

    /**
     * A topic's znode is not what we knew: it is read again with its records, and what is in flight decided again, or
     * ended where it is another topic's znode. While it cannot be read we go by what we knew of it and by its records as
     * they are, and our writes of it fail.
     */
    void reload(String topic) {
        Optional<Long> created = reading.created(topic);
        Optional<TopicSnapshot> read =
                Optional.ofNullable(reading.read(List.of(topic)).get(topic));
        boolean isReadable = !cluster.unreadable(topic);
        Optional<TopicSnapshot> now = isReadable
                ? read
                : Optional.ofNullable(cluster.topics.get(topic))
                        .filter(known -> isSameNow(topic))
                        .map(reading::asKnown);
        cluster.foldDue = true;
        unreadable.lookOut();
        if (now.isPresent()) {
            if (cluster.topics.containsKey(topic) && !created.equals(reading.created(topic))) {
                ended(topic); // and another one made, under the same name
            }
            replace(now.get(), isReadable);
        } else if (isReadable) {
            deleted(topic);
        }
    }

    private void replace(TopicSnapshot now, boolean isReadable) {
        if (!cluster.topics.containsKey(now.topic())) {
            spare(now);
        }
        cluster.topics.put(now.topic(), now);
        of(now.topic()).forEach(p -> {
            Optional<ReassignmentRecord> record =
                    Optional.ofNullable(now.inFlight().get(p.partition().partition()));
            if (isReadable || !record.equals(p.record())) {
                persisted(p, now, record);
            }
        });
        takeUp(now);
    }

    private void persisted(PartitionState p, TopicSnapshot topic, Optional<ReassignmentRecord> record) {
        Progress progress = record.equals(p.record())
                ? p.progress()
                : record.map(r -> Progress.recovered(r.dropping()))
                        .orElse(Progress.recovered(Replicas.NONE)); // everybody is to hear of what is
        Replicas assigned = topic.assigned().getOrDefault(p.partition().partition(), p.assigned());
        p.record()
                .filter(before ->
                        record.filter(another -> follows(another, before)).isEmpty())
                .ifPresent(before -> answers.finished(before, outcome(p, assigned, record)));
        cluster.put(p.persisted(assigned, record, progress));
        cluster.unread.add(p.partition());
        cluster.dirty.add(p.partition());
    }

    private static boolean follows(ReassignmentRecord record, ReassignmentRecord before) {
        return record.request().equals(before.request())
                && record.zxid() == before.zxid()
                && record.target().equals(before.target());
    }

    /** How a record ended that is gone or another: by a write of ours of which a part failed, or by somebody's hand. */
    private Outcome outcome(PartitionState p, Replicas assigned, Optional<ReassignmentRecord> now) {
        ReassignmentRecord before = p.record().orElseThrow();
        if (now.isPresent()) {
            return answers.endOf(before, now.get());
        }
        boolean done = assigned.equals(before.target()) && p.state().isr().containsAll(before.target());
        return done ? Outcome.COMPLETED : Outcome.CANCELLED;
    }

    /** A topic is gone: what was in flight of it ends, and its records go. What brokers hold of it is deleted. */
    private void deleted(String topic) {
        ended(topic);
        reading.read(List.of(topic)); // a record may stand there whose AR came too late
    }

    private void ended(String topic) {
        cluster.foldDue = true; // what waits for it is to be refused
        Optional<TopicSnapshot> known = Optional.ofNullable(cluster.topics.remove(topic));
        unreadable.takeMissed(topic);
        lines.forget(topic);
        of(topic).forEach(this::stop);
        known.filter(t -> cluster.tended.remove(topic)).ifPresent(this::stopTended);
        known.ifPresent(t -> t.inFlight().values().forEach(record -> answers.finished(record, Outcome.TOPIC_DELETED)));
    }

    /** Whoever may have been told to follow after the topic's data were deleted holds some again. */
    private void stop(PartitionState p) {
        tracking.forget(p.partition());
        stop(p.partition(), p.assigned().append(p.target()));
    }

    /** As {@link #stop}, for what is tracked no longer. */
    private void stopTended(TopicSnapshot topic) {
        topic.assigned().forEach((number, assigned) -> {
            TopicPartition partition = new TopicPartition(topic.topic(), number);
            if (!topic.inFlight().containsKey(number)) {
                stop(partition, assigned);
            }
        });
    }

    private void stop(TopicPartition partition, Replicas replicas) {
        replicas.ids().forEach(broker -> lines.stop(broker, new StopPartition(partition, DURING_DELETE, true)));
    }

    private List<PartitionState> of(String topic) {
        SortedMap<TopicPartition, PartitionState> fromTopic = cluster.tracked.tailMap(new TopicPartition(topic, 0));
        return fromTopic.values().stream()
                .takeWhile(p -> p.partition().topic().equals(topic))
                .toList();
    }
}
