package org.reassign.cli.report;

import java.util.ArrayList;
import java.util.List;

/** Something that the page says about how it was made. */
record PageFact(String name, String value) {
    static List<PageFact> of(Comparison comparison) {
        Origin origin = comparison.origin();
        List<String> varied = comparison.varied();
        List<PageFact> facts = new ArrayList<>();
        facts.add(new PageFact("Command", origin.command()));
        facts.add(new PageFact("Date", origin.at()));
        facts.add(new PageFact("Version", origin.version()));
        facts.add(new PageFact("Machine", origin.cores() + " cores, " + origin.system() + ", Java " + origin.java()));
        facts.add(new PageFact("Scenarios", String.join(", ", comparison.scenarios())));
        varied.forEach(
                option -> facts.add(new PageFact("Varied: " + option, String.join(", ", comparison.values(option)))));
        comparison.rows().get(0).options().forEach((option, value) -> {
            if (!varied.contains(option)) {
                facts.add(new PageFact("The same: " + option, value));
            }
        });
        origin.pluginSettings()
                .forEach((plugin, settings) ->
                        settings.forEach((key, value) -> facts.add(new PageFact("Set: " + plugin + "." + key, value))));
        facts.add(new PageFact("Runs of each", origin.repeat() + ", " + origin.parallel() + " at a time"));
        return facts;
    }
}
