package org.reassign.plugin.simulatedbrokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.plugin.simulatedbrokers.Cluster.MEGABYTE;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

class ReplayTest {
    private static final int BROKERS = 4;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_same_calls_have_the_same_effects_at_the_same_times(long seed) {
        List<String> played = play(seed);

        assertThat(played).isEqualTo(play(seed));
        assertThat(played.get(played.size() - 1)).as("something was copied").doesNotEndWith(" copied 0");
    }

    private static List<String> play(long seed) {
        Random random = new Random(seed);
        Cluster cluster = Cluster.of(BROKERS);
        cluster.topic("t", 30 * MEGABYTE, Replicas.of(1), Replicas.of(2, 3), Replicas.of(4, 1));
        List<String> trace = new ArrayList<>();
        for (int turn = 0; turn < 100; turn++) {
            TopicPartition partition = new TopicPartition("t", random.nextInt(3));
            int broker = 1 + random.nextInt(BROKERS);
            disturb(cluster, random.nextInt(5), partition, broker);
            cluster.pass(random.nextInt(300));
            trace.add(picture(cluster));
        }
        return trace;
    }

    private static void disturb(Cluster cluster, int kind, TopicPartition partition, int broker) {
        boolean runs = cluster.children("/brokers/ids").contains(Integer.toString(broker));
        int leader = cluster.state(partition).leader();
        if (kind == 0 && runs) {
            cluster.now(cluster.lab.kill(broker));
        } else if (kind < 2 && !runs) {
            cluster.start(broker);
        } else if (kind == 2 && broker != leader) {
            cluster.lab.hold(partition, broker);
        } else if (kind == 3) {
            cluster.lab.releaseAll();
        } else if (runs && cluster.children("/brokers/ids").contains(Integer.toString(leader))) {
            cluster.grow(partition, Replicas.copyOf(List.of(leader, broker)));
        }
    }

    private static String picture(Cluster cluster) {
        StringBuilder picture = new StringBuilder().append(cluster.time.nowMillis());
        for (int number = 0; number < 3; number++) {
            TopicPartition partition = new TopicPartition("t", number);
            picture.append(' ')
                    .append(cluster.node(TopicZnodes.statePath(partition))
                            .orElseThrow()
                            .text());
        }
        for (int broker = 1; broker <= BROKERS; broker++) {
            picture.append(' ').append(broker).append('=').append(cluster.lab.disk(broker));
        }
        return picture.append(' ')
                .append(cluster.children("/isr_change_notification"))
                .append(" copied ")
                .append(cluster.lab.bytesCopied())
                .toString();
    }
}
