package org.reassign.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the page's script reads.
 *
 * @param options the varied options, with their values
 * @param groups the groups of figures, those that are nowhere but zero left out
 * @param tables the rows of each scenario: values of the options, outcome, then the figures of all groups behind one
 *     another, each a number, [median, least, largest] where repetitions differ, or null where it is not known
 * @param charts what is drawn
 */
record PageData(List<Option> options, List<Shown> groups, List<List<List<Object>>> tables, List<Chart.Drawing> charts) {
    record Option(String name, List<String> values) {}

    record Shown(String heading, List<Column> figures) {}

    record Column(String name, String heading, String meaning) {}

    /** As JSON that may stand in a script element: no {@code <} is in it, so nothing in it ends the element. */
    static String json(Comparison comparison, List<Chart.Drawing> charts) {
        List<Figure> figures = Arrays.stream(Figure.Group.values())
                .flatMap(group -> comparison.shown(group).stream())
                .toList();
        PageData data = new PageData(
                comparison.varied().stream()
                        .map(option -> new Option(option, comparison.values(option)))
                        .toList(),
                Arrays.stream(Figure.Group.values())
                        .map(group -> shown(comparison, group))
                        .filter(group -> !group.figures().isEmpty())
                        .toList(),
                comparison.scenarios().stream()
                        .map(scenario -> rows(comparison, scenario, figures))
                        .toList(),
                charts);
        try {
            return new ObjectMapper().writeValueAsString(data).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Shown shown(Comparison comparison, Figure.Group group) {
        return new Shown(
                group.heading(),
                comparison.shown(group).stream()
                        .map(figure -> new Column(figure.name(), figure.heading(), figure.meaning()))
                        .toList());
    }

    private static List<List<Object>> rows(Comparison comparison, String scenario, List<Figure> figures) {
        List<String> varied = comparison.varied();
        return comparison.rows().stream()
                .filter(row -> row.scenario().equals(scenario))
                .map(row -> row(row, varied, figures))
                .toList();
    }

    private static List<Object> row(Comparison.Row row, List<String> varied, List<Figure> figures) {
        List<Object> cells = new ArrayList<>();
        varied.forEach(option -> cells.add(shown(row.options().get(option))));
        cells.add(row.outcome().text());
        figures.forEach(figure -> cells.add(cell(row.figures().get(figure.name()))));
        return cells;
    }

    private static String shown(String value) {
        return value.isEmpty() ? "–" : value;
    }

    private static Object cell(Spread spread) {
        if (spread == null || spread.isFlat()) {
            return spread == null ? null : (Object) spread.median();
        }
        return Stream.of(spread.median(), spread.min(), spread.max()).toList();
    }
}
