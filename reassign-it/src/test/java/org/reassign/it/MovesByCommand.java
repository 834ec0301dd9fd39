package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.StateJson;

/** What an operator does: controllers and commands as processes of their own beside real brokers. */
final class MovesByCommand {
    private static final String TOPIC = "by-command";
    private static final TopicPartition CHANGED = new TopicPartition(TOPIC, 0);
    private static final TopicPartition CANCELLED = new TopicPartition(TOPIC, 1);
    private static final TopicPartition STRAY = new TopicPartition("stray", 0);
    private static final Pattern BYTES =
            Pattern.compile("\"bytes\"\\s*:\\s*\\{\\s*\"copied\"\\s*:\\s*(\\d+),\\s*\"left\"\\s*:\\s*(\\d+)");

    private final RealBrokers brokers;
    private final Commands commands;

    MovesByCommand(RealBrokers brokers, Path folder) {
        this.brokers = brokers;
        this.commands = new Commands(folder, brokers.server.address());
        brokers.create(TOPIC, List.of(Replicas.of(0, 1), Replicas.of(0, 1)));
    }

    /** A move is changed, its controller killed, and a cancel carried out by the one that stood by. */
    void changedAndCancelledWhileTheLeaderIsKilled() throws IOException {
        try (RealClients clients = new RealClients(brokers, List.of(CHANGED, CANCELLED));
                Launched killed = controller().awaitPrinted("stands by")) {
            RealBrokers.join(brokers.lab.hold(CHANGED, 3));
            RealBrokers.join(brokers.lab.hold(CANCELLED, 3));
            assertThat(commands.run(
                            "execute",
                            commands.plan(Map.of(CHANGED, Replicas.of(2, 3), CANCELLED, Replicas.of(2, 3))),
                            "--requester=alice",
                            "--gateway=takeover"))
                    .contains("broker 3: adds 2 replicas, removes 0 replicas, receives ", "Copies ", "Submitted ");
            brokers.awaitInSync(CHANGED, 2);
            brokers.awaitInSync(CANCELLED, 2);
            killed.awaitPrinted("leads: ");
            assertThat(commands.run("list"))
                    .contains(
                            CHANGED + ": replicas: 2,3,0,1.",
                            "waits for broker 3 to be in sync",
                            "copied: ",
                            "requester: alice.");
            bytesAddUp();
            try (Launched next = controller().awaitPrinted("stands by: /controller names 1000")) {
                assertThat(commands.run("execute", commands.plan(Map.of(CHANGED, Replicas.of(3, 4))), "--additional"))
                        .contains("Submitted ");
                killed.kill();
                assertThat(commands.run("cancel", commands.plan(Map.of(CANCELLED, Replicas.of(2, 3)))))
                        .contains("Submitted cancel of " + CANCELLED);
                RealBrokers.eventually("the office taken over", () -> {
                    brokers.server.expireDisconnected();
                    assertThat(next.printed()).contains("elected: ");
                });
                RealBrokers.join(brokers.lab.releaseAll());
                brokers.awaitAssigned(CHANGED, 3, 4);
                brokers.awaitAssigned(CANCELLED, 0, 1);
                next.awaitPrinted("has handed the office back");
                brokers.awaitKafkasController();
                assertThat(commands.run("list")).contains("No partition reassignments found.");
                assertThat(commands.run("describe", CHANGED.toString())).contains("replicas    3,4");
                assertThat(commands.run(
                                "verify",
                                commands.plan(Map.of(CHANGED, Replicas.of(3, 4), CANCELLED, Replicas.of(0, 1)))))
                        .contains(CANCELLED + " is completed");
                aStrayReplicaIsFoundAndDeleted();
                assertThat(next.terminate()).as(next.printed()).isZero();
            }
            new SettledCluster(brokers)
                    .await(Map.of(
                            CHANGED, Set.of(Replicas.of(3, 4)),
                            CANCELLED, Set.of(Replicas.of(0, 1)),
                            STRAY, Set.of(Replicas.of(0))));
            clients.assertUnharmed();
        }
    }

    /** Of two replicas, one in sync and one held, between what the leader had before and after they were asked for. */
    private void bytesAddUp() {
        long before = brokers.lab.disk(0).get(CHANGED);
        Matcher bytes = BYTES.matcher(commands.run("describe", CHANGED.toString(), "--output=json"));
        assertThat(bytes.find()).isTrue();
        long copied = Long.parseLong(bytes.group(1));
        long left = Long.parseLong(bytes.group(2));
        assertThat(copied + left).isBetween(2 * before, 2 * brokers.lab.disk(0).get(CHANGED));
        assertThat(copied).isGreaterThanOrEqualTo(before);
        assertThat(left).isPositive();
    }

    /** Somebody takes a broker out of a partition by hand, so that no controller tells it to delete its replica. */
    private void aStrayReplicaIsFoundAndDeleted() throws IOException {
        brokers.create(STRAY.topic(), List.of(Replicas.of(0, 1)));
        var unused = RealBrokers.join(brokers.zk.commit(List.of(
                ZkWrite.setData(
                        "/brokers/topics/stray", "{\"version\":1,\"partitions\":{\"0\":[0]}}", ZkWrite.ANY_VERSION),
                ZkWrite.setData(
                        StateJson.path(STRAY),
                        "{\"version\":1,\"leader\":0,\"leader_epoch\":1,\"controller_epoch\":1,\"isr\":[0]}",
                        ZkWrite.ANY_VERSION))));
        try (Launched doctor = commands.start("doctor", "--kind=stray-replica")) {
            assertThat(doctor.exitCode()).isEqualTo(1);
            assertThat(doctor.printed())
                    .containsOnlyOnce("stray-replica  ")
                    .contains("broker 1 has a replica of " + STRAY + ", which is assigned to [0] only");
        }
        commands.run("execute", commands.plan(Map.of(STRAY, Replicas.of(0, 1))), "--wait");
        commands.run("execute", commands.plan(Map.of(STRAY, Replicas.of(0))), "--wait");
    }

    private Launched controller() {
        return commands.start("controller", "--gateway=takeover");
    }
}
