package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reassign.api.zk.ZkWrite;

/** A partition that Kafka's own controller reassigns, in the topic znode as Kafka 2.4 and later have it, from [0,1] to [1,2]. */
class ForeignReassignmentTest {
    private static final String TOPIC = "/brokers/topics/t";
    private static final String KAFKAS = "{\"version\":2,\"partitions\":{\"0\":[1,2,0],\"1\":[0,1]},"
            + "\"adding_replicas\":{\"0\":[2]},\"removing_replicas\":{\"0\":[0]}}";

    private final OfficeCluster cluster = new OfficeCluster();

    @BeforeEach
    void kafkaHasBegunIt() {
        cluster.commit(ZkWrite.setData(TOPIC, KAFKAS, ZkWrite.ANY_VERSION));
    }

    @Test
    void itIsLeftToKafkaAndNamed() {
        cluster.process(1000);
        cluster.pass(60);

        assertThat(cluster.kafka.epochs()).as("the office was not taken for it").containsExactly(1);
        assertThat(cluster.read(TOPIC)).hasValue(KAFKAS);
        assertThat(cluster.said)
                .containsExactly(
                        "1000 stands by without the office: nothing is in flight or waits but Kafka's own"
                                + " reassignment of t-0, which is left to its controller; request a target for it to take it over");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "completes; {\"t\":{\"1\":[1,2]}}; \"0\":[1,2]",
                "changes; {\"t\":{\"0\":[2,0]}}; \"0\":[2,0]",
                "cancels; {\"t\":{\"0\":null}}; \"0\":[1,0]"
            })
    void aTakeoverInTheMiddle(String what, String request, String end) {
        cluster.process(1000);
        cluster.request(request);
        cluster.await(() -> !cluster.kafka.holds());
        cluster.await(cluster.kafka::holds);

        assertThat(cluster.read(TOPIC).orElseThrow())
                .as(what)
                .contains(end, "\"adding_replicas\":{}", "\"removing_replicas\":{}");
        assertThat(cluster.said)
                .filteredOn(sentence -> sentence.contains("warning"))
                .containsExactly(
                        "1000 warning: records of topics [t] were found in layout 'kip-455' and moved to 'separate'");
    }
}
