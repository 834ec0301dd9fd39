package org.reassign.cli.report;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.reassign.cli.report.Figure.Group;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.RunReport.DropReport;

/** How long a run took, its result, and what was asked of brokers. */
final class RunFigures {
    private RunFigures() {}

    static List<Figure> overview() {
        return List.of(
                overview(
                        "millis",
                        "ms",
                        "from the moment the controller led to the end of the last step, in milliseconds",
                        run -> run.millis().total()),
                overview(
                        "detectionP50Millis",
                        "noticed ms",
                        "how long after the change of its state znode a partition was seen to be complete, in"
                                + " milliseconds; the median over the partitions of a run",
                        run -> run.millis().detectionP50()),
                overview(
                        "controllerWrites",
                        "writes",
                        "creations, replacements and deletions of znodes by the controller",
                        ZooKeeperFigures.controller(ZooKeeperFigures::writes)),
                overview(
                        "controllerReads",
                        "reads",
                        "reads of data, children and metadata by the controller",
                        ZooKeeperFigures.controller(ZooKeeperFigures::reads)),
                overview(
                        "controllerTransactions",
                        "transactions",
                        "transactions that the controller sent",
                        ZooKeeperFigures.controller(cost -> cost.transactions())),
                overview(
                        "controllerRoundTrips",
                        "round trips",
                        "request packets that the controller sent",
                        ZooKeeperFigures.controller(cost -> cost.roundTrips())),
                overview(
                        "controllerBytesWritten",
                        "bytes",
                        "data in what the controller created and replaced, in bytes, without paths",
                        ZooKeeperFigures.controller(cost -> cost.bytesWritten())),
                overview(
                        "controllerWatchesOutstandingMax",
                        "watches",
                        "the most watches of the controller that were registered and had not fired at one time",
                        ZooKeeperFigures.ours(cost -> cost.watchesOutstandingMax())),
                overview(
                        "brokerRequests",
                        "requests",
                        "LeaderAndIsr, StopReplica and UpdateMetadata requests that brokers were sent",
                        RunFigures::requests),
                overview(
                        "drops", "drops", "replicas dropped before the reassignment was complete", drops(drop -> true)),
                overview(
                        "leaderMoves",
                        "leader moves",
                        "how often a partition came to be led by another broker",
                        run -> run.cost().brokers().leaderMoves()),
                overview(
                        "bytesCopied",
                        "copied",
                        "data that brokers copied from each other, in bytes",
                        run -> run.cost().brokers().bytesCopied()),
                overview(
                        "controllerLargestZnodeBytes",
                        "largest znode",
                        "the largest data of one creation or replacement by the controller, in bytes",
                        ZooKeeperFigures.controller(cost -> cost.largestZnodeBytes())));
    }

    static List<Figure> brokers() {
        return List.of(
                brokers(
                        "leaderAndIsrRequests",
                        "LeaderAndIsr",
                        "LeaderAndIsr requests that brokers were sent",
                        run -> run.cost().brokers().leaderAndIsrRequests()),
                brokers(
                        "stopReplicaRequests",
                        "StopReplica",
                        "StopReplica requests that brokers were sent",
                        run -> run.cost().brokers().stopReplicaRequests()),
                brokers(
                        "updateMetadataRequests",
                        "UpdateMetadata",
                        "UpdateMetadata requests that brokers were sent",
                        run -> run.cost().brokers().updateMetadataRequests()),
                brokers(
                        "dropsInSync",
                        "in sync dropped",
                        "replicas dropped although they were in sync",
                        drops(DropReport::wasInSync)),
                brokers(
                        "dropsNotInSync",
                        "others dropped",
                        "replicas dropped that were not in sync",
                        drops(drop -> !drop.wasInSync())),
                brokers(
                        "dropsLeading",
                        "leaders dropped",
                        "replicas dropped that led their partition",
                        drops(DropReport::wasLeader)),
                brokers(
                        "detectionP99Millis",
                        "noticed ms, 99%",
                        "as noticed ms, but the time within which 99 of 100 partitions of a run were noticed",
                        run -> run.millis().detectionP99()));
    }

    private static Figure overview(String name, String heading, String meaning, Function<RunReport, Number> of) {
        return new Figure(name, Group.OVERVIEW, heading, meaning, of);
    }

    private static Figure brokers(String name, String heading, String meaning, Function<RunReport, Number> of) {
        return new Figure(name, Group.BROKERS, heading, meaning, of);
    }

    private static Function<RunReport, Number> drops(Predicate<DropReport> counted) {
        return run -> run.settings().isRival()
                ? null
                : run.drops().stream().filter(counted).count();
    }

    private static Long requests(RunReport run) {
        RunReport.BrokerCost brokers = run.cost().brokers();
        return run.settings().isRival()
                ? null
                : brokers.leaderAndIsrRequests() + brokers.stopReplicaRequests() + brokers.updateMetadataRequests();
    }
}
