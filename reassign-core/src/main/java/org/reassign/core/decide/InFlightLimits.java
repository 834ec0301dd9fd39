package org.reassign.core.decide;

/**
 * How much may be in flight at a time. What goes beyond waits where it was handed in and follows in the next wave; what
 * is in flight may be changed and cancelled all the same.
 *
 * @param inFlight partitions in all, at least 1
 * @param inFlightPerBroker partitions that one broker is to receive, at least 1
 */
public record InFlightLimits(int inFlight, int inFlightPerBroker) {
    /** No limit. */
    public static final InFlightLimits NONE = new InFlightLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);
}
