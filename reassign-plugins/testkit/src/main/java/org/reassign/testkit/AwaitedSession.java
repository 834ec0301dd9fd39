package org.reassign.testkit;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkPort.SessionEvent;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;

/** A session whose answers are waited for. Nothing is waited for longer than {@link ReportLog#DEADLINE_SECONDS}. */
record AwaitedSession(ZkPort port) {
    private static final String BARRIER = "/barrier";

    Optional<ZkNode> read(String path) {
        return await(port.getData(path));
    }

    ZkNode node(String path) {
        return read(path).orElseThrow(() -> new AssertionError("there is no " + path));
    }

    Optional<ZkStat> stat(String path) {
        return await(port.exists(path));
    }

    /** The names of a znode's children in their natural order. */
    List<String> children(String path) {
        return await(port.getChildren(path))
                .map(names -> List.copyOf(new TreeSet<>(names)))
                .orElseThrow(() -> new AssertionError("there is no " + path));
    }

    List<ZkResult> commit(ZkWrite... writes) {
        return await(port.commit(List.of(writes)));
    }

    ZkResult create(String path) {
        return commit(ZkWrite.create(path, "")).get(0);
    }

    ZkResult set(String path, String text) {
        return commit(ZkWrite.setData(path, text, ZkWrite.ANY_VERSION)).get(0);
    }

    ZkResult delete(String path) {
        return commit(ZkWrite.delete(path, ZkWrite.ANY_VERSION)).get(0);
    }

    /** How a transaction fails. */
    ZkException failure(ZkWrite... writes) {
        return failureOf(port.commit(List.of(writes)));
    }

    /** A log of what a one-shot data watch is told from now on. */
    ZkEventLog watchData(String path) {
        ZkEventLog log = new ZkEventLog();
        await(port.getData(path, log));
        return log;
    }

    /** A log of what a one-shot child watch is told from now on. */
    ZkEventLog watchChildren(String path) {
        ZkEventLog log = new ZkEventLog();
        await(port.getChildren(path, log));
        return log;
    }

    /** A log of what a recursive watch is told from now on. */
    ZkEventLog watchBelow(String path) {
        ZkEventLog log = new ZkEventLog();
        await(port.watchRecursively(path, log));
        return log;
    }

    /** Waits until whatever has happened before has been told to this session: watches are called in order. */
    void awaitEvents() {
        CompletableFuture<ZkEvent> told = new CompletableFuture<>();
        if (await(port.getData(BARRIER, told::complete)).isPresent()) {
            delete(BARRIER);
        } else {
            create(BARRIER);
        }
        await(told);
    }

    /** Completes when the session's listeners are told that it is lost. */
    CompletableFuture<SessionEvent> loss() {
        CompletableFuture<SessionEvent> lost = new CompletableFuture<>();
        port.onSession(event -> {
            if (event == SessionEvent.LOST) {
                lost.complete(event);
            }
        });
        return lost;
    }

    /** Repeats a call for as long as the connection is broken. */
    <T> T onceConnected(Supplier<CompletionStage<T>> call) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ReportLog.DEADLINE_SECONDS);
        CompletionStage<T> answer = call.get();
        while (outcome(answer) instanceof ZkException broken
                && broken.code() == ZkException.Code.CONNECTION_LOSS
                && System.nanoTime() < deadline) {
            answer = call.get();
        }
        return await(answer);
    }

    static ZkException failureOf(CompletionStage<?> stage) {
        Throwable failure = outcome(stage);
        if (failure instanceof ZkException expected) {
            return expected;
        }
        throw new AssertionError(failure == null ? "the call did not fail" : "the call failed otherwise", failure);
    }

    /** What a stage fails with, or null. */
    private static Throwable outcome(CompletionStage<?> stage) {
        return await(stage.handle((value, failure) -> failure));
    }

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(ReportLog.DEADLINE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
