package org.reassign.plugin.isrwatchers;

import java.math.BigInteger;
import java.util.Comparator;

/** What a broker writes under {@code /isr_change_notification} when it has changed ISRs, at most every 1 to 7.5 s. */
final class IsrNotification {
    static final String ROOT = "/isr_change_notification";

    /** In the order in which they were written; names without a number come last. */
    static final Comparator<String> ORDER =
            Comparator.comparing(IsrNotification::number).thenComparing(Comparator.naturalOrder());

    private static final BigInteger NO_NUMBER = BigInteger.TWO.pow(Long.SIZE);

    private IsrNotification() {}

    private static BigInteger number(String name) {
        String digits = name.substring(name.lastIndexOf('_') + 1);
        return digits.matches("[0-9]{1,18}") ? new BigInteger(digits) : NO_NUMBER;
    }
}
