package org.reassign.cli;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.reassign.core.meter.Cost;
import org.reassign.core.scenario.RunReport;

/**
 * A figure by which runs are compared.
 *
 * @param name as in JSON and CSV
 * @param heading as in the table
 * @param of its value in a run; null where it is not known
 */
record Figure(String name, String heading, Function<RunReport, Number> of) {
    /** All, in the order in which they are shown. */
    static final List<Figure> ALL = List.of(
            new Figure("millis", "ms", run -> run.millis().total()),
            new Figure("detectionP50Millis", "noticed ms", run -> run.millis().detectionP50()),
            new Figure("controllerWrites", "writes", run -> writes(controller(run))),
            new Figure("controllerReads", "reads", run -> reads(controller(run))),
            new Figure(
                    "controllerTransactions",
                    "transactions",
                    run -> controller(run).transactions()),
            new Figure(
                    "controllerRoundTrips",
                    "round trips",
                    run -> controller(run).roundTrips()),
            new Figure("controllerBytesWritten", "bytes", run -> controller(run).bytesWritten()),
            new Figure(
                    "controllerWatchesOutstandingMax",
                    "watches",
                    run -> controller(run).watchesOutstandingMax()),
            new Figure("brokerRequests", "requests", Figure::requests),
            new Figure("drops", "drops", run -> run.drops().size()),
            new Figure(
                    "leaderMoves", "leader moves", run -> run.cost().brokers().leaderMoves()),
            new Figure("bytesCopied", "copied", run -> run.cost().brokers().bytesCopied()));

    private static Cost controller(RunReport run) {
        return run.cost().zookeeper().controller();
    }

    private static long writes(Cost cost) {
        return cost.create() + cost.setData() + cost.delete();
    }

    private static long reads(Cost cost) {
        return cost.getData() + cost.getChildren() + cost.exists();
    }

    private static long requests(RunReport run) {
        RunReport.BrokerCost brokers = run.cost().brokers();
        return brokers.leaderAndIsrRequests() + brokers.stopReplicaRequests() + brokers.updateMetadataRequests();
    }

    /** The spread of a figure over the repetitions of a run; empty where none of them has it. */
    Spread over(List<RunReport> runs) {
        List<Double> sorted = runs.stream()
                .flatMap(run -> Stream.ofNullable(of.apply(run)))
                .map(Number::doubleValue)
                .sorted()
                .toList();
        if (sorted.isEmpty()) {
            return null;
        }
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** Median, least and largest of the repetitions. */
    record Spread(double median, double min, double max) {}
}
