package org.reassign.core.observe;

/**
 * All that is observed of the cluster.
 *
 * @param brokers the registered brokers
 * @param topics topics with their records
 * @param states the {@code state} of partitions
 */
public record Observers(BrokerObserver brokers, TopicObserver topics, StateObserver states) implements AutoCloseable {
    /** Reads what is to be read; a topic that is found leads to states that are to be read. */
    public void refresh() {
        brokers.refresh();
        topics.refresh();
        states.refresh();
    }

    @Override
    public void close() {
        states.close();
    }
}
