package org.reassign.cli;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.Rival;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.lead.ControllerListener;
import org.reassign.simulation.scenario.RunSetup;

/**
 * The brokers' own controller in the place of ours: requests go to it and not through a channel. It tells its listener
 * what it has accepted, as recorded, and what it has refused; a request without an answer is neither, and stays open.
 */
final class RivalController implements RunSetup.ControllerHandle, RunSetup.Requesters {
    private final Rival rival;
    private final ControllerListener listener;
    private final AtomicInteger submitted = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean ready;

    RivalController(Rival rival, ControllerListener listener) {
        this.rival = rival;
        this.listener = listener;
    }

    @Override
    public void start() {
        var unused = rival.ready().whenComplete((done, failure) -> {
            if (failure == null) {
                ready = true;
            } else {
                listener.stopped(sentence(failure));
            }
        });
    }

    /** It is not one of ours: {@link RivalRun#refusal} sees to it that no step asks for this. */
    @Override
    public void kill() {
        throw new UnsupportedOperationException("the brokers' own controller is not killed");
    }

    @Override
    public void close() {
        ready = false;
    }

    @Override
    public boolean leads() {
        return ready;
    }

    /** Whether it has answered every request; what it has accepted and not done is seen in ZooKeeper. */
    @Override
    public boolean idle() {
        return ready && submitted.get() == answered.get();
    }

    @Override
    public CompletionStage<List<String>> submit(ZkPort zk, RequestChannel channel, ReassignmentRequest request) {
        String id = rival.name() + "-" + submitted.incrementAndGet();
        var unused = rival.submit(request.targets()).whenComplete((refused, failure) -> {
            if (failure == null) {
                tell(id, request, refused);
                answered.incrementAndGet();
            } else {
                listener.stopped(sentence(failure)); // it may have accepted the request, or not
            }
        });
        return CompletableFuture.completedStage(List.of(id));
    }

    private void tell(String id, ReassignmentRequest request, SortedMap<TopicPartition, Refusal> refused) {
        request.targets().keySet().forEach(partition -> {
            if (refused.containsKey(partition)) {
                listener.answered(new Answer(
                        id,
                        Mechanism.REQUEST,
                        partition.toString(),
                        Answer.Outcome.REFUSED,
                        Optional.of(refused.get(partition))));
            } else {
                listener.recorded(id, partition);
            }
        });
    }

    private static String sentence(Throwable failure) {
        return String.valueOf(
                (failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure)
                        .getMessage());
    }
}
