package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.OfficeSettings;
import org.reassign.core.store.WriteMode;

/** The office is held for the moments of change: what is in flight is left to Kafka's controller, here one that does nothing. */
class VisitsTest {
    private static final String TOPIC = "/brokers/topics/t";
    private static final TopicPartition T0 = new TopicPartition("t", 0);

    private final OfficeCluster cluster = new OfficeCluster();

    @BeforeEach
    void visits() {
        cluster.office = cluster.office.with(OfficeSettings.Mode.VISITS);
        cluster.combination = new Combination("kip-455", "per-partition", "prefer-in-sync", WriteMode.BATCHED);
    }

    private void visit(String request) {
        cluster.request(request);
        cluster.await(() -> !cluster.kafka.holds());
        cluster.await(cluster.kafka::holds);
    }

    private String topic() {
        return cluster.read(TOPIC).orElseThrow();
    }

    @Test
    void whatIsInFlightIsLeftToKafka() {
        cluster.lab.hold(T0, 2);
        Controller process = cluster.process(1000);
        visit("{\"t\":{\"0\":[1,2]}}");
        cluster.pass(600);

        assertThat(cluster.kafka.epochs()).as("the office was taken once").containsExactly(1, 3);
        assertThat(process.idle()).isTrue();
        assertThat(topic())
                .contains("\"0\":[1,2,0]", "\"adding_replicas\":{\"0\":[2]}", "\"removing_replicas\":{\"0\":[0]}");
        assertThat(cluster.told).anyMatch(role -> role.startsWith("t-0 to 2: "));
        assertThat(cluster.said)
                .endsWith(
                        "1000 has handed the office back: Kafka's controller completes what is in flight",
                        "1000 stands by without the office: no request waits; what is in flight is completed by Kafka's"
                                + " controller");
    }

    @Test
    void aLayoutThatKafkaDoesNotReadIsRefused() {
        cluster.combination = Combination.DEFAULT;

        assertThatThrownBy(() -> cluster.process(1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Kafka's controller does not complete what is in flight in layout separate; hold the office"
                        + " while busy");
    }

    @Test
    void theNextRequestChangesOrCancelsIt() {
        cluster.lab.hold(T0, 2);
        cluster.process(1000);
        visit("{\"t\":{\"0\":[1,2]}}");

        visit("{\"t\":{\"0\":[2,0]}}");
        assertThat(topic()).contains("\"0\":[2,0,1]", "\"removing_replicas\":{\"0\":[1]}");

        visit("{\"t\":{\"0\":null}}");
        assertThat(topic()).contains("\"0\":[0,1]", "\"adding_replicas\":{}", "\"removing_replicas\":{}");
        assertThat(cluster.said)
                .filteredOn(sentence -> sentence.contains("warning"))
                .isEmpty();
    }

    @Test
    void whatIsQuicklyInSyncIsCompletedInTheVisit() {
        cluster.process(1000);
        visit("{\"t\":{\"0\":[1,2]}}");

        assertThat(topic()).contains("\"0\":[1,2]", "\"adding_replicas\":{}", "\"removing_replicas\":{}");
        assertThat(cluster.said).contains("1000 has handed the office back: all is done");
    }

    @Test
    void whatSuchAVisitLeftIsNoCauseForAnotherProcess() {
        cluster.lab.hold(T0, 2);
        cluster.process(1000).kill();
        cluster.process(1001);
        visit("{\"t\":{\"0\":[1,2]}}");
        cluster.process(1002);
        cluster.pass(60);

        assertThat(cluster.holder()).isEqualTo(Optional.of(2));
    }

    /** Its record is where Kafka does not read it. */
    @Test
    void whatAnotherLayoutHoldsIsMovedFirst() {
        cluster.lab.hold(T0, 2);
        Combination visiting = cluster.combination;
        cluster.combination = Combination.DEFAULT;
        cluster.office = cluster.office.with(OfficeSettings.Mode.WHILE_BUSY);
        Controller before = cluster.process(1000);
        cluster.request("{\"t\":{\"0\":[1,2]}}");
        cluster.await(() -> cluster.read("/admin/reassignments/t/0").isPresent());
        before.kill();
        cluster.await(cluster.kafka::holds);

        cluster.combination = visiting;
        cluster.office = cluster.office.with(OfficeSettings.Mode.VISITS);
        cluster.process(1001);
        cluster.await(() -> !cluster.kafka.holds());
        cluster.await(cluster.kafka::holds);

        assertThat(topic()).contains("\"adding_replicas\":{\"0\":[2]}");
    }

    /** Kafka's controller would have it copied again. */
    @Test
    void whatIsDroppedIsNotLeftToKafka() {
        cluster.combination = new Combination("kip-455", "per-partition", "originals", WriteMode.BATCHED);
        cluster.lab.start(3, Optional.empty());
        cluster.lab.hold(T0, 2);
        cluster.lab.hold(T0, 3);
        cluster.process(1000);
        visit("{\"t\":{\"0\":[1,2]}}");
        visit("{\"t\":{\"0\":[0,3]}}");

        assertThat(topic())
                .contains(
                        "\"0\":[0,3,1]",
                        "\"dropping\":[]",
                        "\"adding_replicas\":{\"0\":[3]}",
                        "\"removing_replicas\":{\"0\":[1]}");
        assertThat(cluster.lab.disk(2)).doesNotContainKey(T0);
    }

    /** Its broker is dead: the delete is owed, and a visit does it when the broker is back. */
    @Test
    void whatADeadBrokerWasToDropIsOwed() {
        cluster.combination = new Combination("kip-455", "per-partition", "originals", WriteMode.BATCHED);
        cluster.lab.start(3, Optional.empty());
        cluster.lab.hold(T0, 3);
        cluster.lab.hold(T0, 2);
        cluster.process(1000);
        visit("{\"t\":{\"0\":[1,3]}}");
        cluster.lab.kill(3);
        visit("{\"t\":{\"0\":[0,2]}}");
        assertThat(topic()).contains("\"0\":[0,2,1]");
        assertThat(cluster.lab.disk(3)).containsKey(T0);

        cluster.lab.start(3, Optional.empty());
        cluster.await(() -> !cluster.kafka.holds());
        cluster.await(cluster.kafka::holds);

        assertThat(cluster.lab.disk(3)).doesNotContainKey(T0);
    }

    /** The topic's znode does not say that it is in flight, since Kafka knows no change that adds and removes nothing. */
    @Test
    void theOfficeIsHeldForWhatKafkaWouldNotComplete() {
        cluster.combination = new Combination("kip-455", "per-partition", "originals", WriteMode.BATCHED);
        cluster.lab.hold(T0, 2);
        cluster.process(1000);
        visit("{\"t\":{\"0\":[0,1,2]}}");
        cluster.lab.kill(1);
        cluster.request("{\"t\":{\"0\":null}}");
        cluster.pass(60);

        assertThat(topic()).contains("\"0\":[0,1]", "reassignment_details");
        assertThat(cluster.holder()).isEqualTo(Optional.of(1000));
    }
}
