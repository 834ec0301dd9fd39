package org.reassign.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The sections of the page: all scenarios together, then each.
 *
 * @param drawings what is drawn in the charts' places
 */
record Parts(List<Part> parts, List<Chart.Drawing> drawings) {
    private static final int FIRST_ROWS = 50;

    /**
     * A section.
     *
     * @param id its anchor
     * @param table the scenario's place among the scenarios, whose rows it lists; empty for all together
     * @param height the room in pixels that the first of them take, so that nothing moves when they are put in
     */
    record Part(String id, String heading, String lead, List<Block> blocks, String table, long height) {
        boolean hasTable() {
            return !table.isEmpty();
        }
    }

    static Parts of(Comparison comparison) {
        List<Chart.Drawing> drawings = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        List<String> scenarios = comparison.scenarios();
        List<Block> together = blocks(comparison, null, "all", drawings);
        if (scenarios.size() > 1) {
            together.add(0, Block.ofScenarios(summaries(comparison, null, Summary.SCENARIO)));
        }
        if (!together.isEmpty()) {
            parts.add(new Part("all", "Summary", lead(comparison), together, "", 0));
        }
        for (int i = 0; i < scenarios.size(); i++) {
            String scenario = scenarios.get(i);
            List<Block> own = new ArrayList<>(besideRival(comparison, scenario, "s" + i + "-rival", drawings));
            if (scenarios.size() > 1) {
                own.addAll(blocks(comparison, scenario, "s" + i, drawings));
            }
            long rows = comparison.rows().stream()
                    .filter(row -> row.scenario().equals(scenario))
                    .count();
            String lead = Block.number(rows) + (rows == 1 ? " combination." : " combinations.");
            parts.add(
                    new Part("s" + i, scenario, lead, own, Integer.toString(i), 220 + 31 * Math.min(rows, FIRST_ROWS)));
        }
        return new Parts(parts, drawings);
    }

    private static String lead(Comparison comparison) {
        boolean several = comparison.scenarios().size() > 1;
        return "What each value costs: medians over " + (several ? "all scenarios and " : "")
                + "all combinations of the other options, and how they relate to the least of the option."
                + (several ? " Scenarios differ in size, so their own sections say more." : "");
    }

    private static List<Summary> summaries(Comparison comparison, String scenario, String option) {
        return comparison.summaries().stream()
                .filter(summary -> Objects.equals(summary.scenario(), scenario)
                        && summary.option().equals(option))
                .toList();
    }

    private static List<Block> blocks(Comparison comparison, String scenario, String id, List<Chart.Drawing> drawings) {
        boolean ranges = scenario != null || comparison.scenarios().size() == 1;
        List<Block> blocks = new ArrayList<>();
        for (String option : comparison.varied()) {
            List<Summary> values = summaries(comparison, scenario, option);
            Block block = Block.ofOption(id + "-" + option, values, same(comparison, scenario, option));
            blocks.add(block);
            List<Chart> charts = Chart.of(option, values);
            for (int i = 0; i < charts.size(); i++) {
                drawings.add(charts.get(i).drawing(block.charts().get(i).id(), ranges, values));
            }
        }
        return blocks;
    }

    /** The rows on the brokers of the one that their own controller has, which is the last. */
    private static List<Block> besideRival(
            Comparison comparison, String scenario, String id, List<Chart.Drawing> drawings) {
        List<RivalRatio> ratios = comparison.besideRival().stream()
                .filter(ratio -> ratio.scenario().equals(scenario))
                .toList();
        if (ratios.isEmpty()) {
            return List.of();
        }
        List<Summary> rows = Summary.ofRows(comparison, scenario);
        Block block = Block.ofRival(id, rows, ratios);
        List<Chart> charts = Chart.of(RivalRatio.COMBINATION, rows);
        for (int i = 0; i < charts.size(); i++) {
            drawings.add(charts.get(i).drawing(block.charts().get(i).id(), true, rows));
        }
        return List.of(block);
    }

    /** What does not differ in the median; of all scenarios, in which of them it does. */
    private static String same(Comparison comparison, String scenario, String option) {
        String same = Figure.Group.OVERVIEW.figures().stream()
                .filter(figure -> !Summary.differ(summaries(comparison, scenario, option), figure))
                .map(figure -> figure.heading() + (scenario == null ? where(comparison, option, figure) : ""))
                .collect(Collectors.joining(", "));
        return same.isEmpty() ? "" : "The same in the median: " + same + ".";
    }

    private static String where(Comparison comparison, String option, Figure figure) {
        String where = comparison.scenarios().stream()
                .filter(scenario -> Summary.differ(summaries(comparison, scenario, option), figure))
                .collect(Collectors.joining(", "));
        return where.isEmpty() ? "" : " (but not in " + where + ")";
    }
}
