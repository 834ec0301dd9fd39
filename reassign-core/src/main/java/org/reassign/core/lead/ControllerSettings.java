package org.reassign.core.lead;

import java.time.Duration;
import org.reassign.core.decide.InFlightLimits;
import org.reassign.core.store.WriteMode;

/**
 * How a controller behaves.
 *
 * @param controllerId its id in {@code /controller}; no broker has it
 * @param writeMode how it writes
 * @param completionLinger how long a partition that is in sync waits for others of its topic, so that they shrink in
 *     one write; {@link WriteMode#SINGLE} has nothing to wait for
 * @param retryDelay how long it waits before it repeats a request that a live broker did not answer, and before it
 *     tries again to lead; then longer each time
 * @param coalesce whether only the last of the requests that wait for one partition is executed, or each in turn
 * @param limits how much may be in flight
 * @param answerLimit how long it waits for a broker's answer, beyond the deadline of the gateway's own, before it repeats
 *     the request
 * @param stateLimit how long a request waits for the {@code state} of a partition before it is refused
 * @param turnLimit how long one turn may take without asking ZooKeeper anything before its session is given up, see
 *     {@link Controller#watchedBy}
 * @param office when it holds the office of a gateway that takes it over
 */
public record ControllerSettings(
        int controllerId,
        WriteMode writeMode,
        Duration completionLinger,
        Duration retryDelay,
        boolean coalesce,
        InFlightLimits limits,
        Duration answerLimit,
        Duration stateLimit,
        Duration turnLimit,
        OfficeSettings office) {
    /** The defaults for a write mode. */
    public static ControllerSettings of(WriteMode writeMode) {
        return new ControllerSettings(
                1000,
                writeMode,
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                true,
                InFlightLimits.NONE,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                OfficeSettings.DEFAULT);
    }

    /** The same with another id. */
    public ControllerSettings withId(int id) {
        return with(id, completionLinger, coalesce, limits, office);
    }

    /** The same, with requests coalesced or not, and other limits. */
    public ControllerSettings with(boolean coalesces, InFlightLimits others) {
        return with(controllerId, completionLinger, coalesces, others, office);
    }

    /** The same with another rule for the office. */
    public ControllerSettings with(OfficeSettings other) {
        return with(controllerId, completionLinger, coalesce, limits, other);
    }

    /** The same with another linger. */
    public ControllerSettings withCompletionLinger(Duration linger) {
        return with(controllerId, linger, coalesce, limits, office);
    }

    private ControllerSettings with(
            int id, Duration linger, boolean coalesces, InFlightLimits most, OfficeSettings rule) {
        return new ControllerSettings(
                id, writeMode, linger, retryDelay, coalesces, most, answerLimit, stateLimit, turnLimit, rule);
    }
}
