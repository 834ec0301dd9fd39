package org.reassign.core.observe;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkReader;
import org.reassign.api.zk.ZkStat;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.image.Observation;
import org.reassign.core.image.Seen;
import org.reassign.core.image.TopicContent;
import org.reassign.core.image.TopicImage;
import org.reassign.core.store.Await;
import org.reassign.core.store.TopicRead;
import org.reassign.core.store.TopicRead.Content;
import org.reassign.core.store.TopicReader;

/**
 * Lists topics and reads them with their records. The list is watched, and so is a topic that cannot be read. Others
 * are not: a foreign write of a topic with partitions in flight is noticed by its version.
 */
public final class TopicObserver {
    private static final String BEING_DELETED = "/admin/delete_topics";

    private final ZkReader zk;
    private final TopicReader everywhere;
    private final TopicReader reader;
    private final boolean inTopic;
    private final CurrentImage image;
    private final ToRead toRead;
    private final Consumer<String> strays;
    private final Consumer<String> warnings;
    private final Consumer<Runnable> mark;
    private final Consumer<ZkEvent> listChanged;
    private Set<String> beingDeleted = Set.of();
    private final SortedSet<String> watched = new TreeSet<>();

    /**
     * Nothing is read yet.
     *
     * @param layouts the installed layouts, the chosen one first
     * @param strays takes the paths of obsolete znodes of ours, in the order of removal
     * @param mark hands a change of state in to the loop; called on any thread
     */
    public TopicObserver(
            ZkReader zk,
            List<StorageLayout> layouts,
            CurrentImage image,
            ToRead toRead,
            Consumer<String> strays,
            Consumer<String> warnings,
            Consumer<Runnable> mark) {
        this.zk = zk;
        this.everywhere = new TopicReader(zk, layouts);
        this.reader = new TopicReader(zk, layouts.subList(0, 1));
        this.inTopic = layouts.get(0).placement() instanceof Placement.InTopic;
        this.image = image;
        this.toRead = toRead;
        this.strays = strays;
        this.warnings = warnings;
        this.mark = mark;
        this.listChanged = event -> mark.accept(toRead::topicNames);
    }

    /**
     * Recovery: reads all topics.
     *
     * @param migration moves the records that were read in other layouts than the chosen one
     */
    public void begin(Function<List<TopicRead>, Moved> migration) {
        toRead.takeTopicNames();
        SortedSet<String> names = list();
        List<TopicRead> read = everywhere.read(names);
        Moved moved = migration.apply(read);
        read.stream().filter(one -> !moved.topics().contains(one.topic())).forEach(one -> observed(one, moved.paths()));
        everywhere.read(moved.topics()).forEach(one -> observed(one, Set.of()));
        everywhere.orphanRecords(names).forEach(strays);
    }

    /** Reads the marked topics until none is left. */
    public void refresh() {
        if (toRead.takeTopicNames()) {
            image.observe(new Observation.TopicsListed(list()));
            recreated().forEach(toRead::topic);
        }
        for (List<String> topics = toRead.takeTopics(); !topics.isEmpty(); topics = toRead.takeTopics()) {
            read(topics);
        }
    }

    private SortedSet<String> list() {
        Optional<List<String>> names = Await.done(zk.getChildren(TopicReader.ROOT, listChanged));
        if (names.isEmpty()) { // there is no watch then
            toRead.roots();
            toRead.topicNames();
        }
        return new TreeSet<>(names.orElse(List.of()));
    }

    /** The topics in use that were deleted and recreated without their absence being seen. */
    private List<String> recreated() {
        return changed(
                image.get().topics().values().stream()
                        .filter(topic -> topic.known() > 0 || topic.inFlight() > 0)
                        .map(TopicImage::name)
                        .toList(),
                (topic, stat) -> stat.czxid() != topic.czxid());
    }

    /**
     * Reads again those of these topics whose znodes have changed, and the list of topics being deleted; returns
     * whether either differs from what was known.
     */
    public boolean readIfChanged(Collection<String> named) {
        List<String> changed = changed(
                named,
                (topic, stat) ->
                        stat.czxid() != topic.czxid() || stat.version() != topic.version() && topic.readable());
        Set<String> deleted =
                new TreeSet<>(Await.done(zk.getChildren(BEING_DELETED)).orElse(List.of()));
        boolean differs = !changed.isEmpty() || !deleted.equals(beingDeleted);
        beingDeleted = deleted;
        changed.forEach(toRead::topic);
        refresh();
        return differs;
    }

    /** The topics that were being deleted when asked last. */
    public Set<String> beingDeleted() {
        return beingDeleted;
    }

    /** Whether a topic that exists must be read again. */
    @FunctionalInterface
    private interface Test {
        boolean isDue(TopicImage topic, ZkStat stat);
    }

    private List<String> changed(Collection<String> topics, Test test) {
        Map<String, CompletionStage<Optional<ZkStat>>> answers = new LinkedHashMap<>();
        topics.forEach(topic -> answers.put(topic, zk.exists(path(topic))));
        return answers.entrySet().stream()
                .filter(answer -> isDue(answer.getKey(), Await.done(answer.getValue()), test))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isDue(String topic, Optional<ZkStat> stat, Test test) {
        Optional<TopicImage> known = image.get().topic(topic);
        return stat.isPresent()
                ? known.filter(before -> !test.isDue(before, stat.get())).isEmpty()
                : known.isPresent();
    }

    /** The records of a deleted topic are strays: one may remain whose AR was written too late. */
    public void gone(String topic) {
        watched.remove(topic);
        reader.read(List.of(topic)).stream()
                .filter(read -> read.content() instanceof Content.Absent)
                .forEach(read -> read.strays().forEach(strays));
    }

    private void read(List<String> topics) {
        reader.read(topics).forEach(read -> observed(read, Set.of()));
    }

    private void observed(TopicRead read, Set<String> written) {
        read.warnings().forEach(warnings);
        read.strays().stream().filter(path -> !written.contains(path)).forEach(strays);
        Seen<TopicContent> content = content(read.content());
        boolean recordsKnown = !inTopic || !(content instanceof Seen.Unreadable);
        image.observe(new Observation.TopicRead(
                read.topic(), content, recordsKnown ? Optional.of(read.records()) : Optional.empty()));
        if (content instanceof Seen.Unreadable<TopicContent> found) {
            watch(read.topic(), found);
        }
    }

    private static Seen<TopicContent> content(Content read) {
        if (read instanceof Content.Present present) {
            return new Seen.Present<>(
                    present.czxid(),
                    present.topic().version(),
                    new TopicContent(present.topic().assigned(), present.topic().fields()));
        }
        return read instanceof Content.Unreadable unreadable
                ? new Seen.Unreadable<>(unreadable.czxid(), unreadable.version())
                : new Seen.Absent<>();
    }

    /** Watches for the next write of an unreadable topic; reads it again if there was one in the meantime. */
    private void watch(String topic, Seen.Unreadable<TopicContent> found) {
        if (watched.add(topic)) {
            Optional<ZkStat> now = Await.done(zk.getData(path(topic), event -> mark.accept(() -> rewritten(topic))))
                    .map(node -> node.stat());
            if (now.filter(stat -> stat.czxid() == found.czxid() && stat.version() == found.version())
                    .isEmpty()) {
                toRead.topic(topic);
            }
        }
    }

    private void rewritten(String topic) {
        watched.remove(topic);
        toRead.topic(topic);
    }

    private static String path(String topic) {
        return TopicReader.ROOT + "/" + topic;
    }
}
