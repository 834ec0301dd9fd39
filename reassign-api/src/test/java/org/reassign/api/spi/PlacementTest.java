package org.reassign.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.model.TopicPartition;

class PlacementTest {
    private static final Placement FLAT = new Placement.Flat("/r/m");
    private static final Placement NESTED = new Placement.Nested("/r/m");
    private static final Placement ONE = new Placement.OnePerTopic("/r/m");

    @ParameterizedTest
    @ValueSource(strings = {"orders", "-x", "-", "--", "a-0", "a.b_c", "-0", "0"})
    void aRecordsPathTellsItsTopicAndPartition(String topic) {
        TopicPartition partition = new TopicPartition(topic, 12);
        for (Placement placement : List.of(FLAT, NESTED, ONE)) {
            String path = placement.path(partition).orElseThrow();
            assertThat(placement.topic(path)).as(path).contains(topic);
            assertThat(placement.holdsRecords(path)).as(path).isTrue();
            assertThat(placement.partition(path))
                    .as(path)
                    .isEqualTo(placement == ONE ? Optional.empty() : Optional.of(partition));
        }
    }

    @Test
    void aParentBelongsToItsTopicAndHoldsNoRecord() {
        assertThat(NESTED.parent("a-0")).contains("/r/m/a-0");
        assertThat(NESTED.topic("/r/m/a-0")).contains("a-0");
        assertThat(NESTED.holdsRecords("/r/m/a-0")).isFalse();
        assertThat(FLAT.topic("/r/m/a-0")).contains("a");
        assertThat(FLAT.parent("a")).isEmpty();
        assertThat(ONE.parent("a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/r/m", "/r/m/", "/r", "/r/mm/a-0", "/r/m/a/b/c", "/brokers/topics/a-0"})
    void whatLiesElsewhereIsNoRecord(String path) {
        for (Placement placement : List.of(FLAT, NESTED, ONE, new Placement.InTopic())) {
            assertThat(placement.topic(path)).as(path).isEmpty();
            assertThat(placement.holdsRecords(path)).as(path).isFalse();
        }
    }

    @Test
    void aNumberInAnotherFormNamesNoPartition() {
        for (String number : List.of("00", "-1", "x", "", "99999999999")) {
            assertThat(FLAT.partition("/r/m/a-" + number))
                    .as(number)
                    .isNotEqualTo(Optional.of(new TopicPartition("a", 0)));
            assertThat(NESTED.partition("/r/m/a/" + number)).as(number).isEmpty();
        }
        assertThat(FLAT.partition("/r/m/a-00")).isEmpty();
    }

    @Test
    void aRootIsAnAbsolutePath() {
        assertThatThrownBy(() -> new Placement.Flat("r")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Placement.Nested("/r/")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Placement.OnePerTopic("")).isInstanceOf(IllegalArgumentException.class);
    }
}
