package org.reassign.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.model.TopicPartition;

/** Waits that tell what became of an entry by the answer that a controller has kept. */
class KeptAnswersIT extends ClusterCase {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    private CompletableFuture<CommandRun> stalledMove(String layout, String channel) {
        cluster.lead(layout, channel);
        RunningCluster.done(cluster.lab().hold(ORDERS, 3));
        String file = "--reassignment-json-file=" + cluster.plan("plan.json", "orders-0=2,3");
        CompletableFuture<CommandRun> waiting =
                CompletableFuture.supplyAsync(() -> cluster.run("execute", file, "--wait", "--timeout=60s"));
        cluster.untilListed("in sync: 0,1,2.");
        return waiting;
    }

    @ParameterizedTest
    @ValueSource(strings = {"separate", "separate-flat", "consolidated", "kip-455"})
    void aWaitTellsThatItsRequestWasCancelledAlsoByANextController(String layout) {
        CompletableFuture<CommandRun> waiting = stalledMove(layout, "payload");
        cluster.resign();
        cluster.lead(layout, "payload");

        CommandRun cancelled = cluster.run("cancel", "--all", "--wait", "--timeout=60s");

        assertThat(cancelled.out()).endsWith("orders-0 completed" + System.lineSeparator());
        assertThat(cancelled.code()).isZero();
        CommandRun executed = waiting.join();
        assertThat(executed.err()).startsWith("orders-0: a later request has cancelled request_0000000000;");
        assertThat(executed.code()).isEqualTo(1);
        assertThat(answers()).isEmpty();
    }

    @Test
    void aWaitTellsThatAnotherTookItsPlace() {
        CompletableFuture<CommandRun> waiting = stalledMove("separate", "notify-names");
        String other = "--reassignment-json-file=" + cluster.plan("other.json", "orders-0=2,4");

        CommandRun executed = cluster.run("execute", other, "--additional", "--wait", "--timeout=60s", "--output=json");

        assertThat(executed.out().replaceAll("\\s", "")).contains("\"answer\":\"completed\"");
        assertThat(waiting.join().err())
                .startsWith("orders-0: another request has taken the place of request_0000000000;");
        assertThat(answers()).isEmpty();
        assertThat(cluster.run("execute", other, "--wait").out()).contains("its replicas were the target already");
    }

    @Test
    void aWaitGoesOnWhileItsRequestLiesInAChannelThatIsClosed() {
        cluster.lead("separate", "notify-names");
        cluster.resign();
        String file = "--reassignment-json-file=" + cluster.plan("plan.json", "orders-0=2,3");
        CompletableFuture<CommandRun> waiting =
                CompletableFuture.supplyAsync(() -> cluster.run("execute", file, "--wait", "--timeout=3s"));
        cluster.untilListed("request_0000000000");

        cluster.lead("separate", "payload");

        assertThat(waiting.join().err())
                .contains(
                        "orders-0 is not finished after 3 s: it waits in the request channel 'notify-names', which the"
                                + " controller does not open, only payload;");
    }

    private List<String> answers() {
        return RunningCluster.done(cluster.zk().getChildren("/reassign/answers"))
                .orElseThrow();
    }
}
