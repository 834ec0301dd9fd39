package org.reassign.plugin.simulatedbrokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Brokers that a killed process has left registered are known from brokers of other clusters. */
class OwnRegistrationTest {
    private static final String OWN = BrokerJson.registration("broker-1", 9092, Optional.of("a"), 7);

    @Test
    void whatASimulatedBrokerHasWrittenIsItsOwn() {
        assertThat(Registration.wrote(1, OWN)).isTrue();
        assertThat(Registration.wrote(1, BrokerJson.registration("broker-1", 9092, Optional.empty(), 8)))
                .isTrue();
    }

    @Test
    void whatAnotherBrokerHasWrittenIsNot() {
        assertThat(Registration.wrote(2, OWN)).isFalse();
        assertThat(Registration.wrote(1, OWN.replace("9092", "9093"))).isFalse();
        assertThat(Registration.wrote(1, OWN.replace("\"version\":4", "\"version\":5,\"features\":{}")))
                .isFalse();
        assertThat(Registration.wrote(1, "{}")).isFalse();
        assertThat(Registration.wrote(1, "")).isFalse();
        assertThat(Registration.wrote(1, "who knows")).isFalse();
    }
}
