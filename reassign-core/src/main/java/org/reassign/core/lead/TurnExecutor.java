package org.reassign.core.lead;

import java.util.SortedMap;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkException;
import org.reassign.core.decide.PartitionDecision;
import org.reassign.core.store.Store;
import org.reassign.core.store.TurnPlan;

/** One turn: decides every partition that may have something due, and writes the decisions together. */
final class TurnExecutor {
    private final TurnDecider decider;
    private final TurnPlanner planner;
    private final Store store;
    private final TurnOutcome outcomes;
    private final Requests requests;
    private final Cleanup cleanup;
    private final TurnBackOff backOff;

    TurnExecutor(
            TurnDecider decider,
            TurnPlanner planner,
            Store store,
            TurnOutcome outcomes,
            Requests requests,
            Cleanup cleanup,
            TurnBackOff backOff) {
        this.decider = decider;
        this.planner = planner;
        this.store = store;
        this.outcomes = outcomes;
        this.requests = requests;
        this.cleanup = cleanup;
        this.backOff = backOff;
    }

    /** Whether writes have failed so often that the rest waits for a while. */
    boolean pauses() {
        return backOff.pauses();
    }

    void turn(SortedMap<TopicPartition, Admitted> admitted) {
        SortedMap<TopicPartition, PartitionDecision> decisions = decider.decide(admitted);
        TurnPlanner.Planned planned = planner.plan(decisions, admitted);
        Store.Outcome outcome = perform(decisions, planned.plan());
        requests.removalsTried(planned.removals(), outcome.removed());
        cleanup.written(planned.plan(), outcome);
        outcomes.of(decisions, admitted, planned.plan(), outcome);
        backOff.note(outcome.why());
    }

    private Store.Outcome perform(SortedMap<TopicPartition, PartitionDecision> decisions, TurnPlan plan) {
        outcomes.begins(plan);
        try {
            return plan.ops().isEmpty() ? Store.Outcome.DONE : store.perform(plan);
        } catch (ZkException lost) {
            outcomes.inDoubt(decisions);
            throw lost;
        }
    }
}
