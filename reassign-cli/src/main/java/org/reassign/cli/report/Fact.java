package org.reassign.cli.report;

import java.util.ArrayList;
import java.util.List;

/** Something that the page says about how it was made. */
record Fact(String name, String value) {
    static List<Fact> of(Comparison comparison) {
        Origin origin = comparison.origin();
        List<String> varied = comparison.varied();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Command", origin.command()));
        facts.add(new Fact("Date", origin.at()));
        facts.add(new Fact("Version", origin.version()));
        facts.add(new Fact("Machine", origin.cores() + " cores, " + origin.system() + ", Java " + origin.java()));
        facts.add(new Fact("Scenarios", String.join(", ", comparison.scenarios())));
        varied.forEach(
                option -> facts.add(new Fact("Varied: " + option, String.join(", ", comparison.values(option)))));
        comparison.rows().get(0).options().forEach((option, value) -> {
            if (!varied.contains(option)) {
                facts.add(new Fact("The same: " + option, value));
            }
        });
        origin.pluginSettings()
                .forEach((plugin, settings) ->
                        settings.forEach((key, value) -> facts.add(new Fact("Set: " + plugin + "." + key, value))));
        facts.add(new Fact("Runs of each", origin.repeat() + ", " + origin.parallel() + " at a time"));
        return facts;
    }
}
