package org.reassign.simulation.scenario;

import java.util.List;
import java.util.Locale;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.BreakableSessions;
import org.reassign.simulation.scenario.RunReport.Outcome;

/** What another client and the network do. */
final class OutsideSteps {
    private final RunEnvironment environment;
    private final Waiting waiting;

    OutsideSteps(RunEnvironment environment, Waiting waiting) {
        this.environment = environment;
        this.waiting = waiting;
    }

    /** Writes it by a session of its own. */
    void play(Step.Znode step) {
        ZkWrite write = switch (step.change()) {
            case CREATE -> ZkWrite.create(step.path(), step.data());
            case SET -> ZkWrite.setData(step.path(), step.data(), ZkWrite.ANY_VERSION);
            case DELETE -> ZkWrite.delete(step.path(), ZkWrite.ANY_VERSION);
        };
        try (ZkPort outsider = environment.sessions().open("outsider")) {
            waiting.result(outsider.commit(List.of(write)), "writing " + step.path());
        } catch (ZkException e) {
            throw new StepFailedException(
                    Outcome.FAILED,
                    "ZooKeeper refuses to " + step.change().name().toLowerCase(Locale.ROOT) + " " + step.path() + ": "
                            + e.getMessage());
        }
    }

    void play(Step.Connection step) {
        BreakableSessions connections = environment.connections().orElseThrow();
        switch (step.change()) {
            case CUT -> connections.cut("controller");
            case BLOCK -> connections.block("controller");
            case PASS -> connections.pass("controller");
        }
    }
}
