package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.throttle.ThrottledMove;
import org.reassign.core.throttle.Throttles;

/** A client sets throttles and does not come back: the controller takes them off in time, and not before. */
class ThrottleReleaseTest extends OnePartitionMoves {
    private static final String CONFIG = "/config/topics/t";
    private static final String EMPTY = "{\"version\":1,\"config\":{}}";
    private static final String TOPIC_BEFORE = "{\"version\":1,\"config\":{\"min.insync.replicas\":\"1\"}}";
    private static final String REQUEST = "/admin/reassignment_requests/request_";

    private final ZkPort client = zooKeeper.open("client");

    private Throttles throttles() {
        return new Throttles(
                client,
                writes -> {
                    client.commit(writes).toCompletableFuture().join();
                    return true;
                },
                () -> 0);
    }

    private void set(TopicPartition partition) {
        var unused = throttles()
                .set(
                        "c",
                        List.of(ThrottledMove.to(Replicas.of(1, 2), partition, Replicas.of(0, 1), Replicas.NONE)),
                        1_000);
    }

    private String config(String path) {
        return zk.getData(path).toCompletableFuture().join().map(ZkNode::text).orElse("");
    }

    private void isThrottled(String replicas) {
        assertThat(config(CONFIG)).contains("\"follower.replication.throttled.replicas\":\"" + replicas + "\"");
        assertThat(config("/config/brokers/2")).contains("\"leader.replication.throttled.rate\":\"1000\"");
    }

    private void isNotThrottled() {
        assertThat(config(CONFIG)).isEqualTo(TOPIC_BEFORE);
        List.of(0, 1, 2)
                .forEach(id -> assertThat(config("/config/brokers/" + id)).isEqualTo(EMPTY));
        assertThat(throttles().read().isEmpty()).isTrue();
        assertThat(warnings).isEmpty();
    }

    @Test
    void theyStayWhileThePartitionIsInFlightAndGoWithItsEnd() {
        set(MOVES);
        throttles().submitted("c");
        pass(5);
        isThrottled("0:2");

        lab.releaseAll();
        becomesIdle();

        isNotThrottled();
    }

    @Test
    void theyStayWhileTheClientIsAboutToStoreItsRequest() {
        lab.hold(RESTS, 2);
        set(RESTS);
        pass(30);
        isThrottled("1:2");

        zk.commit(List.of(ZkWrite.createSequential(
                REQUEST, "{\"version\":1,\"kind\":\"payload\",\"assignments\":{\"t\":{\"1\":[1,2]}}}")));
        throttles().submitted("c");
        pass(5);
        isThrottled("1:2");

        lab.releaseAll();
        becomesIdle();
        isNotThrottled();
    }

    @Test
    void theyGoWithTheSessionOfAClientThatStoresNoRequest() {
        set(RESTS);
        pass(5);
        isThrottled("1:2");

        zooKeeper.expire(client);
        pass(5);

        assertThat(config(CONFIG)).isEqualTo(TOPIC_BEFORE);
        assertThat(config("/config/brokers/2")).isEqualTo(EMPTY);
    }

    @Test
    void theyGoWhenTheRequestIsRefused() {
        set(RESTS);
        zk.commit(List.of(ZkWrite.createSequential(
                REQUEST, "{\"version\":1,\"kind\":\"payload\",\"assignments\":{\"t\":{\"1\":[1,9]}}}")));
        throttles().submitted("c");
        pass(5);

        assertThat(answers).anyMatch(answer -> answer.outcome() == Outcome.REFUSED);
        isNotThrottled();
    }

    @Test
    void aSuccessorTakesOffWhatAnotherHasLeft() {
        set(MOVES);
        throttles().submitted("c");
        pass(5);
        controller.kill();
        lab.releaseAll();
        set(RESTS);
        throttles().submitted("c");

        start(Combination.DEFAULT);
        becomesIdle();

        isNotThrottled();
    }

    @Test
    void whatAnAclClosesIsNamedAndTheControllerGoesOn() {
        set(MOVES);
        throttles().submitted("c");
        zooKeeper.readOnly().add("/config/brokers/1");

        lab.releaseAll();
        becomesIdle();

        assertThat(warnings).singleElement().asString().contains("are not taken off", "/config/brokers/1", "ACL");
        assertThat(controller.leads()).isTrue();
    }
}
