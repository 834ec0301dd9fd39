package org.reassign.core.lead;

/**
 * What a controller that leads has to do.
 *
 * @param inFlight partitions in flight
 * @param waiting entries of requests that are not recorded yet
 * @param owedDeletes replicas whose brokers could not be told yet to delete them
 * @param brokersFailing registered brokers that have not answered the last request to them
 */
public record Workload(int inFlight, int waiting, int owedDeletes, int brokersFailing) {
    /** Nothing. */
    public static final Workload NONE = new Workload(0, 0, 0, 0);
}
