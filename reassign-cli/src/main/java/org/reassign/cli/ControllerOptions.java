package org.reassign.cli;

import java.util.List;
import java.util.Map;
import org.reassign.api.spi.Setting;
import org.reassign.api.spi.SettingException;
import org.reassign.api.spi.Settings;
import org.reassign.core.decide.InFlightLimits;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.OfficeSettings;
import org.reassign.core.plugin.SettingEntry;
import org.reassign.core.store.WriteMode;

/** Settings of the controller, written as those of a plugin called {@code controller}. */
@Setting(
        key = "coalesce",
        type = Setting.Type.BOOLEAN,
        defaultValue = "true",
        description = "Of several waiting requests for a partition, whether only the last is executed")
@Setting(
        key = "completion-linger",
        type = Setting.Type.DURATION,
        defaultValue = "200ms",
        description =
                "How long a partition in sync waits for others of its topic, so that they are completed in one write;"
                        + " without effect in write mode single")
@Setting(
        key = "max-in-flight",
        type = Setting.Type.NUMBER,
        min = 1,
        max = Integer.MAX_VALUE,
        defaultValue = ControllerOptions.NO_LIMIT,
        description = "How many partitions may be in flight at once")
@Setting(
        key = "max-in-flight-per-broker",
        type = Setting.Type.NUMBER,
        min = 1,
        max = Integer.MAX_VALUE,
        defaultValue = ControllerOptions.NO_LIMIT,
        description = "How many partitions in flight one broker may take part in")
@Setting(
        key = "id",
        type = Setting.Type.NUMBER,
        min = 0,
        max = Integer.MAX_VALUE,
        defaultValue = "1000",
        description = "The controller's id in /controller, which no broker may have")
@Setting(
        key = "office",
        defaultValue = ControllerOptions.WHILE_BUSY,
        description =
                "When it holds the office that a gateway takes over from Kafka's controller: while-busy, always, or"
                        + " visits, which needs the layout kip-455")
final class ControllerOptions {
    /** The name that the settings begin with. */
    static final String NAME = "controller";
    /** {@link Integer#MAX_VALUE}. */
    static final String NO_LIMIT = "2147483647";

    static final String WHILE_BUSY = "while-busy";

    private ControllerOptions() {}

    /** The declared settings. */
    static List<SettingEntry> declared() {
        return SettingEntry.of(ControllerOptions.class);
    }

    /** The settings for a write mode, with what the user has set. */
    static ControllerSettings of(WriteMode mode, Map<String, String> set) {
        try {
            Settings settings = Settings.of(ControllerOptions.class, set);
            int inFlight = (int) settings.getLong("max-in-flight");
            int perBroker = (int) settings.getLong("max-in-flight-per-broker");
            return ControllerSettings.of(mode)
                    .with(settings.getBoolean("coalesce"), new InFlightLimits(inFlight, perBroker))
                    .withId((int) settings.getLong("id"))
                    .withCompletionLinger(settings.getDuration("completion-linger"))
                    .with(OfficeSettings.DEFAULT.with(office(settings.getString("office"))));
        } catch (SettingException e) {
            throw new UsageException("setting " + NAME + "." + e.getMessage() + "; " + e.remedy());
        }
    }

    private static OfficeSettings.Mode office(String name) {
        return switch (name) {
            case WHILE_BUSY -> OfficeSettings.Mode.WHILE_BUSY;
            case "always" -> OfficeSettings.Mode.ALWAYS;
            case "visits" -> OfficeSettings.Mode.VISITS;
            default ->
                throw new UsageException("setting " + NAME + ".office: '" + name
                        + "' is no way to hold the office; choose " + WHILE_BUSY + ", always or visits");
        };
    }
}
