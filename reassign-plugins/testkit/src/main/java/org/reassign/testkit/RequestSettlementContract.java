package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.SettlementWrite;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;

/** What a {@link RequestChannel} has to keep when entries have been recorded or answered. */
public interface RequestSettlementContract extends RequestChannelTraits {
    private StoredRequests submitted() {
        return StoredRequests.of(channel()).submit(StoredRequests.request());
    }

    @Test
    default void settled_entries_are_gone_and_leave_no_znode() {
        StoredRequests requests = submitted();
        requests.settle(requests.settlements());
        assertThat(requests.stored().nodes()).isEmpty();
    }

    /** So that a request that cannot be settled stops no other. */
    @Test
    default void every_write_says_which_of_the_settled_requests_it_serves() {
        StoredRequests requests = submitted();
        requests.submit(StoredRequests.asking(new TopicPartition("zebra", 0), Optional.of(Replicas.of(1))));
        List<Settlement> all = requests.settlements();
        List<String> ids = all.stream().map(Settlement::request).toList();
        List<SettlementWrite> writes = channel().settle(all, requests.stored());
        assertThat(writes)
                .isNotEmpty()
                .allSatisfy(write -> assertThat(write.requests()).isNotEmpty().isSubsetOf(ids));
        assertThat(writes.stream().flatMap(write -> write.requests().stream()).distinct())
                .containsExactlyInAnyOrderElementsOf(Set.copyOf(ids));
    }

    @Test
    default void entries_that_are_not_settled_stay_and_nothing_else_does() {
        StoredRequests requests = submitted();
        for (Settlement settlement : requests.settlements()) {
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
        List<Settlement> all = requests.settlements();
        List<SettlementWrite> writes = new ArrayList<>(channel().settle(all, stored));
        writes.addAll(channel().settle(all.subList(0, 1), stored));
        assertThat(writes)
                .extracting(SettlementWrite::write)
                .isNotEmpty()
                .allSatisfy(write -> assertThat(StoredZnodes.conditionOf(write))
                        .as("version in %s", write)
                        .isNotEqualTo(ZkWrite.ANY_VERSION));
    }

    @Test
    default void what_is_not_stored_any_more_is_passed_over() {
        List<Settlement> all = submitted().settlements();
        assertThat(channel().settle(all, ZkSnapshot.EMPTY)).isEmpty();
    }

    @Test
    default void an_entry_that_asks_for_something_else_by_now_stays() {
        StoredRequests requests = submitted();
        List<Settlement> older = requests.settlements().stream()
                .map(old -> new Settlement(old.request(), old.name(), Optional.of(Replicas.of(99))))
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
        requests.settle(requests.settlements().subList(0, 1));
        assertThat(requests.znodes().texts().get(path)).contains(unknown);
    }
}
