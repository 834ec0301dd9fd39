package org.reassign.zk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.reassign.core.packet.PacketSize;

/** What is no address of a ZooKeeper is found before anything is connected. */
class AddressTest {
    private static final String HOST = "localhost:1/";

    @Test
    void aChrootMayBeAsLongAsPacketsAllowFor() {
        assertThat(new CuratorSessions(HOST + "x".repeat(PacketSize.LONGEST_CHROOT - 1)))
                .isNotNull();
    }

    @Test
    void aLongerChrootIsRefused() {
        assertThatThrownBy(() -> new CuratorSessions(HOST + "x".repeat(PacketSize.LONGEST_CHROOT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the chroot of ZooKeeper address 'localhost:1/x")
                .hasMessageEndingWith("; choose a shorter one");
    }

    @Test
    void whatIsMalformedIsRefused() {
        assertThatThrownBy(() -> new CuratorSessions("localhost:1/a//b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'localhost:1/a//b' is malformed; write HOST:PORT");
    }
}
