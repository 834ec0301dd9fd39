package org.reassign.core.observe;

/**
 * The observers of the cluster.
 *
 * @param brokers the registered brokers
 * @param topics topics with their records
 * @param states the {@code state} of partitions
 */
public record Observers(BrokerObserver brokers, TopicObserver topics, StateObserver states) implements AutoCloseable {
    /**
     * Reads what {@link ToRead} holds, except the states of partitions that are not watched. States come last, because
     * reading a topic can mark some.
     */
    public void refresh() {
        brokers.refresh();
        topics.refresh();
        states.watchMarked();
    }

    @Override
    public void close() {
        states.close();
    }
}
