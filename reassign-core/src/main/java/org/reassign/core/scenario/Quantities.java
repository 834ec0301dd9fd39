package org.reassign.core.scenario;

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

    private Quantities() {}

    /** Bytes: {@code 10MB}; a number without a unit counts bytes. */
    static long bytes(Located value, String what) {
        String text = value.text(what);
        Matcher matcher = NUMBER_UNIT.matcher(text);
        if (!matcher.matches() || !BYTES.containsKey(matcher.group(2))) {
            throw value.fault(what + " is '" + text + "', which is no size; write a number with KB, MB or GB");
        }
        return new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(BYTES.get(matcher.group(2))))
                .longValue();
    }

    /** A duration: {@code 200ms}, {@code 30s}; of bare numbers only 0 is one. */
    static Duration duration(Located value, String what) {
        String text = value.text(what);
        Matcher matcher = NUMBER_UNIT.matcher(text);
        if (matcher.matches()) {
            BigDecimal number = new BigDecimal(matcher.group(1));
            if (matcher.group(2).equals("ms")
                    || number.signum() == 0 && matcher.group(2).isEmpty()) {
                return Duration.ofMillis(number.longValue());
            }
            if (matcher.group(2).equals("s")) {
                return Duration.ofMillis(number.movePointRight(3).longValue());
            }
        }
        throw value.fault(what + " is '" + text + "', which is no duration; write a number with ms or s");
    }
}
