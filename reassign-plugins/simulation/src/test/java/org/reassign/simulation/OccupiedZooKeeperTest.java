package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.ScenarioException;
import org.reassign.simulation.scenario.SetUpFailedException;

/** A run with brokers of its own leaves alone a ZooKeeper in which somebody lives. */
class OccupiedZooKeeperTest {
    private static final String OF_KAFKA = "{\"features\":{},\"listener_security_protocol_map\":{\"PLAINTEXT\":"
            + "\"PLAINTEXT\"},\"endpoints\":[\"PLAINTEXT://kafka:9092\"],\"jmx_port\":-1,\"port\":9092,\"host\":"
            + "\"kafka\",\"version\":5,\"timestamp\":\"1\"}";

    private final SimulatedRun run = new SimulatedRun(Combination.DEFAULT.plugins(), Disturbance.never());
    private final ZkPort other = run.sessions().open("other");

    private RunReport play() {
        return run.play(Scenarios.of(Scenarios.INTERRUPT), Combination.DEFAULT.mode())
                .report();
    }

    private void register(String path, String text) {
        for (String parent : List.of("/brokers", "/brokers/ids", "/reassign", "/reassign/active")) {
            other.commit(List.of(ZkWrite.create(parent, "")));
        }
        other.commit(List.of(ZkWrite.createEphemeral(path, text)));
    }

    private void assertRefusedUntouched(String sentence) {
        List<String> before = znodes("/");
        assertThatThrownBy(this::play).isInstanceOf(ScenarioException.class).hasMessage(sentence);
        assertThat(znodes("/")).isEqualTo(before);
    }

    private List<String> znodes(String path) {
        List<String> all = new ArrayList<>();
        Consumer<String> below = name -> all.addAll(znodes((path.equals("/") ? "" : path) + "/" + name));
        other.getChildren(path).toCompletableFuture().join().orElse(List.of()).stream()
                .sorted()
                .forEach(below);
        all.add(path);
        return all;
    }

    @ParameterizedTest
    @CsvSource({"1", "101"})
    void aBrokerOfAnotherClusterIsRefusedBeforeAnythingIsWritten(int broker) {
        register("/brokers/ids/" + broker, OF_KAFKA);

        assertRefusedUntouched("brokers " + broker + " live at memory; `run` is for a ZooKeeper of its own, so name"
                + " another one or a chroot where no cluster is");
    }

    @Test
    void aControllerOfAnotherClusterIsRefusedBeforeAnythingIsWritten() {
        register("/controller", "{\"version\":1,\"brokerid\":101,\"timestamp\":\"1\"}");
        register("/brokers/ids/101", OF_KAFKA);

        assertRefusedUntouched("brokers 101 live at memory and 101 is the controller; `run` is for a ZooKeeper of its"
                + " own, so name another one or a chroot where no cluster is");
    }

    @Test
    void aControllerThatIsNoneOfOursIsRefusedAlsoWithoutBrokers() {
        other.commit(List.of(ZkWrite.createEphemeral("/controller", "who knows")));

        assertRefusedUntouched("a controller that is not one of ours leads at memory; `run` is for a ZooKeeper of its"
                + " own, so name another one or a chroot where no cluster is");
    }

    @Test
    void whatAKilledRunHasLeftRegisteredIsWaitedFor() {
        register("/brokers/ids/0", ofALab());
        register("/controller", "{\"version\":1,\"brokerid\":1000,\"timestamp\":\"1\"}");
        run.timers("other").after(Duration.ofSeconds(18), other::close);

        assertThat(play().faults()).isEmpty();
    }

    @Test
    void aRunThatGoesOnIsRefusedAfterAWhile() {
        register("/brokers/ids/0", ofALab());

        assertRefusedUntouched("brokers 0 still live at memory after 30 s; another run goes on there, so wait for its"
                + " end or name another ZooKeeper or chroot");
    }

    @Test
    void aBrokerThatIsRegisteredMeanwhileIsNamed() {
        other.getData("/brokers/ids", event -> register("/brokers/ids/1", OF_KAFKA));

        assertThatThrownBy(this::play).isInstanceOf(SetUpFailedException.class).hasMessageContaining("broker");
    }

    /** The registration of a simulated broker 0. */
    private static String ofALab() {
        var zooKeeper = new org.reassign.core.memory.MemoryZooKeeper(Runnable::run, () -> 7);
        VirtualTime time = new VirtualTime(() -> {});
        try (var gateway = new SimulatedBrokers().open(new BrokerGateway.Context(zooKeeper, time))) {
            gateway.lab().start(0, Optional.empty());
            assertThat(time.await(() -> false, Duration.ofSeconds(1))).isFalse();
            return zooKeeper
                    .open("test")
                    .getData("/brokers/ids/0")
                    .toCompletableFuture()
                    .join()
                    .orElseThrow()
                    .text();
        }
    }
}
