package org.reassign.cli.report;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.reassign.simulation.scenario.RunReport;

/**
 * A figure by which runs are compared.
 *
 * @param name as in JSON and CSV
 * @param group what it is shown with
 * @param heading as in tables
 * @param meaning what it counts, for who reads it the first time
 * @param of its value in a run; null where it is not known
 */
public record Figure(String name, Group group, String heading, String meaning, Function<RunReport, Number> of) {
    /** All, in the order of the CSV's columns. */
    public static final List<Figure> ALL = Stream.of(
                    RunFigures.overview(),
                    ZooKeeperFigures.byType(),
                    ZooKeeperFigures.byKind(),
                    RunFigures.brokers(),
                    ZooKeeperFigures.byOthers(),
                    ZooKeeperFigures.together())
            .flatMap(List::stream)
            .toList();

    /** Figures that are read together, in the order in which they are shown. */
    public enum Group {
        /** What is asked first. */
        OVERVIEW("Overview"),
        /** Operations of the controller's session by their type. */
        TYPES("Operations by type"),
        /** Operations of the controller's session by the kind of znode. */
        KINDS("Operations by kind of znode"),
        /** What brokers were asked, and its result. */
        BROKERS("Brokers"),
        /** What the other sessions asked of ZooKeeper. */
        OTHERS("Requester and brokers in ZooKeeper"),
        /** What the move cost ZooKeeper in all sessions; shown where the brokers' own controller is compared. */
        TOGETHER("Controller and brokers together in ZooKeeper");

        private final String heading;

        Group(String heading) {
            this.heading = heading;
        }

        /** As above a table. */
        public String heading() {
            return heading;
        }

        /** Its figures. */
        public List<Figure> figures() {
            return ALL.stream().filter(figure -> figure.group() == this).toList();
        }
    }

    /** The figure of a name. */
    static Figure named(String name) {
        return ALL.stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no figure is named " + name));
    }

    /** The spread over the repetitions of a run; null where none of them has the figure. */
    Spread over(List<RunReport> runs) {
        return Spread.of(runs.stream().map(of));
    }
}
