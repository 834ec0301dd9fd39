package org.reassign.core.client;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.reassign.api.client.SubmittedTarget;
import org.reassign.api.model.Answer;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.store.LeadershipLost;

/** The client's one thread, its session, which is opened again after a loss, and its waits. */
final class ClientThread implements AutoCloseable {
    private final ZkSessions sessions;
    private final ClientPlugins plugins;
    private final ScheduledThreadPoolExecutor executor;
    private final OpenWaits waits = new OpenWaits();
    private volatile ClientSession session;
    private boolean looking;
    private boolean caughtUp;

    ClientThread(ZkSessions sessions, ClientPlugins plugins) {
        this.sessions = sessions;
        this.plugins = plugins;
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "reassign-client");
            made.setDaemon(true);
            return made;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Completes some of the results; those that it leaves are failed with what it throws. */
    interface Each<T> {
        void perform(ClientSession session, SortedMap<TopicPartition, CompletableFuture<T>> results);
    }

    <T> SortedMap<TopicPartition, CompletableFuture<T>> each(Collection<TopicPartition> partitions, Each<T> work) {
        SortedMap<TopicPartition, CompletableFuture<T>> results = new TreeMap<>();
        partitions.forEach(partition -> results.put(partition, new CompletableFuture<>()));
        var unused = call(opened -> {
                    work.perform(opened, results);
                    return null;
                })
                .exceptionally(failure -> {
                    results.values().forEach(result -> result.completeExceptionally(ReconnectingCalls.cause(failure)));
                    return null;
                });
        return new TreeMap<>(results);
    }

    <T> CompletableFuture<T> call(Function<ClientSession, T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        run(
                () -> {
                    try {
                        result.complete(perform(work));
                    } catch (RuntimeException | Error e) { // the boundary of the thread: it goes to the caller
                        result.completeExceptionally(e);
                    }
                },
                result);
        return result;
    }

    private void run(Runnable task, CompletableFuture<?> result) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new IllegalStateException("the client is closed; open another", e));
        }
    }

    /** On the client's thread. */
    private <T> T perform(Function<ClientSession, T> work) {
        if (session == null) {
            session = new ClientSession(sessions.open("requester"), plugins);
            caughtUp = false;
        }
        try {
            if (!caughtUp) {
                session.catchUp();
                caughtUp = true;
            }
            return work.apply(session);
        } catch (ZkException | UnansweredSubmissionException e) {
            if (e instanceof ZkException failure && failure.code() != Code.SESSION_EXPIRED) {
                throw failure;
            }
            forget();
            throw e;
        } catch (LeadershipLost e) {
            forget();
            throw new ZkException(Code.CONNECTION_LOSS, "/", 0, e);
        }
    }

    private void forget() {
        session.close();
        session = null;
    }

    SortedMap<TopicPartition, CompletableFuture<Answer>> await(Collection<SubmittedTarget> submitted) {
        SortedMap<TopicPartition, CompletableFuture<Answer>> ends = new TreeMap<>();
        submitted.forEach(entry -> {
            CompletableFuture<Answer> end = new CompletableFuture<>();
            ends.put(entry.partition(), end);
            run(() -> waits.add(new OpenWaits.Wait(entry, end)), end);
        });
        run(this::begin, new CompletableFuture<>());
        return ends;
    }

    private void begin() {
        if (!looking) {
            looking = true;
            look();
        }
    }

    private void look() {
        if (waits.isEmpty()) {
            looking = false;
            return;
        }
        try {
            perform(opened -> {
                waits.look(opened);
                return null;
            });
        } catch (ZkException e) {
            if (e.code() == Code.SESSION_EXPIRED || e.code() == Code.CONNECTION_LOSS) {
                waits.failed();
            } else {
                waits.fail(e);
            }
        } catch (RuntimeException | Error e) { // the boundary of the thread: it goes to those who wait
            waits.fail(e);
        }
        try {
            var unused = executor.schedule(this::look, waits.pause().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            waits.fail(new CancellationException("the client is closed"));
        }
    }

    @Override
    public void close() {
        run(
                () -> {
                    waits.fail(new CancellationException("the client is closed"));
                    if (session != null) {
                        forget();
                    }
                },
                new CompletableFuture<>());
        executor.shutdown();
    }
}
