package org.reassign.cli.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.reassign.cli.report.Figure.Group;
import org.reassign.core.meter.Cost;
import org.reassign.core.meter.Operations;
import org.reassign.core.meter.ZnodeKind;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.RunReport.ZooKeeperCost;

/** What sessions asked of ZooKeeper. */
final class ZooKeeperFigures {
    private ZooKeeperFigures() {}

    static List<Figure> byType() {
        return List.of(
                type("Create", "znodes created", Cost::create),
                type("SetData", "data replaced", Cost::setData),
                type("Delete", "znodes deleted", Cost::delete),
                type("GetData", "reads of data", Cost::getData),
                type("GetChildren", "listings of children", Cost::getChildren),
                type("Exists", "reads of metadata", Cost::exists),
                type("AddWatch", "registrations of recursive watches", Cost::addWatch),
                type("RemoveWatches", "removals of one-shot watches", Cost::removeWatches),
                type("Check", "conditions in transactions", Cost::check),
                seen("Failed", "calls that failed, a transaction counted once", Cost::failed),
                seen("WatchEvents", "how often a watch was called", Cost::watchEvents));
    }

    /** What a server does not see of another process. */
    private static Figure seen(String name, String meaning, ToLongFunction<Cost> of) {
        return new Figure("controller" + name, Group.TYPES, decapitalised(name), meaning, ours(of));
    }

    static List<Figure> together() {
        return List.of(
                together("Writes", "writes", "writes", ZooKeeperFigures::writes),
                perPartition("Writes", "writes", ZooKeeperFigures::writes),
                together("Reads", "reads", "reads", ZooKeeperFigures::reads),
                perPartition("Reads", "reads", ZooKeeperFigures::reads),
                together("Transactions", "transactions", "transactions", Cost::transactions),
                together("BytesWritten", "bytes", "bytes written", Cost::bytesWritten));
    }

    private static Figure together(String name, String heading, String what, ToLongFunction<Cost> of) {
        return new Figure(
                "all" + name,
                Group.TOGETHER,
                heading,
                what + " of the controller and of all brokers; unknown where brokers' cannot be counted",
                run -> sum(run, of));
    }

    private static Figure perPartition(String name, String heading, ToLongFunction<Cost> of) {
        return new Figure(
                "all" + name + "PerPartition",
                Group.TOGETHER,
                heading + " a partition",
                "the same, divided by the number of partitions that requests named",
                run -> perPartition(sum(run, of), run.partitions().size()));
    }

    private static Double perPartition(Long sum, int partitions) {
        return sum == null || partitions == 0 ? null : (Double) (sum / (double) partitions);
    }

    private static Long sum(RunReport run, ToLongFunction<Cost> of) {
        ZooKeeperCost cost = run.cost().zookeeper();
        return cost.brokers() == null
                ? null
                : (Long) (of.applyAsLong(cost.controller()) + of.applyAsLong(cost.brokers()));
    }

    private static Figure type(String name, String meaning, ToLongFunction<Cost> of) {
        return new Figure("controller" + name, Group.TYPES, decapitalised(name), meaning, controller(of));
    }

    static List<Figure> byKind() {
        return Stream.concat(
                        Arrays.stream(ZnodeKind.values()).map(kind -> ofKind("Writes", kind, Operations::writes)),
                        Arrays.stream(ZnodeKind.values()).map(kind -> ofKind("Reads", kind, ZooKeeperFigures::reads)))
                .toList();
    }

    private static Figure ofKind(String what, ZnodeKind kind, ToLongFunction<Operations> of) {
        String heading = kind.label() + " " + decapitalised(what);
        return new Figure(
                "controller" + what + capitalised(kind.label()),
                Group.KINDS,
                heading,
                decapitalised(what) + " of znodes of the kind " + kind.label() + " by the controller",
                controller(cost -> of.applyAsLong(cost.of(kind))));
    }

    static List<Figure> byOthers() {
        return Stream.concat(
                        actor("requester", ZooKeeperCost::requester).stream(),
                        actor("brokers", ZooKeeperCost::brokers).stream())
                .toList();
    }

    private static List<Figure> actor(String actor, Function<ZooKeeperCost, Cost> whose) {
        return List.of(
                other(actor, "Writes", "writes", whose, ZooKeeperFigures::writes),
                other(actor, "Reads", "reads", whose, ZooKeeperFigures::reads),
                other(actor, "Transactions", "transactions", whose, Cost::transactions),
                other(actor, "RoundTrips", "round trips", whose, Cost::roundTrips),
                other(actor, "BytesWritten", "bytes", whose, Cost::bytesWritten),
                other(actor, "LargestZnodeBytes", "largest znode", whose, Cost::largestZnodeBytes));
    }

    private static Figure other(
            String actor, String name, String heading, Function<ZooKeeperCost, Cost> whose, ToLongFunction<Cost> of) {
        return new Figure(
                actor + name,
                Group.OTHERS,
                actor + " " + heading,
                "as " + heading + ", but of the " + actor
                        + (actor.equals("brokers") ? "; unknown where the ZooKeeper is somebody else's" : ""),
                known(whose, of));
    }

    /** Of a controller of ours; unknown where the brokers' own did the work. */
    static Function<RunReport, Number> ours(ToLongFunction<Cost> of) {
        Function<RunReport, Number> known = controller(of);
        return run -> run.settings().isRival() ? null : known.apply(run);
    }

    static Function<RunReport, Number> controller(ToLongFunction<Cost> of) {
        return known(ZooKeeperCost::controller, of);
    }

    private static Function<RunReport, Number> known(Function<ZooKeeperCost, Cost> whose, ToLongFunction<Cost> of) {
        return run -> {
            Cost cost = whose.apply(run.cost().zookeeper());
            return cost == null ? null : of.applyAsLong(cost);
        };
    }

    static long writes(Cost cost) {
        return cost.create() + cost.setData() + cost.delete();
    }

    static long reads(Cost cost) {
        return cost.getData() + cost.getChildren() + cost.exists();
    }

    private static long reads(Operations operations) {
        return operations.getData() + operations.getChildren() + operations.exists();
    }

    private static String capitalised(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static String decapitalised(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
