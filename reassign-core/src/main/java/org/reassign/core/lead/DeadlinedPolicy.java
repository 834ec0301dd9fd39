package org.reassign.core.lead;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Asks a policy with a deadline, on a thread of its own. A policy that throws, is late or answers null is named in one
 * warning and is not asked again in this term; the fallback is the answer instead. So a vendor's policy can slow a turn
 * down, but cannot stop it.
 *
 * @param <Q> the question
 * @param <A> the answer
 */
final class DeadlinedPolicy<Q, A> {
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    /** Shared by all terms; a policy that never answers keeps its thread. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread made = new Thread(task, "policy");
        made.setDaemon(true);
        return made;
    });

    private final String name;
    private final Function<Q, A> policy;
    private final A fallback;
    private final String consequence;
    private final ControllerListener listener;
    private boolean failed;

    /**
     * A policy to ask.
     *
     * @param name its kind and name, with which a warning begins
     * @param fallback the answer once it has failed
     * @param consequence the effect of the fallback, as a sentence for the warning
     */
    DeadlinedPolicy(String name, Function<Q, A> policy, A fallback, String consequence, ControllerListener listener) {
        this.name = name;
        this.policy = policy;
        this.fallback = fallback;
        this.consequence = consequence;
        this.listener = listener;
    }

    A ask(Q question) {
        if (failed) {
            return fallback;
        }
        Future<A> asked = THREADS.submit(() -> policy.apply(question));
        try {
            A answer = asked.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            return answer == null ? giveUp("answered null") : answer;
        } catch (ExecutionException e) {
            return giveUp("threw " + e.getCause());
        } catch (TimeoutException e) {
            asked.cancel(true);
            return giveUp("did not answer within " + DEADLINE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fallback;
        }
    }

    private A giveUp(String what) {
        failed = true;
        listener.warning(name + " " + what + "; " + consequence + ", fix the policy and restart the controller");
        return fallback;
    }
}
