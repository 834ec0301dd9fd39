package org.reassign.zk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkNode;

/** What ZooKeeper's client answers where it could not take in what the server sent. */
class RepliesTest {
    @Test
    void dataThatTheClientDoesNotTakeInFailTheReadInASentence() {
        CompletableFuture<Optional<ZkNode>> answer = new CompletableFuture<>();
        Replies.completeRead(answer, KeeperException.Code.OK.intValue(), "/a", null, null);
        assertThat(answer)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .withMessageStartingWith("TOO_LARGE at /a, which holds more than")
                .withMessageEndingWith("; make it smaller, or start with a larger zookeeper.jute.maxbuffer.extrasize");
    }
}
