package org.reassign.core.lead;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.DropContext;
import org.reassign.api.spi.DropPolicy;

/**
 * Asks the drop policy, with a deadline and on a thread of its own. One that throws or is late proposes nothing, is
 * named once, and is not asked again: a vendor's policy may be slow, never unsafe.
 */
final class DeadlinedDropPolicy {
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    /** Shared by all terms, few of which ask anything; one that never answers keeps its thread. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread made = new Thread(task, "drop-policy");
        made.setDaemon(true);
        return made;
    });

    private final NamedPlugin<DropPolicy> policy;
    private final ControllerListener listener;
    private boolean failed;
    private boolean cut;

    DeadlinedDropPolicy(NamedPlugin<DropPolicy> policy, ControllerListener listener) {
        this.policy = policy;
        this.listener = listener;
    }

    Replicas propose(DropContext context) {
        if (failed) {
            return Replicas.NONE;
        }
        Future<Replicas> proposal = THREADS.submit(() -> policy.plugin().droppable(context));
        try {
            Replicas proposed = proposal.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            return proposed == null ? giveUp("answered null") : proposed;
        } catch (ExecutionException e) {
            return giveUp("threw " + e.getCause());
        } catch (TimeoutException e) {
            proposal.cancel(true);
            return giveUp("did not answer within " + DEADLINE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Replicas.NONE;
        }
    }

    /** The guard gave back some of what was proposed: said once, with the policy's name. */
    void cut(TopicPartition partition, Replicas givenBack) {
        if (!givenBack.isEmpty() && !cut) {
            cut = true;
            listener.warning("drop policy '" + policy.name() + "' wants to drop " + givenBack + " of " + partition
                    + ", which would leave too few in sync; they stay until the target is in sync, and so does what it"
                    + " proposes alike from now on");
        }
    }

    private Replicas giveUp(String what) {
        failed = true;
        listener.warning("drop policy '" + policy.name() + "' " + what
                + "; nothing is dropped early from now on, mend the policy and restart the controller");
        return Replicas.NONE;
    }
}
