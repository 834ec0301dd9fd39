package org.reassign.cli;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.reassign.api.spi.SettingException;
import org.reassign.api.spi.Settings;
import org.reassign.core.decide.InFlightLimits;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.store.WriteMode;

/**
 * Settings of the controller, written as those of a plugin called {@code controller}: {@code coalesce}, {@code
 * max-in-flight} and {@code max-in-flight-per-broker}.
 */
final class ControllerOptions {
    /** The name that the settings begin with. */
    static final String NAME = "controller";

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private ControllerOptions() {}

    /** The settings for a write mode, with what the user has set. */
    static ControllerSettings of(WriteMode mode, Map<String, String> set) {
        Set<String> known = new TreeSet<>();
        Settings settings = (key, otherwise) -> {
            known.add(key);
            return set.getOrDefault(key, otherwise);
        };
        try {
            boolean coalesce = settings.getBoolean("coalesce", true);
            int inFlight = (int) settings.getLong("max-in-flight", NO_LIMIT, 1, NO_LIMIT);
            int perBroker = (int) settings.getLong("max-in-flight-per-broker", NO_LIMIT, 1, NO_LIMIT);
            refuseUnknown(set.keySet(), known);
            return ControllerSettings.of(mode).with(coalesce, new InFlightLimits(inFlight, perBroker));
        } catch (SettingException e) {
            throw new UsageException("setting " + NAME + "." + e.getMessage() + "; " + e.remedy());
        }
    }

    private static void refuseUnknown(Set<String> set, Set<String> known) {
        set.stream().filter(key -> !known.contains(key)).sorted().findFirst().ifPresent(key -> {
            throw new UsageException("setting " + NAME + "." + key + ": the controller has no such setting; it has "
                    + String.join(", ", known));
        });
    }
}
