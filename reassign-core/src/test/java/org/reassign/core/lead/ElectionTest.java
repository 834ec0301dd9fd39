package org.reassign.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.store.Fence;
import org.reassign.core.store.WriteMode;

/** Who becomes the controller where something comes in between. */
class ElectionTest {
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(Runnable::run, () -> 0);
    private final ZkPort operator = zooKeeper.open("operator");
    private final Later later = new Later();
    private int tries;

    @Test
    void anEpochThatSomebodyHasWrittenMeanwhileIsReadAgainAndRaised() {
        operator.commit(List.of(ZkWrite.create(Fence.PATH, "4")));
        Election election =
                new Election(afterAWriteOfTheEpoch(), later, ControllerSettings.of(WriteMode.BATCHED), () -> tries++);

        assertThat(election.take(election.look())).isEmpty();
        assertThat(later.tasks).hasSize(1);
        later.tasks.remove().run();
        assertThat(tries).isEqualTo(1);
        assertThat(election.take(election.look()))
                .hasValueSatisfying(fence -> assertThat(fence.epoch()).isEqualTo(8));
    }

    /** Znode versions of an ephemeral {@code /controller} are all 0: only the epoch tells one holder from the next. */
    @Test
    void anOfficeThatAnotherProcessHasTakenOverMeanwhileIsNotTakenFromIt() {
        operator.commit(List.of(ZkWrite.create(Fence.PATH, "4")));
        operator.commit(List.of(ZkWrite.createEphemeral(Election.CONTROLLER, "{\"version\":1,\"brokerid\":2}")));
        ControllerSettings settings = ControllerSettings.of(WriteMode.BATCHED);
        Election first = new Election(zooKeeper.open("first"), later, settings.withId(1001), () -> {});
        Election second = new Election(zooKeeper.open("second"), later, settings.withId(1002), () -> {});

        Election.Holder seen = second.look();
        assertThat(seen.id()).contains(2);
        assertThat(first.take(first.look())).isPresent();

        assertThat(second.take(seen)).isEmpty();
        assertThat(second.look().id()).contains(1001);
        first.requireOwn();
    }

    @Test
    void whoOnlyWaitsReadsTheEpochOnceTheOfficeIsFree() {
        operator.commit(List.of(ZkWrite.create(Fence.PATH, "4")));
        operator.commit(List.of(ZkWrite.createEphemeral(Election.CONTROLLER, "{\"version\":1,\"brokerid\":2}")));
        Election election = new Election(
                zooKeeper.open("controller"), later, ControllerSettings.of(WriteMode.BATCHED), () -> tries++);

        Election.Holder held = election.lookIfFree();
        assertThat(held.id()).contains(2);
        assertThat(held.epoch()).isEmpty();
        operator.commit(List.of(ZkWrite.delete(Election.CONTROLLER, 0)));
        assertThat(tries).as("it is told").isEqualTo(1);
        assertThat(election.take(election.lookIfFree()))
                .hasValueSatisfying(fence -> assertThat(fence.epoch()).isEqualTo(5));
    }

    /** A session before whose first commit an operator writes the epoch. */
    private ZkPort afterAWriteOfTheEpoch() {
        ZkPort session = zooKeeper.open("controller");
        Queue<ZkWrite> before = new ArrayDeque<>(List.of(ZkWrite.setData(Fence.PATH, "7", 0)));
        return (ZkPort) Proxy.newProxyInstance(
                ZkPort.class.getClassLoader(), new Class<?>[] {ZkPort.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit") && !before.isEmpty()) {
                        operator.commit(List.of(before.remove()));
                    }
                    return method.invoke(session, arguments);
                });
    }
}
