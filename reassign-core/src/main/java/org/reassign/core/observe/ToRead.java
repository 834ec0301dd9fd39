package org.reassign.core.observe;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.reassign.api.model.TopicPartition;

/** What must be read again. Used by the loop's thread only. */
public final class ToRead {
    private boolean brokers = true;
    private boolean topicNames = true;
    private boolean owedDeletes = true;
    private boolean notifications = true;
    private boolean roots;
    private final SortedSet<String> topics = new TreeSet<>();
    private final SortedSet<TopicPartition> watches = new TreeSet<>();
    private final SortedSet<TopicPartition> states = new TreeSet<>();

    /** Which brokers are registered. */
    public void brokers() {
        brokers = true;
    }

    /** The list of topics, and whether those with partitions in flight or known are still the same. */
    public void topicNames() {
        topicNames = true;
    }

    /** One topic with its records. */
    public void topic(String topic) {
        topics.add(topic);
    }

    /** The {@code state} of a partition in flight, which is watched from then on. */
    public void watch(TopicPartition partition) {
        watches.add(partition);
    }

    /** The {@code state} of partitions. */
    public void states(Collection<TopicPartition> partitions) {
        states.addAll(partitions);
    }

    /** The {@code state} of these is read now. */
    void statesRead(Collection<TopicPartition> partitions) {
        partitions.forEach(states::remove);
    }

    /** The owed deletes. */
    public void owedDeletes() {
        owedDeletes = true;
    }

    /** The notifications of ISR changes. */
    public void notifications() {
        notifications = true;
    }

    /** Whether the roots still exist: one was missed. */
    public void roots() {
        roots = true;
    }

    /** Forgets a partition that is no longer watched. */
    public void forget(TopicPartition partition) {
        watches.remove(partition);
        states.remove(partition);
    }

    /** Whether anything except notifications must be read. */
    public boolean hasMore() {
        return roots
                || brokers
                || topicNames
                || owedDeletes
                || !topics.isEmpty()
                || !watches.isEmpty()
                || !states.isEmpty();
    }

    boolean takeBrokers() {
        boolean taken = brokers;
        brokers = false;
        return taken;
    }

    boolean takeTopicNames() {
        boolean taken = topicNames;
        topicNames = false;
        return taken;
    }

    /** Whether owed deletes must be read; resets the answer. */
    public boolean takeOwedDeletes() {
        boolean taken = owedDeletes;
        owedDeletes = false;
        return taken;
    }

    /** Whether notifications must be read; resets the answer. */
    public boolean takeNotifications() {
        boolean taken = notifications;
        notifications = false;
        return taken;
    }

    /** Whether the roots must be looked for; resets the answer. */
    public boolean takeRoots() {
        boolean taken = roots;
        roots = false;
        return taken;
    }

    List<String> takeTopics() {
        return take(topics);
    }

    List<TopicPartition> takeWatches() {
        return take(watches);
    }

    List<TopicPartition> takeStates() {
        return take(states);
    }

    private static <T> List<T> take(SortedSet<T> from) {
        List<T> taken = List.copyOf(from);
        from.clear();
        return taken;
    }
}
