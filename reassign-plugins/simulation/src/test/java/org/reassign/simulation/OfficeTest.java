package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Broker;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.lead.CannotLeadException;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.OfficeSettings;

/** How the office of Kafka's controller is taken over for as long as there is something to do, and handed back. */
class OfficeTest {
    private final OfficeCluster cluster = new OfficeCluster();

    @Test
    void theOfficeIsTakenForARequestAndHandedBackWhenAllIsDone() {
        Controller process = cluster.process(1000);
        assertThat(cluster.holder()).contains(2);
        assertThat(process.awaitsCause()).isTrue();
        assertThat(process.idle()).isTrue();

        cluster.request("{\"t\":{\"0\":[1,2]}}");
        cluster.await(() -> cluster.holder().equals(Optional.of(1000)));
        assertThat(process.idle()).isFalse();
        cluster.await(cluster.kafka::holds);

        assertThat(cluster.read("/brokers/topics/t").orElseThrow()).contains("\"0\":[1,2]");
        assertThat(process.idle()).isTrue();
        assertThat(process.leads()).isFalse();
        assertThat(cluster.kafka.epochs()).containsExactly(1, 3);
        assertThat(cluster.said)
                .containsExactly(
                        "1000 stands by without the office: nothing is in flight or waits",
                        "1000 takes the office: /admin/reassignment_requests/request_0000000000 holds a request",
                        "1000 elected 2",
                        "1000 leads",
                        "1000 has handed the office back: all is done",
                        "1000 stands by without the office: nothing is in flight or waits");
    }

    @Test
    void itIsTakenAgainForTheNextRequest() {
        cluster.process(1000);
        for (String target : List.of("[1,2]", "[0,1]")) {
            cluster.request("{\"t\":{\"0\":" + target + "}}");
            cluster.await(() -> !cluster.kafka.holds());
            cluster.await(cluster.kafka::holds);
            assertThat(cluster.read("/brokers/topics/t").orElseThrow()).contains("\"0\":" + target);
        }
        assertThat(cluster.sessions)
                .as("each ends with the office, and its watches with it")
                .hasSize(3);
    }

    @Test
    void everyBrokerIsToldOfTheEpochBeforeAnythingElse() {
        cluster.process(1000);
        cluster.request("{\"t\":{\"0\":[1,2]}}");
        cluster.await(() -> !cluster.kafka.holds());
        cluster.await(cluster.kafka::holds);

        assertThat(cluster.gateway.checked).containsExactly(List.of(0, 1, 2), List.of(0, 1, 2));
        assertThat(cluster.gateway.sent.subList(0, 3))
                .containsExactly(
                        "UpdateMetadataRequest at 2 to 0",
                        "UpdateMetadataRequest at 2 to 1",
                        "UpdateMetadataRequest at 2 to 2");
    }

    @Test
    void theListOfBrokersIsSentOnceAndReadOnceBefore() {
        cluster.process(1000);
        cluster.reads.clear();
        cluster.request("{\"t\":{\"0\":[1,2]}}");
        cluster.await(() -> !cluster.kafka.holds());
        cluster.await(cluster.kafka::holds);

        assertThat(cluster.lists).as("with no partitions").containsExactly(0, 1, 2);
        assertThat(cluster.reads)
                .filteredOn("getChildren /brokers/ids"::equals)
                .as("before, in and after the office")
                .hasSize(2);
    }

    /** All partitions are read when the office is taken; one that is to move then is watched at once, and not read before. */
    @Test
    void whatIsReadOfAPartitionInAVisit() {
        cluster.process(1000);
        cluster.reads.clear();
        cluster.request("{\"t\":{\"0\":[1,2]}}");
        cluster.await(() -> !cluster.kafka.holds());
        cluster.await(cluster.kafka::holds);

        assertThat(cluster.reads)
                .filteredOn("getData /brokers/topics/t/partitions/0/state"::equals)
                .as("watched, G2, in sync, S1, and named by a notification")
                .hasSize(5);
        assertThat(cluster.reads)
                .filteredOn("getData /brokers/topics/t/partitions/1/state"::equals)
                .hasSize(1);
    }

    /** Kafka's controller may have written {@code state} and told no broker. */
    @Test
    void whatKafkaHasWrittenIsToldAgainThoughAllWereToldBefore() {
        cluster.process(1000);
        cluster.request("{\"t\":{\"0\":[1,2]}}");
        cluster.await(() -> !cluster.kafka.holds());
        cluster.await(cluster.kafka::holds);
        cluster.commit(ZkWrite.setData(
                "/brokers/topics/t/partitions/1/state",
                "{\"version\":1,\"leader\":1,\"leader_epoch\":5,\"controller_epoch\":3,\"isr\":[0,1]}",
                ZkWrite.ANY_VERSION));

        cluster.told.clear();
        cluster.request("{\"t\":{\"0\":[0,1]}}");
        cluster.await(() -> !cluster.kafka.holds());
        cluster.await(cluster.kafka::holds);
        assertThat(cluster.told).contains("t-1 to 0: leader 1 at 5", "t-1 to 1: leader 1 at 5");
    }

    @Test
    void aRequestThatCannotBeReadIsNoCauseTwice() {
        cluster.process(1000);
        cluster.commit(ZkWrite.create("/admin/reassign_partitions", "no JSON"));
        cluster.await(() -> !cluster.kafka.holds());
        cluster.await(cluster.kafka::holds);
        cluster.pass(60);

        assertThat(cluster.read("/admin/reassign_partitions")).contains("no JSON");
        assertThat(cluster.kafka.epochs()).containsExactly(1, 3);
    }

    @Test
    void theOfficeIsNeverTakenFromAProcessThatIsNoBroker() {
        Controller first = cluster.process(1001);
        cluster.lab.hold(new TopicPartition("t", 0), 2);
        cluster.request("{\"t\":{\"0\":[1,2]}}");
        cluster.await(first::leads);
        Controller second = cluster.process(1002);
        cluster.pass(60);

        assertThat(cluster.holder()).contains(1001);
        assertThat(second.awaitsCause()).isFalse();
        assertThat(second.idle()).isFalse();
        assertThat(cluster.said)
                .filteredOn(sentence -> sentence.startsWith("1002"))
                .singleElement()
                .asString()
                .contains("stands by: /controller names 1001, which is no broker");

        first.kill();
        cluster.await(second::leads);
        assertThat(cluster.holder()).as("what the first has left in flight").contains(1002);
        cluster.lab.releaseAll();
        cluster.await(cluster.kafka::holds);
        assertThat(cluster.read("/brokers/topics/t").orElseThrow()).contains("\"0\":[1,2]");
    }

    @Test
    void ofTwoProcessesThatStandByOneActs() {
        cluster.process(1001);
        cluster.process(1002);
        cluster.request("{\"t\":{\"0\":[1,2]}}");
        cluster.await(() -> !cluster.kafka.holds());
        cluster.await(cluster.kafka::holds);
        cluster.pass(60);

        assertThat(cluster.said)
                .filteredOn(sentence -> sentence.contains("elected"))
                .hasSize(1);
        assertThat(cluster.kafka.epochs()).containsExactly(1, 3);
        assertThat(cluster.read("/brokers/topics/t").orElseThrow()).contains("\"0\":[1,2]");
    }

    @Test
    void killedInOfficeItLeavesTheOfficeToKafka() {
        Controller process = cluster.process(1000);
        cluster.lab.hold(new TopicPartition("t", 0), 2);
        cluster.request("{\"t\":{\"0\":[1,2]}}");
        cluster.await(process::leads);
        process.kill();
        cluster.await(cluster.kafka::holds);

        Controller next = cluster.process(1000);
        cluster.await(next::leads);
        assertThat(cluster.said).contains("1000 takes the office: partitions are in flight");
        cluster.lab.releaseAll();
        cluster.await(cluster.kafka::holds);
        assertThat(cluster.read("/brokers/topics/t").orElseThrow()).contains("\"0\":[1,2]");
    }

    @Test
    void stoppedInOfficeItHandsItBack() {
        cluster.office = cluster.office.with(OfficeSettings.Mode.ALWAYS);
        Controller process = cluster.process(1000);
        cluster.await(process::leads);
        cluster.pass(60);
        assertThat(cluster.holder()).as("kept although idle").contains(1000);

        CompletableFuture<Void> done = process.stop().toCompletableFuture();
        cluster.await(done::isDone);
        assertThat(done).isCompleted();
        cluster.await(cluster.kafka::holds);
        cluster.pass(60);
        assertThat(cluster.holder()).contains(2);
    }

    @Test
    void anOfficeThatWasTakenAwayIsTakenAgainOnlyForACauseAndLaterEachTime() {
        Controller process = cluster.process(1000);
        cluster.lab.hold(new TopicPartition("t", 0), 2);
        cluster.request("{\"t\":{\"0\":[1,2]}}");
        for (int seconds : List.of(10, 20, 40)) {
            cluster.await(process::leads);
            cluster.kafka.isForced();
            cluster.pass(seconds - 1);
            assertThat(cluster.kafka.holds()).as("%s s", seconds).isTrue();
            assertThat(cluster.said)
                    .contains("1000 somebody has taken the office away; it is taken again in " + seconds
                            + " s at the earliest, if there is still something to do");
            assertThat(process.awaitsCause()).isFalse();
        }
        cluster.await(process::leads);
        cluster.lab.releaseAll();
        cluster.await(cluster.kafka::holds);
        cluster.pass(600);
        assertThat(cluster.kafka.holds()).as("there is no cause any more").isTrue();
    }

    @Test
    void anOfficeThatWasHeldForLongIsTakenAgainSoon() {
        cluster.office = cluster.office.with(OfficeSettings.Mode.ALWAYS);
        Controller process = cluster.process(1000);
        for (int seconds : List.of(10, 20)) {
            cluster.await(process::leads);
            cluster.kafka.isForced();
            cluster.pass(seconds - 1);
            assertThat(cluster.kafka.holds()).as("%s s", seconds).isTrue();
        }
        cluster.await(process::leads);
        cluster.time.pass(Duration.ofMinutes(10));
        cluster.said.clear();
        cluster.kafka.isForced();
        cluster.pass(9);
        assertThat(cluster.said)
                .contains("1000 somebody has taken the office away; it is taken again in 10 s at the earliest, if there"
                        + " is still something to do");
    }

    @Test
    void aSessionThatExpiredIsNoReasonToStayAway() {
        Controller process = cluster.process(1000);
        cluster.lab.hold(new TopicPartition("t", 0), 2);
        cluster.request("{\"t\":{\"0\":[1,2]}}");
        cluster.await(process::leads);
        cluster.zooKeeper.expire(cluster.sessions.get(0));
        cluster.pass(3);
        assertThat(process.leads()).isTrue();
    }

    @Test
    void aDeleteOwedByADeadBrokerIsDoneByAVisitOnceItIsBack() {
        cluster.process(1000);
        cluster.lab.kill(1);
        cluster.request("{\"t\":{\"0\":[0,2]}}");
        cluster.await(() -> !cluster.kafka.holds());
        cluster.await(cluster.kafka::holds);
        cluster.pass(60);
        assertThat(cluster.kafka.epochs()).containsExactly(1, 3);
        assertThat(cluster.read("/admin/reassignment_deletes/1")).isPresent();

        cluster.lab.start(1, Optional.empty());
        cluster.await(() -> !cluster.kafka.holds());
        cluster.await(cluster.kafka::holds);
        assertThat(cluster.said).contains("1000 takes the office: broker 1, which is registered, owes deletes");
        assertThat(cluster.lab.disk(1)).doesNotContainKey(new TopicPartition("t", 0));
    }

    /** Its broker refuses until it is restarted, with another broker epoch. */
    @Test
    void aDeleteOwedByAFailedLogDirectoryIsNoCause() {
        cluster.process(1000);
        cluster.failDisk(new TopicPartition("t", 0), 1);
        cluster.request("{\"t\":{\"0\":[0,2]}}");
        cluster.await(() -> !cluster.kafka.holds());
        cluster.await(cluster.kafka::holds);
        cluster.pass(60);
        assertThat(cluster.kafka.epochs()).containsExactly(1, 3);
        assertThat(cluster.read("/admin/reassignment_deletes/1")).isPresent();

        cluster.lab.kill(1);
        cluster.pass(1);
        cluster.lab.start(1, Optional.empty());
        cluster.await(() -> !cluster.kafka.holds());
        cluster.await(cluster.kafka::holds);
        assertThat(cluster.read("/admin/reassignment_deletes/1")).isEmpty();
    }

    /** The first controller of a cluster makes what requesters need, in a visit of its own. */
    @Test
    void missingRootsAreMadeByAVisit() {
        cluster.commit(ZkWrite.delete(OfficeCluster.REQUESTS, ZkWrite.ANY_VERSION));
        Controller process = cluster.process(1000);
        cluster.await(cluster.kafka::holds);
        cluster.pass(60);

        assertThat(cluster.said)
                .contains("1000 takes the office: no controller has led here yet, and made the roots for requests");
        assertThat(cluster.kafka.epochs()).containsExactly(1, 3);
        assertThat(cluster.read(OfficeCluster.REQUESTS)).isPresent();
        assertThat(process.awaitsCause()).isTrue();
    }

    @Test
    void itStandsByOnceBrokersWereAsked() {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        cluster.gateway.check = brokers -> answer;
        Controller process = cluster.process(1000);
        assertThat(process.awaitsCause()).isFalse();
        answer.complete(Optional.empty());
        cluster.pass(1);
        assertThat(process.awaitsCause()).isTrue();
    }

    @Test
    void whatWaitsForKafkasOwnControllerIsNamedOnce() {
        Controller process = cluster.process(1000);
        cluster.lab.hold(new TopicPartition("t", 0), 2);
        cluster.request("{\"t\":{\"0\":[1,2]}}");
        cluster.await(process::leads);
        cluster.commit(ZkWrite.create("/admin/delete_topics", ""));
        cluster.commit(ZkWrite.create("/admin/delete_topics/gone", ""));
        cluster.commit(ZkWrite.create("/admin/preferred_replica_election", "{}"));
        cluster.pass(1);
        cluster.commit(ZkWrite.create("/admin/delete_topics/too", ""));
        cluster.pass(60);

        String reason = " waits for Kafka's own controller, whose office this one holds; it goes on once nothing is in"
                + " flight, or when this controller is stopped";
        assertThat(cluster.said)
                .containsOnlyOnce("1000 warning: /admin/delete_topics/gone: the deletion of topic 'gone'" + reason)
                .containsOnlyOnce("1000 warning: /admin/delete_topics/too: the deletion of topic 'too'" + reason)
                .containsOnlyOnce(
                        "1000 warning: /admin/preferred_replica_election: an election of preferred leaders" + reason);
    }

    @Test
    void brokersThatCannotBeCommandedLeaveTheClusterAsItIs() {
        cluster.gateway.check = brokers ->
                CompletableFuture.completedFuture(Optional.of("broker 1 speaks inter-broker protocol 2.7; set 2.6"));
        cluster.request("{\"t\":{\"0\":[1,2]}}");

        assertThatThrownBy(() -> cluster.process(1000))
                .isInstanceOf(CannotLeadException.class)
                .hasMessage("broker 1 speaks inter-broker protocol 2.7; set 2.6");
        assertThat(cluster.kafka.epochs()).containsExactly(1);
        assertThat(cluster.gateway.sent).isEmpty();
        assertThat(cluster.read("/reassign/active")).isEmpty();
    }

    @Test
    void aBrokerThatDoesNotAnswerIsAskedAgainForAWhile() {
        cluster.gateway.check = brokers -> brokers.size() < 3
                ? CompletableFuture.completedFuture(Optional.empty())
                : CompletableFuture.failedFuture(new IOException("broker 1 does not answer"));
        Controller process = cluster.process(1000);
        cluster.request("{\"t\":{\"0\":[0,2]}}");
        cluster.pass(10);
        assertThat(cluster.said)
                .containsExactly(
                        "1000 warning: broker 1 does not answer; the office is not taken, brokers are asked again"
                                + " for 30 s");
        cluster.lab.kill(1);
        cluster.await(process::leads);

        cluster.lab.start(1, Optional.empty());
        assertThatThrownBy(() -> {
                    cluster.process(1001);
                    process.kill();
                    cluster.pass(60);
                })
                .isInstanceOf(CannotLeadException.class)
                .hasMessage("broker 1 does not answer");
    }

    @Test
    void aGatewayThatNeverSaysHoldsNobodyUpForEver() {
        cluster.gateway.check = brokers -> new CompletableFuture<>();
        cluster.process(1000);
        assertThatThrownBy(() -> cluster.pass(120))
                .isInstanceOf(CannotLeadException.class)
                .hasMessageContaining("has not said for 30 s whether brokers [0, 1, 2] can be commanded");
        assertThat(cluster.kafka.holds()).isTrue();
    }

    @Test
    void aBrokerThatRegistersInOfficeAndCannotBeCommandedIsNamed() {
        Controller process = cluster.process(1000);
        cluster.lab.hold(new TopicPartition("t", 0), 2);
        cluster.request("{\"t\":{\"0\":[1,2]}}");
        cluster.await(process::leads);
        cluster.gateway.check = brokers -> CompletableFuture.completedFuture(
                brokers.stream().map(Broker::id).toList().equals(List.of(7))
                        ? Optional.of("it speaks inter-broker protocol 2.7; set 2.6")
                        : Optional.empty());
        cluster.lab.start(7, Optional.empty());
        cluster.pass(1);

        assertThat(cluster.said)
                .contains(
                        "1000 warning: broker 7 has registered and cannot be commanded: it speaks inter-broker protocol"
                                + " 2.7; set 2.6");
        assertThat(process.leads()).isTrue();
    }

    @Test
    void anIdOfABrokerIsRefused() {
        assertThatThrownBy(() -> cluster.process(1))
                .isInstanceOf(CannotLeadException.class)
                .hasMessageContaining("broker 1 is registered in /brokers/ids");
        assertThat(cluster.kafka.holds()).isTrue();
    }
}
