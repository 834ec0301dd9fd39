package org.reassign.core.lead;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.BrokerGateway.Office;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.command.BrokerQueues;
import org.reassign.core.image.Known;
import org.reassign.core.store.Await;
import org.reassign.core.store.Fence;
import org.reassign.core.store.Store;

/**
 * What one election has won: {@code /controller} and a controller epoch. It lasts as long as the session does and both
 * are ours, over as many terms as the connection needs. Used by the loop's thread only.
 */
final class Leadership implements AutoCloseable {
    private static final Set<Code> NOTHING_TO_HAND_BACK = Set.of(Code.BAD_VERSION, Code.NO_NODE, Code.SESSION_EXPIRED);

    private final TermContext context;
    private final Candidate.Won won;
    private final BrokerCheck check;
    private final Store store;
    private final BrokerQueues queues;
    private Optional<Term> term = Optional.empty();
    private Optional<Known> known = Optional.empty();
    private final Optional<KafkaBacklog> backlog;
    private boolean interrupted;
    private boolean brokersTold;

    Leadership(TermContext context, Candidate.Won won, BrokerCheck check, Gateway gateway) {
        this.context = context;
        this.won = won;
        this.backlog = gateway.office() == Office.TAKE_OVER ? Optional.of(new KafkaBacklog(context)) : Optional.empty();
        this.check = check;
        this.store = new Store(context.zk(), context.fence(), context.settings().writeMode());
        this.queues = new BrokerQueues(
                gateway,
                context.fence(),
                context.timers(),
                context.settings().retryDelay(),
                context.settings().answerLimit(),
                context.loop()::mark);
    }

    Fence fence() {
        return context.fence();
    }

    /** The term in which the connection has not been lost yet, if there is one. */
    Optional<Term> term() {
        return term;
    }

    /** Fails if leadership was lost while the connection was. */
    void confirm() {
        if (interrupted) {
            store.confirm();
            won.election().requireOwn();
        }
    }

    /**
     * Begins a term, once leadership is confirmed. UpdateMetadata is the first thing of all: brokers obey the controller
     * before until they know this epoch.
     */
    void beginTerm() {
        Term begun = new Term(context, store, queues, check);
        term = Optional.of(begun);
        queues.begin(begun);
        if (!brokersTold) {
            brokersTold = true;
            queues.brokers(won.live());
            queues.flush();
        }
        begun.begin(known);
        known = Optional.empty();
    }

    /** A turn of the term, which has begun. */
    void turn() {
        term.orElseThrow().turn();
        backlog.ifPresent(KafkaBacklog::refresh);
    }

    /** The connection was lost and is back: events in between may be missing. */
    void reconnected() {
        term.ifPresent(Term::reconnected);
        backlog.ifPresent(KafkaBacklog::invalidate);
    }

    /** The connection is lost: the term ends, and everything is read again in the next one. */
    void interrupt() {
        interrupted = true;
        Map<TopicPartition, Replicas> untold = queues.endTerm();
        known = term.flatMap(Term::known).map(image -> new Known(image, untold)).or(() -> known);
        endTerm();
    }

    private void endTerm() {
        term.ifPresent(Term::close);
        term = Optional.empty();
    }

    /** {@code /controller} has changed: we have written it, or leadership is lost. */
    void controllerChanged() {
        won.election().requireOwn();
    }

    /**
     * Deletes {@code /controller}, if it is still ours; where another holds the office, or the session is gone, there is
     * nothing to hand back.
     */
    void handBack() {
        try {
            Await.done(context.zk()
                    .commit(List.of(
                            ZkWrite.check(Fence.PATH, context.fence().version()),
                            ZkWrite.delete(Election.CONTROLLER, ZkWrite.ANY_VERSION))));
        } catch (ZkException e) {
            if (!NOTHING_TO_HAND_BACK.contains(e.code())) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        queues.close();
        endTerm();
    }
}
