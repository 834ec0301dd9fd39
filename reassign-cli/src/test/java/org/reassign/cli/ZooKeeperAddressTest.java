package org.reassign.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chroot of an address stands once, at its end. */
class ZooKeeperAddressTest {
    @Test
    void serversAndChrootAreToldApart() {
        assertThat(ZooKeeperAddress.of("a:1,b:2/x/y")).isEqualTo(new ZooKeeperAddress("a:1,b:2", "/x/y"));
        assertThat(ZooKeeperAddress.of("[::1]:2181")).isEqualTo(new ZooKeeperAddress("[::1]:2181", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "h:2181/kafka,h:2182/kafka h:2181,h:2182/kafka",
                "h:2181/kafka,h:2182 h:2181,h:2182/kafka",
                "h:1,i:2/a/b,j:3/c h:1,i:2,j:3/a/b"
            })
    void aChrootInTheMidstIsNamedWithWhatWasMeant(String address, String meant) {
        assertThatThrownBy(() -> ZooKeeperAddress.of(address))
                .isInstanceOf(UsageException.class)
                .hasMessage("'" + address
                        + "' has a chroot in the midst of its servers; write it once, at the end, as in " + meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "embeded", "host", "host:", "h:1/", "h:1,", ",h:1", "h:1/a,b", "h:1 /a", "h:1/a b"})
    void whatIsNoAddressIsNamed(String address) {
        assertThatThrownBy(() -> ZooKeeperAddress.of(address))
                .isInstanceOf(UsageException.class)
                .hasMessage("'" + address
                        + "' is no ZooKeeper; write embedded, memory or HOST:PORT[,HOST:PORT...][/chroot]");
    }
}
