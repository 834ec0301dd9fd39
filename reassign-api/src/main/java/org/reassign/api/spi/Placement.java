package org.reassign.api.spi;

import java.util.Optional;
import org.reassign.api.Evolving;
import org.reassign.api.model.TopicPartition;

/**
 * Where a {@link StorageLayout} keeps its records. The core finds the records of a topic by it, creates the root,
 * counts names and costs by it, and removes what is left of topics that are gone.
 *
 * <p>Below a root, a znode without data means nothing: it is neither a record nor a fault. A root belongs to one
 * layout, or to one {@link Flat} and one {@link Nested} layout, whose records cannot be confused: those of the first
 * are data of children of the root, those of the second are data of grandchildren.
 */
@Evolving(since = "1.0")
public sealed interface Placement {
    /** The znode below which all records lie, absolute and without a slash at its end; empty for {@link InTopic}. */
    Optional<String> recordRoot();

    /** The znode that holds the record of a partition; empty for {@link InTopic}. */
    Optional<String> path(TopicPartition partition);

    /**
     * The topic to which a znode below the root belongs, whether it holds records or is their parent. Empty for the
     * root, for what does not lie below it, and for what has no form of this placement.
     */
    Optional<String> topic(String path);

    /** Whether this znode can hold records: it has a {@link #topic} and is no parent. */
    boolean holdsRecords(String path);

    /** The partition if this znode holds the record of one; empty if it has another form or holds many records. */
    default Optional<TopicPartition> partition(String path) {
        return Optional.empty();
    }

    /** The parent znode, without data, of a topic's records; empty if they have none of their own. */
    default Optional<String> parent(String topic) {
        return Optional.empty();
    }

    /** In the topic znode itself, as fields of its JSON. */
    record InTopic() implements Placement {
        @Override
        public Optional<String> recordRoot() {
            return Optional.empty();
        }

        @Override
        public Optional<String> path(TopicPartition partition) {
            return Optional.empty();
        }

        @Override
        public Optional<String> topic(String path) {
            return Optional.empty();
        }

        @Override
        public boolean holdsRecords(String path) {
            return false;
        }
    }

    /** One znode per topic, {@code root/T}, with the records of all its partitions in flight. */
    record OnePerTopic(String root) implements Placement {
        /** Refuses what is no absolute path with {@link IllegalArgumentException}. */
        public OnePerTopic {
            requirePath(root);
        }

        @Override
        public Optional<String> recordRoot() {
            return Optional.of(root);
        }

        @Override
        public Optional<String> path(TopicPartition partition) {
            return Optional.of(root + "/" + partition.topic());
        }

        @Override
        public Optional<String> topic(String path) {
            return below(root, path).filter(name -> name.indexOf('/') < 0);
        }

        @Override
        public boolean holdsRecords(String path) {
            return topic(path).isPresent();
        }
    }

    /**
     * One znode per partition, {@code root/T-P}. The last dash divides: a topic may hold dashes, and begin with one.
     */
    record Flat(String root) implements Placement {
        /** Refuses what is no absolute path with {@link IllegalArgumentException}. */
        public Flat {
            requirePath(root);
        }

        @Override
        public Optional<String> recordRoot() {
            return Optional.of(root);
        }

        @Override
        public Optional<String> path(TopicPartition partition) {
            return Optional.of(root + "/" + partition);
        }

        @Override
        public Optional<String> topic(String path) {
            return below(root, path)
                    .filter(name -> name.indexOf('/') < 0 && name.lastIndexOf('-') > 0)
                    .map(name -> name.substring(0, name.lastIndexOf('-')));
        }

        @Override
        public boolean holdsRecords(String path) {
            return topic(path).isPresent();
        }

        @Override
        public Optional<TopicPartition> partition(String path) {
            return below(root, path)
                    .flatMap(TopicPartition::parse)
                    .filter(partition -> path.equals(root + "/" + partition));
        }
    }

    /** One znode per partition, {@code root/T/P}, below a parent per topic. */
    record Nested(String root) implements Placement {
        /** Refuses what is no absolute path with {@link IllegalArgumentException}. */
        public Nested {
            requirePath(root);
        }

        @Override
        public Optional<String> recordRoot() {
            return Optional.of(root);
        }

        @Override
        public Optional<String> path(TopicPartition partition) {
            return Optional.of(root + "/" + partition.topic() + "/" + partition.partition());
        }

        @Override
        public Optional<String> topic(String path) {
            return below(root, path)
                    .map(names -> names.split("/", -1))
                    .filter(names -> names.length <= 2)
                    .map(names -> names[0]);
        }

        @Override
        public boolean holdsRecords(String path) {
            return topic(path)
                    .filter(topic -> path.length() > root.length() + 1 + topic.length())
                    .isPresent();
        }

        @Override
        public Optional<TopicPartition> partition(String path) {
            return topic(path)
                    .flatMap(topic -> TopicPartition.parse(topic + "-" + path.substring(path.lastIndexOf('/') + 1)))
                    .filter(partition -> path(partition).equals(Optional.of(path)));
        }

        @Override
        public Optional<String> parent(String topic) {
            return Optional.of(root + "/" + topic);
        }
    }

    private static Optional<String> below(String root, String path) {
        boolean is = path.length() > root.length() + 1 && path.startsWith(root) && path.charAt(root.length()) == '/';
        return is ? Optional.of(path.substring(root.length() + 1)) : Optional.empty();
    }

    private static void requirePath(String root) {
        if (!root.startsWith("/") || root.endsWith("/")) {
            throw new IllegalArgumentException("'" + root + "' is no root of records; name a znode by its full path");
        }
    }
}
