package org.reassign.cli.client;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reassign.api.model.Broker;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerDisks;
import org.reassign.api.spi.BrokerDisks.DiskContent;

/**
 * Asks brokers for the replicas on their disks, where there is a gateway by which a client can. A broker that does not answer
 * soon is unknown, and is left alone for a while; why is said once of each.
 */
public final class DiskReader implements AutoCloseable {
    private static final long SOON_MILLIS = 3_000;
    /** For what must not be missed; a gateway has a deadline of its own, of half a minute by default. */
    private static final long PATIENT_MILLIS = 60_000;

    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Function<OpenClient, Optional<BrokerDisks>> opening;
    private final Consumer<String> notes;
    private final Map<Integer, Long> failedAt = new HashMap<>();
    private final Set<Integer> told = new HashSet<>();
    private Optional<BrokerDisks> disks = Optional.empty();

    /**
     * Opens nothing yet.
     *
     * @param opening opens the gateway when it is needed first; empty where there is none yet, or clients cannot ask by it
     * @param notes is told why something is not known
     */
    DiskReader(Function<OpenClient, Optional<BrokerDisks>> opening, Consumer<String> notes) {
        this.opening = opening;
        this.notes = notes;
    }

    /** Whether brokers can be asked at all; looks for the gateway until there is one. To be called before the others. */
    public boolean isOpen(OpenClient client) {
        if (disks.isEmpty()) {
            disks = opening.apply(client);
        }
        return disks.isPresent();
    }

    /** Asks these brokers for some replicas each; those that are not live are not asked. */
    DiskSnapshot read(Map<Integer, Broker> live, Map<Integer, Set<TopicPartition>> wanted) {
        Map<Integer, CompletableFuture<DiskContent>> asked = new TreeMap<>();
        wanted.forEach((id, partitions) ->
                ask(id, SOON_MILLIS, live, asked, broker -> disks.orElseThrow().replicas(broker, partitions)));
        return new DiskSnapshot(answers(asked, SOON_MILLIS));
    }

    /** All replicas of these brokers, as far as they are live and answer. */
    public Map<Integer, DiskContent> readAll(Map<Integer, Broker> live, Set<Integer> brokers) {
        Map<Integer, CompletableFuture<DiskContent>> asked = new TreeMap<>();
        brokers.forEach(id -> ask(
                id, PATIENT_MILLIS, live, asked, broker -> disks.orElseThrow().allReplicas(broker)));
        Map<Integer, DiskContent> answers = answers(asked, PATIENT_MILLIS);
        answers.forEach((id, content) -> {
            if (!content.isComplete()) {
                tell(id, "not every log directory can be read; its log says which");
            }
        });
        return answers;
    }

    private void ask(
            int id,
            long millis,
            Map<Integer, Broker> live,
            Map<Integer, CompletableFuture<DiskContent>> asked,
            Function<Broker, CompletionStage<DiskContent>> question) {
        boolean silent = failedAt.containsKey(id) && System.nanoTime() - failedAt.get(id) < AGAIN_NANOS;
        if (live.containsKey(id) && !silent) {
            asked.put(
                    id,
                    question.apply(live.get(id)).toCompletableFuture().copy().orTimeout(millis, TimeUnit.MILLISECONDS));
        }
    }

    private Map<Integer, DiskContent> answers(Map<Integer, CompletableFuture<DiskContent>> asked, long millis) {
        Map<Integer, DiskContent> answers = new TreeMap<>();
        asked.forEach((id, future) -> {
            try {
                answers.put(id, future.get());
                failedAt.remove(id);
            } catch (ExecutionException e) {
                failedAt.put(id, System.nanoTime());
                tell(
                        id,
                        e.getCause() instanceof TimeoutException
                                ? "it has not answered within " + millis + " ms; see what it is busy with"
                                : e.getCause().getMessage());
            } catch (InterruptedException e) {
                throw OpenClient.interrupted(e);
            }
        });
        return answers;
    }

    private void tell(int broker, String why) {
        if (told.add(broker)) {
            notes.accept("what lies on the disks of broker " + broker + " is not known for certain: " + why);
        }
    }

    @Override
    public void close() {
        disks.ifPresent(BrokerDisks::close);
    }
}
