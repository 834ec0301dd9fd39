package org.reassign.plugin.simulatedbrokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.plugin.simulatedbrokers.Cluster.MEGABYTE;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkPort;

class TopicsTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);

    @Test
    void a_topic_is_there_as_if_it_had_been_long() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", MEGABYTE, Replicas.of(2, 1));

        assertThat(cluster.node("/brokers/topics/t").orElseThrow().text())
                .isEqualTo("{\"version\":1,\"partitions\":{\"0\":[2,1]}}");
        assertThat(cluster.node("/config/topics/t").orElseThrow().text())
                .isEqualTo("{\"version\":1,\"config\":{\"min.insync.replicas\":\"1\"}}");
        assertThat(cluster.node("/brokers/topics/t/partitions/0/state")
                        .orElseThrow()
                        .text())
                .isEqualTo("{\"version\":1,\"leader\":2,\"leader_epoch\":0,\"controller_epoch\":0,\"isr\":[2,1]}");
        assertThat(cluster.bytes(1, T0)).isEqualTo(MEGABYTE);
        assertThat(cluster.bytes(2, T0)).isEqualTo(MEGABYTE);
        assertThat(cluster.lab.bytesCopied()).isZero();
    }

    @Test
    void brokersOfAnotherProcessBeginWithTheDataThatTheyAreGiven() {
        Cluster cluster = new Cluster();
        cluster.now(cluster.lab.restoreTopic("t", new TreeMap<>(Map.of(0, Replicas.of(2))), MEGABYTE));
        cluster.start(1);
        cluster.start(2);
        assertThat(cluster.bytes(2, T0)).isEqualTo(MEGABYTE);

        cluster.now(cluster.lab.restoreTopic("t", new TreeMap<>(Map.of(0, Replicas.of(1))), MEGABYTE));
        assertThat(cluster.lab.disk(1)).containsOnlyKeys(T0);
        assertThat(cluster.lab.disk(2)).isEmpty();
    }

    @Test
    void a_large_topic_stays_below_the_limit_of_a_transaction() {
        Cluster cluster = Cluster.of(1);
        Replicas[] assigned = new Replicas[10_000];
        Arrays.fill(assigned, Replicas.of(1));
        cluster.topic("t", 0, assigned);

        assertThat(cluster.children("/brokers/topics/t/partitions")).hasSize(10_000);
        assertThat(assigned.length * 300)
                .as("more than one transaction carries")
                .isGreaterThan(ZkPort.MAX_BYTES);
    }

    @Test
    void a_deleted_topic_leaves_no_znode_and_no_data_on_running_brokers() {
        Cluster cluster = Cluster.of(3);
        cluster.topic("t", MEGABYTE, Replicas.of(1, 2), Replicas.of(2, 3));
        cluster.topic("u", MEGABYTE, Replicas.of(1, 2));
        cluster.now(cluster.lab.kill(3));
        cluster.now(cluster.lab.deleteTopic("t"));
        cluster.pass(60_000);

        assertThat(cluster.children("/brokers/topics")).containsExactly("u");
        assertThat(cluster.children("/config/topics")).containsExactly("u");
        assertThat(cluster.lab.disk(1)).containsOnlyKeys(new TopicPartition("u", 0));
        assertThat(cluster.lab.disk(3)).as("it was dead").containsOnlyKeys(new TopicPartition("t", 1));
    }

    @Test
    void topics_that_make_no_sense_are_refused_and_leave_nothing() {
        Cluster cluster = Cluster.of(1);
        cluster.topic("t", MEGABYTE, Replicas.of(1));
        TreeMap<Integer, Replicas> onAbsent = new TreeMap<>();
        onAbsent.put(0, Replicas.of(1, 9));
        TreeMap<Integer, Replicas> lawful = new TreeMap<>();
        lawful.put(0, Replicas.of(1));

        assertThat(cluster.failure(cluster.lab.createTopic("u", onAbsent, 0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topic u is to be on broker 9, which does not run; start it first");
        assertThat(cluster.failure(cluster.lab.createTopic("t", lawful, 0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topic t exists already; delete it first");
        assertThat(cluster.failure(cluster.lab.createTopic("u", lawful, -1, 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(cluster.failure(cluster.lab.deleteTopic("u")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no topic u");
        assertThat(cluster.children("/brokers/topics")).containsExactly("t");
        assertThat(cluster.bytes(1, T0)).isEqualTo(MEGABYTE);
    }
}
