package org.reassign.core.lead;

import java.time.Duration;

/**
 * When a controller holds the office. Only {@code checkLimit} matters to a gateway that contends for it.
 *
 * @param mode whether it holds the office all the time
 * @param linger how long nothing must be left to do before the office is handed back; with visits, no request
 * @param returnDelay how long it stays away after somebody has taken the office away; twice as long each time
 * @param checkLimit how long it asks again whether brokers can be commanded that do not answer, before it gives up
 */
public record OfficeSettings(Mode mode, Duration linger, Duration returnDelay, Duration checkLimit) {
    /** While busy; brokers that have died may be registered for half a minute. */
    public static final OfficeSettings DEFAULT =
            new OfficeSettings(Mode.WHILE_BUSY, Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30));

    /** How long the office is held. */
    public enum Mode {
        /** Taken when there is something to do, handed back when all is done. */
        WHILE_BUSY,
        /** Taken at the start and held until the controller stops. */
        ALWAYS,
        /**
         * Taken for requests and owed deletes, handed back as soon as brokers have been told, while replicas are copied:
         * Kafka's own controller waits for them and completes. Needs a layout that {@linkplain
         * org.reassign.api.spi.StorageLayout#isCompletedByKafka() it completes}.
         */
        VISITS
    }

    /** The same with another mode. */
    public OfficeSettings with(Mode other) {
        return new OfficeSettings(other, linger, returnDelay, checkLimit);
    }
}
