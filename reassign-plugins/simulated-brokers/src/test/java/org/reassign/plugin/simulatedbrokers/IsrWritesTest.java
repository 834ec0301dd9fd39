package org.reassign.plugin.simulatedbrokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.plugin.simulatedbrokers.Cluster.MEGABYTE;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest.PartitionState;

class IsrWritesTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);

    @Test
    void followers_that_catch_up_together_enter_the_isr_in_one_write() {
        Cluster cluster = Cluster.of(4);
        cluster.topic("t", MEGABYTE, Replicas.of(1));
        cluster.grow(T0, Replicas.of(4, 3, 2, 1));
        int version = cluster.told(T0, Replicas.of(1)).zkVersion();
        cluster.pass(60);

        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 4, 3, 2));
        assertThat(cluster.told(T0, Replicas.of(1)).zkVersion()).isEqualTo(version + 1);
    }

    @Test
    void a_write_keeps_leader_epochs_and_fields_we_do_not_know() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1));
        cluster.bump(T0, 1, Replicas.of(1));
        PartitionState read = cluster.told(T0, Replicas.of(1, 2));
        LeaderAndIsr recovering =
                new LeaderAndIsr(1, 1, 1, Replicas.of(1), Map.of("leader_recovery_state", "{\"of\":[1]}"));
        PartitionState told = new PartitionState(
                T0, recovering, read.zkVersion(), read.replicas(), Replicas.NONE, Replicas.NONE, Replicas.NONE, true);
        cluster.metadata(2, 1, 2);
        cluster.leaderAndIsr(1, told);
        cluster.leaderAndIsr(2, told);
        cluster.time.settle();

        assertThat(cluster.node(TopicZnodes.statePath(T0)).orElseThrow().text())
                .isEqualTo("{\"version\":1,\"leader\":1,\"leader_epoch\":1,\"controller_epoch\":1,"
                        + "\"isr\":[1,2],\"leader_recovery_state\":{\"of\":[1]}}");
    }

    @Test
    void changes_within_the_linger_go_in_one_notification() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1), Replicas.of(1));
        cluster.grow(T1, Replicas.of(1, 2));
        cluster.pass(49);
        cluster.grow(T0, Replicas.of(1, 2));
        assertThat(cluster.children("/isr_change_notification")).isEmpty();
        cluster.pass(1);

        assertThat(cluster.children("/isr_change_notification")).containsExactly("isr_change_0000000000");
        assertThat(cluster.node("/isr_change_notification/isr_change_0000000000")
                        .orElseThrow()
                        .text())
                .isEqualTo("{\"version\":1,\"partitions\":[{\"topic\":\"t\",\"partition\":0},"
                        + "{\"topic\":\"t\",\"partition\":1}]}");
    }

    @Test
    void the_linger_can_be_set() {
        Cluster cluster = Cluster.of(2);
        cluster.lab.replication(MEGABYTE, Duration.ofSeconds(5));
        cluster.topic("t", 0, Replicas.of(1));
        cluster.grow(T0, Replicas.of(1, 2));
        cluster.pass(4999);
        assertThat(cluster.children("/isr_change_notification")).isEmpty();
        cluster.pass(1);
        assertThat(cluster.children("/isr_change_notification")).hasSize(1);
    }

    @Test
    void a_leader_that_dies_between_its_write_and_its_notification_notifies_nobody() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1));
        cluster.grow(T0, Replicas.of(1, 2));
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 2));
        cluster.now(cluster.lab.kill(1));
        cluster.pass(60_000);

        assertThat(cluster.children("/isr_change_notification")).isEmpty();
    }

    @Test
    void many_changes_are_notified_in_chunks() {
        Cluster cluster = Cluster.of(2);
        Replicas[] assigned = new Replicas[2_500];
        Arrays.fill(assigned, Replicas.of(1));
        cluster.topic("t", 0, assigned);
        for (int partition = 0; partition < assigned.length; partition++) {
            cluster.bump(new TopicPartition("t", partition), 1, Replicas.of(1));
        }
        PartitionState[] told = IntStream.range(0, assigned.length)
                .mapToObj(partition -> cluster.told(new TopicPartition("t", partition), Replicas.of(1, 2)))
                .toArray(PartitionState[]::new);
        cluster.metadata(2, 1, 2);
        cluster.leaderAndIsr(1, told);
        cluster.leaderAndIsr(2, told);
        cluster.pass(50);

        List<String> notifications = cluster.children("/isr_change_notification");
        assertThat(notifications).hasSize(3);
        assertThat(notifications.stream()
                        .map(name ->
                                cluster.node("/isr_change_notification/" + name).orElseThrow())
                        .mapToInt(node -> node.text().split("topic", -1).length - 1))
                .containsExactly(1000, 1000, 500);
    }
}
