package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.Settlement.Stage;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;

/** What a {@link RequestChannel} has to keep when entries have been recorded or answered. */
public interface RequestSettlementContract extends RequestChannelTraits {
    private StoredRequests submitted() {
        return StoredRequests.of(channel()).submit(StoredRequests.request());
    }

    @Test
    default void settled_entries_are_gone_at_the_stage_that_it_says_and_leave_no_znode() {
        StoredRequests requests = submitted();
        List<ZkWrite> recorded = channel().settle(requests.settlements(Stage.RECORDED), requests.stored());
        assertThat(recorded.isEmpty()).as("settles when recorded").isEqualTo(!settlesWhenRecorded());
        requests.settle(requests.settlements(Stage.ANSWERED));
        assertThat(requests.stored().nodes()).isEmpty();
    }

    @Test
    default void entries_that_are_not_settled_stay_and_nothing_else_does() {
        StoredRequests requests = submitted();
        for (Settlement settlement : requests.settlements(Stage.ANSWERED)) {
            SortedMap<TopicPartition, Optional<Replicas>> left = requests.wanted();
            assertThat(left.keySet()).map(TopicPartition::toString).contains(settlement.name());
            left.keySet().removeIf(partition -> partition.toString().equals(settlement.name()));
            requests.settle(List.of(settlement));
            assertThat(requests.wanted()).as("after settling %s", settlement).isEqualTo(left);
        }
        assertThat(requests.stored().nodes()).isEmpty();
    }

    @Test
    default void every_write_that_settles_is_conditional() {
        StoredRequests requests = submitted();
        ZkSnapshot stored = requests.stored();
        List<Settlement> all = requests.settlements(Stage.ANSWERED);
        List<ZkWrite> writes = new ArrayList<>(channel().settle(all, stored));
        writes.addAll(channel().settle(all.subList(0, 1), stored));
        assertThat(writes)
                .isNotEmpty()
                .allSatisfy(write -> assertThat(StoredZnodes.conditionOf(write))
                        .as("version in %s", write)
                        .isNotEqualTo(ZkWrite.ANY_VERSION));
    }

    @Test
    default void what_is_not_stored_any_more_is_passed_over() {
        List<Settlement> all = submitted().settlements(Stage.ANSWERED);
        assertThat(channel().settle(all, ZkSnapshot.EMPTY)).isEmpty();
    }

    @Test
    default void an_entry_that_asks_for_something_else_by_now_stays() {
        StoredRequests requests = submitted();
        List<Settlement> older = requests.settlements(Stage.ANSWERED).stream()
                .map(old -> new Settlement(old.request(), old.name(), Optional.of(Replicas.of(99)), old.stage()))
                .toList();
        requests.settle(older);
        assertThat(requests.wanted()).isEqualTo(StoredRequests.request().targets());
    }

    @Test
    default void unknown_fields_outlive_a_settlement_and_keep_their_spelling() {
        StoredRequests requests = submitted();
        String path = requests.stored().nodes().firstKey();
        String unknown = "\"x-ticket\":{\"n\":1.50,\"twice\":1,\"twice\":2}";
        requests.znodes()
                .put(
                        path,
                        "{" + unknown + ","
                                + requests.znodes().texts().get(path).substring(1));
        requests.settle(requests.settlements(Stage.ANSWERED).subList(0, 1));
        assertThat(requests.znodes().texts().get(path)).contains(unknown);
    }
}
