package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** What an operator does: controllers and commands as processes of their own beside real brokers. */
final class MovesByCommand {
    private static final String TOPIC = "by-command";
    private static final TopicPartition CHANGED = new TopicPartition(TOPIC, 0);
    private static final TopicPartition CANCELLED = new TopicPartition(TOPIC, 1);

    private final RealBrokers brokers;
    private final Path folder;

    MovesByCommand(RealBrokers brokers, Path folder) {
        this.brokers = brokers;
        this.folder = folder;
        brokers.create(TOPIC, List.of(Replicas.of(0, 1), Replicas.of(0, 1)));
    }

    /** A move is changed, its controller killed, and a cancel carried out by the one that stood by. */
    void changedAndCancelledWhileTheLeaderIsKilled() throws IOException {
        try (RealClients clients = new RealClients(brokers, List.of(CHANGED, CANCELLED));
                Launched killed = controller().awaitPrinted("stands by")) {
            RealBrokers.join(brokers.lab.hold(CHANGED, 3));
            RealBrokers.join(brokers.lab.hold(CANCELLED, 3));
            assertThat(run("execute", plan("2,3", "2,3"), "--requester=alice")).contains("Submitted reassignment of ");
            brokers.awaitInSync(CHANGED, 2);
            brokers.awaitInSync(CANCELLED, 2);
            killed.awaitPrinted("leads: ");
            assertThat(run("list"))
                    .contains(
                            CHANGED + ": replicas: 2,3,0,1.", "waits for broker 3 to be in sync", "requester: alice.");
            try (Launched next = controller().awaitPrinted("stands by: /controller names 1000")) {
                assertThat(run("execute", plan("3,4", null), "--additional")).contains("Submitted ");
                killed.kill();
                assertThat(run("cancel", plan(null, "2,3"))).contains("Submitted cancel of " + CANCELLED);
                RealBrokers.eventually("the office taken over", () -> {
                    brokers.server.expireDisconnected();
                    assertThat(next.printed()).contains("elected: ");
                });
                RealBrokers.join(brokers.lab.releaseAll());
                brokers.awaitAssigned(CHANGED, 3, 4);
                brokers.awaitAssigned(CANCELLED, 0, 1);
                next.awaitPrinted("has handed the office back");
                brokers.awaitKafkasController();
                assertThat(run("list")).contains("No partition reassignments found.");
                assertThat(run("describe", CHANGED.toString())).contains("replicas    3,4");
                assertThat(run("verify", plan("3,4", "0,1"))).contains(CANCELLED + " is completed");
                assertThat(next.terminate()).as(next.printed()).isZero();
            }
            new SettledCluster(brokers)
                    .await(Map.of(CHANGED, Set.of(Replicas.of(3, 4)), CANCELLED, Set.of(Replicas.of(0, 1))));
            clients.assertUnharmed();
        }
    }

    private Launched controller() {
        return new Launched(folder, "controller", address(), "--gateway=takeover");
    }

    /** Runs a command that must succeed, and returns what it has printed. */
    private String run(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, address()));
        arguments.addAll(Arrays.asList(options));
        try (Launched launched = new Launched(folder, arguments.toArray(String[]::new))) {
            assertThat(launched.exitCode()).as(launched.printed()).isZero();
            return launched.printed();
        }
    }

    private String address() {
        return "--zookeeper=" + brokers.server.address();
    }

    /** A file with the lists of the two partitions that are not null, as an option. */
    private String plan(String changed, String cancelled) throws IOException {
        List<String> entries = new ArrayList<>();
        add(CHANGED, changed, entries);
        add(CANCELLED, cancelled, entries);
        Path file = Files.writeString(
                Files.createTempFile(folder, "plan", ".json"),
                "{\"version\":1,\"partitions\":[" + String.join(",", entries) + "]}");
        return "--reassignment-json-file=" + file;
    }

    private static void add(TopicPartition partition, String replicas, List<String> entries) {
        if (replicas != null) {
            entries.add("{\"topic\":\"" + partition.topic() + "\",\"partition\":" + partition.partition()
                    + ",\"replicas\":[" + replicas + "]}");
        }
    }
}
