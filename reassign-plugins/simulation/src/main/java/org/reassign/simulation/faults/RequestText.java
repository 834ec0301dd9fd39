package org.reassign.simulation.faults;

import java.util.stream.Collectors;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.LeaderAndIsrRequest;
import org.reassign.api.spi.BrokerRequest.PartitionState;
import org.reassign.api.spi.BrokerRequest.StopReplicaRequest;

/** Requests to brokers in few words. */
final class RequestText {
    private RequestText() {}

    static String of(BrokerRequest request) {
        if (request instanceof LeaderAndIsrRequest roles) {
            return "LeaderAndIsr "
                    + roles.partitions().stream().map(RequestText::of).collect(Collectors.joining("; "));
        }
        if (request instanceof StopReplicaRequest halt) {
            return "StopReplica "
                    + halt.partitions().stream()
                            .map(stop -> stop.partition() + " epoch " + stop.leaderEpoch())
                            .collect(Collectors.joining("; "));
        }
        return "UpdateMetadata";
    }

    private static String of(PartitionState told) {
        return told.partition() + " leader " + told.state().leader() + ", isr "
                + told.state().isr() + ", epoch " + told.state().leaderEpoch() + ", replicas " + told.replicas()
                + (told.isNew() ? ", new" : "");
    }
}
