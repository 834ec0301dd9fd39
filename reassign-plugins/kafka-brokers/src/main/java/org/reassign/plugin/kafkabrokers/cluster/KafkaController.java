package org.reassign.plugin.kafkabrokers.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Rival;

/** Kafka's own controller, one of the brokers, which leads while no other process has taken the office. */
final class KafkaController implements Rival, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(25);
    private static final String OFFICE = "/controller";
    private static final Pattern BROKER = Pattern.compile("\"brokerid\":\\s*([0-9]+)");

    private final Requests requests;
    private final LabZnodes znodes;
    private final LabTasks tasks;

    private KafkaController(Requests requests, LabZnodes znodes, LabTasks tasks) {
        this.requests = requests;
        this.znodes = znodes;
        this.tasks = tasks;
    }

    /** That of brokers of a version, which run at these addresses. */
    static KafkaController of(
            KafkaVersion version, Supplier<List<String>> addresses, LabZnodes znodes, LabTasks tasks) {
        Requests requests =
                version.hasReassignmentApi() ? new AdminRequests(addresses) : new LegacyRequests(version, znodes);
        return new KafkaController(requests, znodes, tasks);
    }

    /** The way in which it takes requests. Calls block and throw {@link IllegalStateException}. */
    interface Requests extends AutoCloseable {
        /** As {@link Rival#requests}. */
        String text();

        /** Connects. */
        void open();

        /** As {@link Rival#submit}. */
        SortedMap<TopicPartition, Refusal> submit(SortedMap<TopicPartition, Optional<Replicas>> targets);

        @Override
        void close();
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String requests() {
        return requests.text();
    }

    @Override
    public CompletionStage<Void> ready() {
        return tasks.run(() -> {
            var unused = znodes.await(
                    OFFICE,
                    found -> found.isPresent() && isBroker(found.get().text()),
                    LIMIT,
                    new CompletableFuture<>(),
                    found -> "Kafka's own controller does not lead after " + LIMIT.toSeconds() + " s; /controller is "
                            + found.map(node -> "'" + node.text() + "'").orElse("absent"));
            requests.open();
        });
    }

    private boolean isBroker(String controller) {
        return BROKER.matcher(controller)
                .results()
                .anyMatch(match -> znodes.read("/brokers/ids/" + match.group(1)).isPresent());
    }

    @Override
    public CompletionStage<SortedMap<TopicPartition, Refusal>> submit(
            SortedMap<TopicPartition, Optional<Replicas>> targets) {
        SortedMap<TopicPartition, Optional<Replicas>> copy = new TreeMap<>(targets);
        return tasks.call(() -> requests.submit(copy));
    }

    @Override
    public void close() {
        requests.close();
    }
}
