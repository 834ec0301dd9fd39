package org.reassign.simulation.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.client.Requester;
import org.reassign.core.plugin.NamedPlugin;

/** A process that submits requests, and whose connection may break at any commit, before it arrives or its answer does. */
final class RequesterProcess {
    private final SimulatedWorld world;
    private final long seed;
    private final ZkPort session;
    private final List<CompletableFuture<List<String>>> submissions = new ArrayList<>();
    private Optional<ScheduledEvent.LostSubmission> armed = Optional.empty();
    private int commitsLeft;
    private int submitted;

    RequesterProcess(SimulatedWorld world, long seed) {
        this.world = world;
        this.seed = seed;
        this.session = world.zooKeeper().open("requester");
    }

    /** The commit that is so many commits away will lose its connection. */
    void arm(ScheduledEvent.LostSubmission deed) {
        armed = Optional.of(deed);
        commitsLeft = deed.commits();
    }

    void heal() {
        armed = Optional.empty();
        world.zooKeeper().reconnect(session);
    }

    /** Whether every submission has its answer; one that failed fails here. */
    boolean done() {
        submissions.removeIf(
                submission -> submission.isDone() && submission.join().size() == 1);
        return submissions.isEmpty();
    }

    void submit(ScheduledEvent.Request request) {
        RequestChannel channel = world.plugins().channels().stream()
                .filter(one -> one.name().equals(request.channel()))
                .map(NamedPlugin::plugin)
                .findFirst()
                .orElseThrow();
        ReassignmentRequest asked = new ReassignmentRequest(request.targets(), Optional.empty(), Optional.empty());
        UUID id = new UUID(seed, submitted++);
        boolean answered = submitted % 3 != 0 && !request.channel().equals("legacy");
        SubmittingPort port = new SubmittingPort(
                this, session, new SubmittedRequest(world, request, channel, answered ? id.toString() : ""));
        submissions.add(new Requester(port, channel, () -> id)
                .submit(asked.answered(answered))
                .toCompletableFuture());
        done();
    }

    /** Performs a commit, unless the connection breaks before; its answer, unless the connection breaks after. */
    CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes, SubmittedRequest request) {
        boolean breaks = armed.isPresent() && commitsLeft-- == 0;
        if (breaks && !armed.orElseThrow().arrives()) {
            return broken();
        }
        request.before();
        CompletionStage<List<ZkResult>> answer = session.commit(writes);
        if (!answer.toCompletableFuture().isCompletedExceptionally()) {
            request.committed(writes, answer.toCompletableFuture().join());
        }
        return breaks ? broken() : answer;
    }

    private CompletionStage<List<ZkResult>> broken() {
        ScheduledEvent.LostSubmission deed = armed.orElseThrow();
        armed = Optional.empty();
        world.happens(deed, "requester");
        world.zooKeeper().suspend(session);
        world.time()
                .after(Duration.ofMillis(deed.millis()), () -> world.zooKeeper().reconnect(session));
        return CompletableFuture.failedStage(new ZkException(ZkException.Code.CONNECTION_LOSS, "/", 0));
    }
}
