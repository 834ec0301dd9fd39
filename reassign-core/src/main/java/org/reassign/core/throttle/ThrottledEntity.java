package org.reassign.core.throttle;

import java.util.Comparator;
import java.util.Locale;
import org.reassign.api.model.TopicPartition;

/**
 * A topic or broker with a configuration in ZooKeeper. In order, topics come before brokers.
 *
 * @param kind which of both
 * @param name the topic's name or the broker's id
 */
record ThrottledEntity(Kind kind, String name) implements Comparable<ThrottledEntity> {
    private static final Comparator<ThrottledEntity> ORDER = Comparator.comparing(ThrottledEntity::kind)
            .thenComparing(entity -> entity.name().length() * (entity.kind() == Kind.BROKERS ? 1 : 0))
            .thenComparing(ThrottledEntity::name);

    /** The kinds, in the order in which throttles are set and taken off, as Kafka's tool does. */
    enum Kind {
        TOPICS,
        BROKERS;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ThrottledEntity topic(String name) {
        return new ThrottledEntity(Kind.TOPICS, name);
    }

    static ThrottledEntity broker(int id) {
        return new ThrottledEntity(Kind.BROKERS, Integer.toString(id));
    }

    /** As change notifications name it: {@code topics/orders} or {@code brokers/1}. */
    String key() {
        return kind.label() + "/" + name;
    }

    /** The znode of its configuration. */
    String configPath() {
        return "/config/" + key();
    }

    /** The znode of its lease. */
    String leasePath() {
        return ThrottleTree.ROOT + "/" + key();
    }

    /** Whether there can be one of that name: a znode may have any. */
    boolean isPossible() {
        return kind == Kind.TOPICS ? TopicPartition.isTopicName(name) : name.matches("[0-9]{1,9}");
    }

    @Override
    public int compareTo(ThrottledEntity other) {
        return ORDER.compare(this, other);
    }
}
