package org.reassign.cli.controller;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.reassign.api.model.Answer;
import org.reassign.core.lead.Workload;

/** What is shown of the controller while it runs. From any thread. */
final class ServiceStatus {
    private final Map<Answer.Outcome, Long> answers = new EnumMap<>(Answer.Outcome.class);
    private BooleanSupplier leading = () -> false;
    private BooleanSupplier connected = () -> false;
    private Workload workload = Workload.NONE;
    private boolean inOffice;
    private int epoch;
    private int terms;

    /** What the controller is. */
    enum Role {
        /** It leads. */
        LEADING,
        /** It has the office and reads what was in flight. */
        RECOVERING,
        /** It waits for the office, or for a cause to take it. */
        STANDING_BY,
        /** It has no ZooKeeper session, or none that is connected. */
        DISCONNECTED
    }

    /**
     * What is known at one moment.
     *
     * @param role what the controller is
     * @param epoch its last controller epoch; 0 if it has had none
     * @param terms how often it has won the office
     * @param workload what it has to do; nothing while it does not lead
     * @param answers how many entries of requests had each answer
     */
    record Snapshot(Role role, int epoch, int terms, Workload workload, Map<Answer.Outcome, Long> answers) {}

    /** Asks these, from any thread, whether the controller leads, and whether its session is connected. */
    synchronized void observe(BooleanSupplier leads, BooleanSupplier isConnected) {
        leading = leads;
        connected = isConnected;
    }

    /** The office was won. */
    synchronized void elected(int controllerEpoch) {
        inOffice = true;
        epoch = controllerEpoch;
        terms++;
    }

    /** The office was lost or handed back. */
    synchronized void outOfOffice() {
        inOffice = false;
        workload = Workload.NONE;
    }

    /** Whether the office is held, as far as the controller knows. */
    synchronized boolean isInOffice() {
        return inOffice;
    }

    /** There is so much left to do. */
    synchronized void workload(Workload left) {
        workload = left;
    }

    /** An entry of a request has its answer. */
    synchronized void answered(Answer.Outcome outcome) {
        answers.merge(outcome, 1L, Long::sum);
    }

    /** What is known now. */
    synchronized Snapshot now() {
        return new Snapshot(role(), epoch, terms, workload, Map.copyOf(answers));
    }

    private Role role() {
        if (!connected.getAsBoolean()) {
            return Role.DISCONNECTED;
        }
        if (!inOffice) {
            return Role.STANDING_BY;
        }
        return leading.getAsBoolean() ? Role.LEADING : Role.RECOVERING;
    }
}
