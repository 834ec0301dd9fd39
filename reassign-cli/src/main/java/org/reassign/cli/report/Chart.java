package org.reassign.cli.report;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A bar per value of an option, as long as the median, in as many segments as there are figures.
 *
 * @param title above it
 * @param total whose median stands at the bar's end
 * @param segments what the bar is made of; the total alone where it has no parts
 */
record Chart(String title, Figure total, List<Figure> segments) {
    private static final Chart TIME = plain("Time, milliseconds", "millis");
    private static final Chart ROUND_TRIPS = plain("Controller round trips", "controllerRoundTrips");
    private static final Chart WRITES_BY_KIND = parted(
            "Controller writes by kind of znode",
            "controllerWrites",
            Stream.of("Record", "Topic", "State", "Request", "Target", "Refusal", "Notification", "Legacy", "Other")
                    .map(kind -> "controllerWrites" + kind));
    private static final Chart NOTICED = plain("Detection delay, milliseconds", "detectionP50Millis");
    private static final Chart LEADER_MOVES = plain("Leader moves", "leaderMoves");
    private static final Chart DROPS =
            parted("Replicas dropped before completion", "drops", Stream.of("dropsInSync", "dropsNotInSync"));
    private static final Chart COPIED = plain("Bytes copied between brokers", "bytesCopied");

    /** What is worth a picture where an option is varied; of others the time, the round trips and the requests are. */
    private static final Map<String, List<Chart>> BY_OPTION = Map.of(
            "storage-layout",
            List.of(
                    WRITES_BY_KIND,
                    parted(
                            "Controller writes by type",
                            "controllerWrites",
                            Stream.of("controllerCreate", "controllerSetData", "controllerDelete")),
                    plain("Bytes written by the controller", "controllerBytesWritten"),
                    plain("Largest znode written, bytes", "controllerLargestZnodeBytes")),
            "isr-watcher",
            List.of(
                    plain("Watches outstanding at most", "controllerWatchesOutstandingMax"),
                    NOTICED,
                    parted(
                            "Controller reads by type",
                            "controllerReads",
                            Stream.of("controllerGetData", "controllerGetChildren", "controllerExists")),
                    ROUND_TRIPS),
            "drop-policy",
            List.of(DROPS, COPIED, LEADER_MOVES),
            "conflict-policy",
            List.of(DROPS, LEADER_MOVES, WRITES_BY_KIND),
            "request-channel",
            List.of(WRITES_BY_KIND, ROUND_TRIPS, plain("Requester round trips", "requesterRoundTrips")),
            "write-mode",
            List.of(ROUND_TRIPS, plain("Controller transactions", "controllerTransactions"), TIME),
            "zookeeper",
            List.of(TIME, NOTICED),
            RivalRatio.COMBINATION,
            List.of(
                    TIME,
                    plain("Writes of controller and brokers", "allWrites"),
                    plain("Transactions of controller and brokers", "allTransactions"),
                    plain("Bytes written by controller and brokers", "allBytesWritten")));

    private static final List<Chart> OTHERWISE =
            List.of(TIME, ROUND_TRIPS, plain("Requests to brokers", "brokerRequests"));

    private static Chart plain(String title, String figure) {
        return parted(title, figure, Stream.of(figure));
    }

    private static Chart parted(String title, String total, Stream<String> segments) {
        return new Chart(title, Figure.named(total), segments.map(Figure::named).toList());
    }

    /** The charts in which the values of an option differ. */
    static List<Chart> of(String option, List<Summary> values) {
        return BY_OPTION.getOrDefault(option, OTHERWISE).stream()
                .filter(chart -> chart.segments().stream().anyMatch(figure -> Summary.differ(values, figure)))
                .toList();
    }

    /**
     * What the page draws; spreads are null where nothing is known, segments without any length are left out.
     *
     * @param ranges whether least and largest are drawn; those of different scenarios would say nothing
     */
    record Drawing(String id, boolean ranges, List<String> values, List<Spread> totals, List<Segment> segments) {}

    /** One figure of all values. */
    record Segment(String label, List<Spread> spreads) {}

    Drawing drawing(String id, boolean ranges, List<Summary> values) {
        List<Segment> drawn = segments.stream()
                .filter(figure -> spreads(values, figure).stream()
                        .filter(Objects::nonNull)
                        .anyMatch(spread -> spread.max() > 0))
                .map(figure -> new Segment(figure.heading(), spreads(values, figure)))
                .toList();
        return new Drawing(id, ranges, values.stream().map(Summary::value).toList(), spreads(values, total), drawn);
    }

    private static List<Spread> spreads(List<Summary> values, Figure figure) {
        return values.stream().map(value -> value.figures().get(figure.name())).toList();
    }
}
