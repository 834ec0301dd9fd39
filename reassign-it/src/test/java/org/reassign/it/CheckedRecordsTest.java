package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** That what is checked of records and commits can fail. */
class CheckedRecordsTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    private final WrittenRecords written = new WrittenRecords();
    private final GroupCommits commits = new GroupCommits();

    @Test
    void anAcknowledgedRecordMustComeNext() {
        written.acknowledged(ORDERS, 0);
        written.acknowledged(ORDERS, 2);
        written.check(ORDERS, 0, -1, 0);
        written.check(ORDERS, 1, 0, 2);
        written.check(ORDERS, 2, 2, 5);

        assertThatThrownBy(() -> written.check(ORDERS, 2, 0, 3)).hasMessageContaining("record 2 of orders-0");
        assertThatThrownBy(() -> written.check(ORDERS, 0, -1, 1)).hasMessageContaining("record 0 of orders-0");
    }

    @Test
    void noneMayComeTwiceOrOutOfOrder() {
        assertThatThrownBy(() -> written.check(ORDERS, 4, 3, 3)).hasMessageContaining("there twice, or out of order");
        assertThatThrownBy(() -> written.check(ORDERS, 4, 3, 2)).hasMessageContaining("there twice, or out of order");
    }

    @Test
    void aMemberStartsWhereTheGroupHasCommittedOrTriedTo() {
        commits.begin(ORDERS);
        commits.tried(ORDERS, 10, 9);
        commits.done(ORDERS, 10);
        commits.tried(ORDERS, 15, 14);

        assertThatThrownBy(() -> commits.startedAt(ORDERS, 0)).hasMessageContaining("starts at offset 0 of orders-0");
        assertThatThrownBy(() -> commits.startedAt(ORDERS, 12)).hasMessageContaining("starts at offset 12");
        assertThat(commits.startedAt(ORDERS, 15)).isEqualTo(14);
        assertThat(commits.certain(ORDERS)).isEqualTo(15);
    }
}
