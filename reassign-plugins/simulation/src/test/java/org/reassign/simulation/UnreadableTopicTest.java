package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;

/** A topic whose znode cannot be read is not one that is gone: no data of it are deleted, and no record. */
class UnreadableTopicTest extends OnePartitionMoves {
    private static final String ACTIVE = "/reassign/active";
    private String good;

    @BeforeEach
    void itWasReadable() {
        good = read(TOPIC);
    }

    @Test
    void nothingOfItIsDeletedAndAllGoesOnWhenItIsMended() {
        write("garbage");
        request("1");

        assertThat(warnings).singleElement().asString().startsWith(TOPIC + " does not hold a topic's JSON; ");
        List.of(0, 1).forEach(broker -> assertThat(lab.disk(broker)).containsKeys(MOVES, RESTS));
        write(good);
        allEnds();
    }

    @Test
    void itsRecordsStandWhenAControllerStarts() {
        controller.kill();
        write("garbage");
        start(Combination.DEFAULT);
        pass(1);

        assertThat(read("/admin/reassignments/t/0")).contains("\"target\":[1,2]");
        write(good);
        request("1");
        allEnds();
    }

    /** All of them are removed from the legacy znode in one write, which must not fail with the one that cannot be done. */
    @Test
    void legacyEntriesThatAreOverriddenBesideItAreRemoved() {
        write("garbage");
        zk.commit(
                List.of(
                        ZkWrite.create(
                                "/admin/reassign_partitions",
                                "{\"version\":1,\"partitions\":[{\"topic\":\"t\",\"partition\":1,\"replicas\":[0,2]},"
                                        + "{\"topic\":\"u\",\"partition\":0,\"replicas\":[0,2]}]}"),
                        ZkWrite.createSequential(
                                "/admin/reassignment_requests/request_",
                                "{\"version\":1,\"kind\":\"payload\",\"assignments\":{\"t\":{\"1\":[1,2]},\"u\":{\"0\":[1,2]}}}")));
        pass(3);

        assertThat(read("/brokers/topics/u")).contains("\"0\":[1,2]}");
        assertThat(read("/admin/reassign_partitions")).contains("\"t\"").doesNotContain("\"u\"");
        write(good);
        allEnds();
    }

    /** The controller has nothing in flight and yet is not idle: one entry is neither done nor refused. */
    @Test
    void aLegacyEntryThatWaitsForItIsNotForgotten() {
        lab.releaseAll();
        becomesIdle();
        good = read(TOPIC);
        write("garbage");
        zk.commit(List.of(ZkWrite.create(
                "/admin/reassign_partitions",
                "{\"version\":1,\"partitions\":[{\"topic\":\"t\",\"partition\":1,\"replicas\":[1,2]}]}")));
        pass(3);

        assertThat(controller.idle()).isFalse();
        write(good);
        allEnds();
    }

    @Test
    void whatIsInFlightGoesOnWhenItIsMendedThoughNobodyAsksForMore() {
        write("garbage");
        lab.releaseAll();
        pass(3);
        write(good);

        becomesIdle();
        assertThat(read(TOPIC)).contains("\"0\":[1,2]");
    }

    @Test
    void aRequestThatWaitsForItIsNotRefusedByTheNextController() {
        write("garbage");
        request("1");
        controller.kill();
        start(Combination.DEFAULT);
        pass(3);

        write(good);
        allEnds();
        assertThat(answers).extracting(Answer::outcome).containsOnly(Outcome.COMPLETED);
    }

    /** The watch is one for its creation then, which may never come. */
    @Test
    void oneThatIsDeletedBeforeItIsWatchedIsGone() {
        controller.kill();
        write("garbage");
        request("1");
        sessions = actor -> beforeItIsWatched(zooKeeper.open(actor), () -> zk.commit(deletion()));
        String before = read(ACTIVE);
        start(Combination.DEFAULT);
        pass(3);

        assertThat(controller.idle()).isTrue();
        assertThat(answers).extracting(Answer::partition, Answer::outcome).contains(tuple("t-1", Outcome.REFUSED));
        assertThat(read(ACTIVE)).as("that all brokers have heard all").isNotEqualTo(before);
    }

    private static ZkPort beforeItIsWatched(ZkPort port, Runnable event) {
        return (ZkPort) Proxy.newProxyInstance(
                ZkPort.class.getClassLoader(), new Class<?>[] {ZkPort.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getData") && arguments.length == 2 && arguments[0].equals(TOPIC)) {
                        event.run();
                    }
                    return method.invoke(port, arguments);
                });
    }

    private void allEnds() {
        lab.releaseAll();
        becomesIdle();
        assertThat(read(TOPIC)).contains("\"0\":[1,2],\"1\":[1,2]");
    }

    private void write(String text) {
        zk.commit(List.of(ZkWrite.setData(TOPIC, text, ZkWrite.ANY_VERSION)));
    }
}
