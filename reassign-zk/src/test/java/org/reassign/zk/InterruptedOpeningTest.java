package org.reassign.zk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkException;

/** A caller that is interrupted while it opens a session learns it. */
class InterruptedOpeningTest {
    @Test
    void theThreadStaysInterrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> new CuratorSessions("127.0.0.1:1").open("test"))
                    .isInstanceOf(ZkException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
