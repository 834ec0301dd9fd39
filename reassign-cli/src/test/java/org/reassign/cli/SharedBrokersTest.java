package org.reassign.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.reassign.api.spi.BrokerGateway;

/** Brokers that several runs share. */
class SharedBrokersTest {
    @Test
    void whereTheGatewayCannotBeOpenedNoServerStays() {
        AtomicReference<String> address = new AtomicReference<>();
        BrokerGateway failing = context -> {
            address.set(context.site().zooKeeper().orElseThrow());
            throw new IllegalStateException("no gateway");
        };

        assertThatThrownBy(() -> SharedBrokers.open(failing, note -> {})).hasMessage("no gateway");
        String[] server = address.get().split(":");
        assertThatThrownBy(() -> new Socket(server[0], Integer.parseInt(server[1])).close())
                .isInstanceOf(ConnectException.class);
    }
}
