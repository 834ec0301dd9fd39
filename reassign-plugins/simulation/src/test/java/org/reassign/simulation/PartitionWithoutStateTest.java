package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.Refusal.Code;

/** A request for a partition of a topic that is half created waits for its {@code state}, but not for ever. */
class PartitionWithoutStateTest {
    private static final String TOPIC = "/brokers/topics/half";
    private static final String STATE = TOPIC + "/partitions/0/state";

    private static SmallCluster asked(String channel) {
        SmallCluster cluster = new SmallCluster(channel);
        cluster.create(TOPIC, "{\"version\":1,\"partitions\":{\"0\":[0,1]}}");
        cluster.write(channel, "half", 0, "[1,2]");
        cluster.passes(30);
        assertThat(cluster.outcomes("half-0")).isEmpty();
        assertThat(cluster.outcomes("u-0")).as("the one beside it").containsExactly(Outcome.COMPLETED);
        assertThat(cluster.warnings())
                .singleElement()
                .satisfies(sentence -> Sentences.require(sentence, STATE))
                .satisfies(sentence -> assertThat(sentence).contains("half-0"));
        return cluster;
    }

    @ParameterizedTest
    @ValueSource(strings = {"payload", "legacy", "notify-names", "notify-scan"})
    void itIsRefusedAfterAMinute(String channel) {
        SmallCluster cluster = asked(channel);
        cluster.passes(35);

        assertThat(cluster.outcomes("half-0")).containsExactly(Outcome.REFUSED);
        assertThat(cluster.answer("half-0").refusal().orElseThrow()).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(Code.NO_STATE);
            Sentences.require(refusal.sentence(), STATE);
        });
        assertThat(cluster.warnings()).hasSize(1);
        cluster.ends();
    }

    @ParameterizedTest
    @ValueSource(strings = {"payload", "legacy", "notify-names", "notify-scan"})
    void itGoesOnOnceThereIsAState(String channel) {
        SmallCluster cluster = asked(channel);
        cluster.create(TOPIC + "/partitions", "");
        cluster.create(TOPIC + "/partitions/0", "");
        cluster.create(STATE, "{\"controller_epoch\":1,\"leader\":0,\"version\":1,\"leader_epoch\":0,\"isr\":[0,1]}");
        cluster.passes(40);

        assertThat(cluster.outcomes("half-0")).containsExactly(Outcome.COMPLETED);
        assertThat(cluster.read(TOPIC)).contains("\"0\":[1,2]");
        assertThat(cluster.warnings()).hasSize(1);
    }

    /** The newest is not the only one to be refused: a refused one supersedes nothing. */
    @Test
    void whatItWouldHaveSupersededIsRefusedWithIt() {
        SmallCluster cluster = asked("payload");
        cluster.request("{\"version\":1,\"kind\":\"payload\",\"assignments\":{\"half\":{\"0\":[2,0]}}}");
        cluster.passes(100);

        assertThat(cluster.outcomes("half-0")).containsExactly(Outcome.REFUSED, Outcome.REFUSED);
        cluster.ends();
    }
}
