package org.reassign.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.core.plugin.PluginHost;
import org.reassign.core.plugin.PluginKind;

/** What {@code compare} was asked to combine: values of options, {@code a,b} or {@code all}. */
final class Combinations {
    private static final List<String> OWN_ZOOKEEPERS = List.of("embedded", "memory");

    private final ResolvedOptions asked;
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    Combinations(ResolvedOptions asked, PluginHost host) {
        this.asked = asked;
        put("zookeeper", OWN_ZOOKEEPERS);
        for (PluginKind<?> kind : PluginKind.values()) {
            put(kind.text(), kind.equals(PluginKind.REQUEST_CHANNEL) ? withLegacy(host.names(kind)) : host.names(kind));
        }
        put("write-mode", ResolvedOptions.writeModes());
        refuseSettingsOfNone();
    }

    /** All channels in turn, and the legacy one beside each, as a cluster in migration has it. */
    private static List<String> withLegacy(List<String> channels) {
        return channels.stream()
                .map(name -> name.equals("legacy") || !channels.contains("legacy") ? name : name + "+legacy")
                .toList();
    }

    private void put(String option, List<String> all) {
        String text = asked.value(option);
        if (option.equals("zookeeper") && !isList(text)) {
            values.put(option, List.of(text));
            return;
        }
        Set<String> chosen = new LinkedHashSet<>();
        for (String value : text.split(",", -1)) {
            if (value.isBlank()) {
                throw new UsageException("--" + option + " '" + text
                        + "' has an empty place; write one value, several as a,b, or all: " + String.join(", ", all));
            }
            chosen.addAll(value.equals("all") ? all : List.of(value.strip()));
        }
        values.put(option, List.copyOf(chosen));
    }

    private static boolean isList(String zookeeper) {
        return zookeeper.equals("all") || OWN_ZOOKEEPERS.containsAll(Arrays.asList(zookeeper.split(",", -1)));
    }

    private void refuseSettingsOfNone() {
        Set<String> named = new TreeSet<>();
        of(List.of(""), false).forEach(planned -> named.addAll(plugins(planned.choices())));
        asked.settings().keySet().stream()
                .filter(plugin -> !named.contains(plugin))
                .findFirst()
                .ifPresent(plugin -> {
                    throw new UsageException("setting " + plugin + "."
                            + asked.settings().get(plugin).firstKey() + ": no plugin '" + plugin
                            + "' is chosen; chosen are " + String.join(", ", named));
                });
    }

    private static Set<String> plugins(ResolvedOptions choices) {
        Set<String> names = new TreeSet<>(choices.channels());
        Arrays.stream(PluginKind.values()).forEach(kind -> names.add(choices.value(kind.text())));
        return names;
    }

    /** The options that have more than one value. */
    List<String> varied() {
        return values.entrySet().stream()
                .filter(option -> option.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A scenario and what it is played with. */
    record Planned(String scenario, ResolvedOptions choices) {}

    /**
     * Each scenario with each combination, the last option changing fastest.
     *
     * @param pairs whether only as many as it takes that any two values meet: see {@link Pairs}
     */
    List<Planned> of(List<String> scenarios, boolean pairs) {
        List<List<String>> rows = product(scenarios);
        return (pairs ? Pairs.covering(rows) : rows)
                .stream()
                        .map(row -> new Planned(row.get(0), choices(row.subList(1, row.size()))))
                        .toList();
    }

    private List<List<String>> product(List<String> scenarios) {
        List<List<String>> dimensions = new ArrayList<>();
        dimensions.add(scenarios);
        dimensions.addAll(values.values());
        List<List<String>> rows = List.of(List.of());
        for (List<String> dimension : dimensions) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> row : rows) {
                for (String value : dimension) {
                    List<String> next = new ArrayList<>(row);
                    next.add(value);
                    longer.add(next);
                }
            }
            rows = longer;
        }
        return rows;
    }

    private ResolvedOptions choices(List<String> row) {
        Map<String, String> chosen = new LinkedHashMap<>();
        List<String> options = List.copyOf(values.keySet());
        for (int i = 0; i < options.size(); i++) {
            chosen.put(options.get(i), row.get(i));
        }
        ResolvedOptions choices = asked.with(chosen).checked("text", "json", "csv");
        SortedMap<String, SortedMap<String, String>> settings = new TreeMap<>(asked.settings());
        Set<String> used = new TreeSet<>(plugins(choices));
        used.add(ControllerOptions.NAME);
        settings.keySet().retainAll(used);
        return choices.withSettings(settings);
    }
}
