package org.reassign.api.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.reassign.api.Evolving;

/**
 * Who is the controller of the cluster, from {@code /controller}, {@code /brokers/ids} and {@code /reassign/active}.
 *
 * @param leader whose controller leads
 * @param id the id in {@code /controller}
 * @param layout the storage layout that a controller of ours has published last, if any did
 * @param movesFrom layouts from which a controller that has just begun to lead still moves records into that one
 * @param channels the request channels that it has published, the default one first; none where it did not
 * @param gateway the broker gateway that it has published
 * @param host its host, if it has said so
 */
@Evolving(since = "1.0")
public record ControllerStatus(
        Leader leader,
        OptionalInt id,
        Optional<String> layout,
        List<String> movesFrom,
        List<String> channels,
        Optional<String> gateway,
        Optional<String> host) {
    /** Copies the lists. */
    public ControllerStatus {
        movesFrom = List.copyOf(movesFrom);
        channels = List.copyOf(channels);
    }

    /** The kinds of controllers. */
    public enum Leader {
        /** There is none at the moment. */
        NONE,
        /** A controller of ours. */
        REASSIGN,
        /**
         * A broker: Kafka's own controller. One of ours takes the office over for a request, where it stands by; whether one
         * does cannot be seen in ZooKeeper.
         */
        KAFKA
    }
}
