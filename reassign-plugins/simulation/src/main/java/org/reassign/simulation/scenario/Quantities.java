package org.reassign.simulation.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units: KB, MB and GB (decimal), ms and s. */
final class Quantities {
    private static final Pattern NUMBER_UNIT = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?) ?([A-Za-z]*)");
    private static final Map<String, Long> BYTES =
            Map.of("", 1L, "B", 1L, "KB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L);

    private static final BigDecimal MOST_BYTES = new BigDecimal("1e15");
    private static final BigDecimal MOST_MILLIS = new BigDecimal("86400000");

    private Quantities() {}

    /** Bytes: {@code 10MB}; a number without a unit counts bytes. */
    static long bytes(LocatedValue value, String what) {
        String text = value.text(what);
        Matcher matcher = NUMBER_UNIT.matcher(text);
        if (!matcher.matches() || !BYTES.containsKey(matcher.group(2))) {
            throw value.fault(what + " is '" + LocatedValue.shown(text)
                    + "', which is no size; write a number with KB, MB or GB");
        }
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(BYTES.get(matcher.group(2))));
        if (bytes.compareTo(MOST_BYTES) > 0) {
            throw value.fault(what + " is '" + LocatedValue.shown(text) + "'; it is at most 1000000GB");
        }
        return bytes.longValue();
    }

    /** A duration: {@code 200ms}, {@code 30s}; of bare numbers only 0 is one. */
    static Duration duration(LocatedValue value, String what) {
        String text = value.text(what);
        Matcher matcher = NUMBER_UNIT.matcher(text);
        if (!matcher.matches()) {
            throw noDuration(value, what, text);
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        BigDecimal millis = switch (matcher.group(2)) {
            case "ms" -> number;
            case "s" -> number.movePointRight(3);
            case "" -> BigDecimal.ZERO;
            default -> throw noDuration(value, what, text);
        };
        if (matcher.group(2).isEmpty() && number.signum() != 0) {
            throw noDuration(value, what, text);
        }
        if (millis.compareTo(MOST_MILLIS) > 0) {
            throw value.fault(what + " is '" + LocatedValue.shown(text) + "'; it is at most 86400s");
        }
        return Duration.ofMillis(millis.longValue());
    }

    private static ScenarioException noDuration(LocatedValue value, String what, String text) {
        return value.fault(
                what + " is '" + LocatedValue.shown(text) + "', which is no duration; write a number with ms or s");
    }
}
