package org.reassign.plugin.kafkabrokers;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.reassign.api.model.Broker;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerDisks;

/** Asks brokers for their log directories, over connections of its own, on which nothing is commanded. */
final class LogDirs implements BrokerDisks {
    private final IoThread io;

    /** Connects to nothing yet; {@code warnings} is told in a sentence each which addresses are left out. */
    LogDirs(TakeoverOptions options, Consumer<String> warnings) {
        this.io = IoThread.start(options.named("reassign-client"), new Registrations(warnings), Optional.empty());
    }

    @Override
    public CompletionStage<DiskContent> replicas(Broker broker, Set<TopicPartition> partitions) {
        return io.submit(broker, new LogDirsQuestion(Optional.of(Set.copyOf(partitions))));
    }

    @Override
    public CompletionStage<DiskContent> allReplicas(Broker broker) {
        return io.submit(broker, new LogDirsQuestion(Optional.empty()));
    }

    @Override
    public void close() {
        io.close();
    }
}
