package org.reassign.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Refusal;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.MemoryZooKeeper;

/** Refusals are kept for requesters to read, and are bounded in number whoever wrote them. */
class RefusalsTest {
    private final ZkPort zk = new MemoryZooKeeper(Runnable::run, () -> 0).open("controller");
    private final Refusals refusals = new Refusals(zk);

    @Test
    void aSuccessorCountsWhatTheOneBeforeLeft() {
        store("/admin", "/admin/reassignment_refusals");
        for (int i = 0; i < 100; i++) {
            store(String.format("/admin/reassignment_refusals/request_%010d", i));
        }
        refusals.load();
        refusals.add(refusal("request_0000000100", "u-0"));

        assertThat(refusals.take())
                .extracting(ZkWrite::path)
                .containsExactly(
                        "/admin/reassignment_refusals/request_0000000100",
                        "/admin/reassignment_refusals/request_0000000000");
    }

    @Test
    void aRequestThatIsRefusedAgainAfterACrashOverwritesItsRefusal() {
        store("/admin", "/admin/reassignment_refusals", "/admin/reassignment_refusals/request_0000000000");
        refusals.load();
        refusals.add(refusal("request_0000000000", "u-0"));

        assertThat(refusals.take()).singleElement().isInstanceOf(ZkWrite.SetData.class);
    }

    @Test
    void aRequestThatIsRefusedInPartsHasThemAllTheNewestFirst() {
        store("/admin", "/admin/reassignment_refusals");
        refusals.add(refusal("request_0000000000", "u-0"));
        perform(refusals.take());
        refusals.add(refusal("request_0000000000", "u-1"));
        perform(refusals.take());

        String path = "/admin/reassignment_refusals/request_0000000000";
        assertThat(zk.getData(path).toCompletableFuture().join().orElseThrow().text())
                .containsSubsequence("\"u-1\":{\"code\":\"UNKNOWN_TOPIC\"", "\"u-0\":{\"code\":\"UNKNOWN_TOPIC\"");
    }

    @Test
    void oneThatWasDeletedByHandIsWrittenAgain() {
        store("/admin", "/admin/reassignment_refusals", "/admin/reassignment_refusals/request_0000000000");
        refusals.load();
        perform(List.of(ZkWrite.delete("/admin/reassignment_refusals/request_0000000000", ZkWrite.ANY_VERSION)));
        refusals.add(refusal("request_0000000000", "u-0"));

        assertThat(refusals.take()).singleElement().isInstanceOf(ZkWrite.Create.class);
    }

    private void perform(List<ZkWrite> writes) {
        zk.commit(writes).toCompletableFuture().join();
        refusals.written(Set.of());
    }

    private void store(String... paths) {
        for (String path : paths) {
            zk.commit(List.of(ZkWrite.create(path, ""))).toCompletableFuture().join();
        }
    }

    private static Answer refusal(String request, String partition) {
        Refusal refusal = new Refusal(Refusal.Code.UNKNOWN_TOPIC, "there is no topic 'u'; name one that there is");
        return new Answer(request, Mechanism.REQUEST, partition, Answer.Outcome.REFUSED, Optional.of(refusal));
    }
}
