package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Incoming;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.Settlement.Stage;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;

/**
 * What every {@link RequestChannel} has to keep. Znodes are those that its own submissions write, taken as ZooKeeper
 * would take them.
 */
public interface RequestChannelContract {
    /** The channel, made as the host would make it. */
    RequestChannel channel();

    /** Whether a cancel can be submitted; if not, it is refused with a sentence that names the partition. */
    default boolean carriesCancels() {
        return true;
    }

    /** Whether requester and reason arrive; if not, they come as unsaid. */
    default boolean carriesRequesterAndReason() {
        return true;
    }

    /** Whether a request over ZooKeeper's limit is split; if not, it is refused with a sentence. */
    default boolean splits() {
        return true;
    }

    /** Whether an entry is settled once its record is written; if not, once it is answered. */
    default boolean settlesWhenRecorded() {
        return true;
    }

    /** Whether a request's zxid is that of its znode's creation; if not, that of its last change. */
    default boolean ordersByCreation() {
        return true;
    }

    /** Whether a request that was refused as a whole is deleted; if not, it is left for its author to mend. */
    default boolean deletesWhatItRefusesAsAWhole() {
        return true;
    }

    /** Three partitions of two topics, one with a dash and a number at its end. */
    private static ReassignmentRequest request() {
        SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>();
        targets.put(new TopicPartition("orders", 0), Optional.of(Replicas.of(4, 5, 6)));
        targets.put(new TopicPartition("orders", 10), Optional.of(Replicas.of(6)));
        targets.put(new TopicPartition("orders-1", 0), Optional.of(Replicas.of(1, 0)));
        return new ReassignmentRequest(targets, Optional.of("älice"), Optional.of("\"rack\" move"));
    }

    private static ReassignmentRequest of(TopicPartition partition, Optional<Replicas> target) {
        return new ReassignmentRequest(new TreeMap<>(Map.of(partition, target)), Optional.empty(), Optional.empty());
    }

    private StoredZnodes empty() {
        StoredZnodes znodes = new StoredZnodes();
        channel().watches().forEach(pattern -> {
            String root = pattern.root();
            znodes.makeRoot(pattern.depth() == 0 ? root.substring(0, root.lastIndexOf('/')) : root);
        });
        return znodes;
    }

    private ZkSnapshot stored(StoredZnodes znodes) {
        return znodes.matching(channel().watches());
    }

    private StoredZnodes submitted(ReassignmentRequest request) {
        StoredZnodes znodes = empty();
        submit(znodes, request);
        return znodes;
    }

    private void submit(StoredZnodes znodes, ReassignmentRequest request) {
        channel().submission(request, stored(znodes)).forEach(znodes::commit);
    }

    private SortedMap<TopicPartition, Optional<Replicas>> wanted(ZkSnapshot stored) {
        SortedMap<TopicPartition, Optional<Replicas>> wanted = new TreeMap<>();
        for (Incoming incoming : channel().decode(stored)) {
            assertThat(incoming.refusal()).isEmpty();
            for (Incoming.Entry entry : incoming.entries()) {
                assertThat(entry).isInstanceOf(Incoming.Wanted.class);
                Incoming.Wanted one = (Incoming.Wanted) entry;
                assertThat(wanted.put(one.partition(), one.target())).isNull();
            }
        }
        return wanted;
    }

    private List<Settlement> settlements(ZkSnapshot stored, Stage stage) {
        List<Settlement> settlements = new ArrayList<>();
        for (Incoming incoming : channel().decode(stored)) {
            for (Incoming.Entry entry : incoming.entries()) {
                Optional<Replicas> target =
                        entry instanceof Incoming.Wanted wanted ? wanted.target() : Optional.<Replicas>empty();
                settlements.add(new Settlement(incoming.id(), entry.name(), target, stage));
            }
            if (incoming.entries().isEmpty()) {
                settlements.add(new Settlement(incoming.id(), incoming.id(), Optional.empty(), stage));
            }
        }
        return settlements;
    }

    @Test
    default void nothing_stored_is_no_request() {
        assertThat(channel().decode(ZkSnapshot.EMPTY)).isEmpty();
        assertThat(channel().decode(stored(empty()))).isEmpty();
    }

    @Test
    default void what_was_submitted_is_decoded() {
        StoredZnodes znodes = submitted(request());
        assertThat(wanted(stored(znodes))).isEqualTo(request().targets());
        assertThat(channel().decode(stored(znodes)))
                .isNotEmpty()
                .allSatisfy(incoming ->
                        assertThat(incoming.mechanism()).isEqualTo(channel().mechanism()));
    }

    @Test
    default void requester_and_reason_arrive_if_it_says_so() {
        Optional<String> none = Optional.empty();
        assertThat(channel().decode(stored(submitted(request())))).isNotEmpty().allSatisfy(incoming -> {
            assertThat(incoming.requester())
                    .isEqualTo(carriesRequesterAndReason() ? request().requester() : none);
            assertThat(incoming.reason())
                    .isEqualTo(carriesRequesterAndReason() ? request().reason() : none);
        });
    }

    @Test
    default void a_cancel_arrives_or_is_refused_in_a_sentence() {
        ReassignmentRequest cancel = of(new TopicPartition("orders", 3), Optional.empty());
        if (carriesCancels()) {
            assertThat(wanted(stored(submitted(cancel)))).isEqualTo(cancel.targets());
            return;
        }
        assertThatThrownBy(() -> submitted(cancel))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orders-3");
    }

    @Test
    default void requests_are_ordered_by_creation_or_by_last_change_as_it_says() {
        StoredZnodes znodes = submitted(request());
        long before = onlyZxid(znodes);
        znodes.texts().forEach((path, text) -> {
            if (stored(znodes).get(path).isPresent()) {
                znodes.put(path, text);
            }
        });
        assertThat(onlyZxid(znodes) == before).as("ordered by creation").isEqualTo(ordersByCreation());
        StoredZnodes later = submitted(request());
        submit(later, of(new TopicPartition("zebra", 0), Optional.of(Replicas.of(1))));
        long newest = channel().decode(stored(later)).stream()
                .mapToLong(Incoming::zxid)
                .max()
                .orElseThrow();
        assertThat(newest).isGreaterThan(before);
    }

    private long onlyZxid(StoredZnodes znodes) {
        List<Incoming> requests = channel().decode(stored(znodes));
        assertThat(requests).hasSize(1);
        return requests.get(0).zxid();
    }

    @Test
    default void no_transaction_is_over_the_limit_and_together_they_ask_for_everything() {
        SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>();
        for (int partition = 0; partition < 60_000; partition++) {
            targets.put(
                    new TopicPartition("topic-" + partition / 1_000, partition % 1_000),
                    Optional.of(Replicas.of(partition, partition + 1, partition + 2)));
        }
        ReassignmentRequest large = new ReassignmentRequest(targets, Optional.of("alice"), Optional.empty());
        if (!splits()) {
            assertThatThrownBy(() -> submitted(large))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("bytes");
            return;
        }
        List<List<ZkWrite>> transactions = channel().submission(large, ZkSnapshot.EMPTY);
        assertThat(transactions)
                .hasSizeGreaterThan(1)
                .allSatisfy(transaction -> assertThat(transaction.stream()
                                .mapToLong(write -> write.data().length)
                                .sum())
                        .isLessThan(ZkPort.MAX_BYTES));
        assertThat(wanted(stored(submitted(large)))).isEqualTo(targets);
    }

    @Test
    default void settled_entries_are_gone_at_the_stage_that_it_says_and_leave_no_znode() {
        StoredZnodes znodes = submitted(request());
        ZkSnapshot stored = stored(znodes);
        List<ZkWrite> recorded = channel().settle(settlements(stored, Stage.RECORDED), stored);
        assertThat(recorded.isEmpty()).as("settles when recorded").isEqualTo(!settlesWhenRecorded());
        znodes.commit(channel().settle(settlements(stored, Stage.ANSWERED), stored));
        assertThat(stored(znodes).nodes()).isEmpty();
    }

    @Test
    default void entries_that_are_not_settled_stay_and_nothing_else_does() {
        StoredZnodes znodes = submitted(request());
        ZkSnapshot stored = stored(znodes);
        List<Settlement> all = settlements(stored, Stage.ANSWERED);
        for (Settlement settlement : all) {
            SortedMap<TopicPartition, Optional<Replicas>> left = wanted(stored(znodes));
            assertThat(left.keySet()).map(TopicPartition::toString).contains(settlement.name());
            left.keySet().removeIf(partition -> partition.toString().equals(settlement.name()));
            znodes.commit(channel().settle(List.of(settlement), stored(znodes)));
            assertThat(wanted(stored(znodes)))
                    .as("after settling %s", settlement)
                    .isEqualTo(left);
        }
        assertThat(stored(znodes).nodes()).isEmpty();
    }

    @Test
    default void every_write_that_settles_is_conditional() {
        ZkSnapshot stored = stored(submitted(request()));
        List<Settlement> all = settlements(stored, Stage.ANSWERED);
        List<ZkWrite> writes = new ArrayList<>(channel().settle(all, stored));
        writes.addAll(channel().settle(all.subList(0, 1), stored));
        assertThat(writes)
                .isNotEmpty()
                .allSatisfy(write -> assertThat(conditionOf(write))
                        .as("version in %s", write)
                        .isNotEqualTo(ZkWrite.ANY_VERSION));
    }

    private static int conditionOf(ZkWrite write) {
        if (write instanceof ZkWrite.SetData set) {
            return set.version();
        }
        return write instanceof ZkWrite.Delete delete ? delete.version() : ZkWrite.ANY_VERSION;
    }

    @Test
    default void what_is_not_stored_any_more_is_passed_over() {
        List<Settlement> all = settlements(stored(submitted(request())), Stage.ANSWERED);
        assertThat(channel().settle(all, ZkSnapshot.EMPTY)).isEmpty();
    }

    @Test
    default void an_entry_that_asks_for_something_else_by_now_stays() {
        StoredZnodes znodes = submitted(request());
        List<Settlement> older = settlements(stored(znodes), Stage.ANSWERED).stream()
                .map(old -> new Settlement(old.request(), old.name(), Optional.of(Replicas.of(99)), old.stage()))
                .toList();
        znodes.commit(channel().settle(older, stored(znodes)));
        assertThat(wanted(stored(znodes))).isEqualTo(request().targets());
    }

    @Test
    default void whatever_the_bytes_are_nothing_is_thrown_and_the_refusal_is_a_sentence_that_names_the_path() {
        for (byte[] bytes : Garbage.all()) {
            StoredZnodes znodes = submitted(request());
            String path = stored(znodes).nodes().firstKey();
            znodes.put(path, bytes);
            ZkSnapshot stored = stored(znodes);
            List<Incoming> requests = channel().decode(stored);
            String text = new String(bytes, StandardCharsets.UTF_8);
            assertThat(requests).as("requests in '%s'", text).singleElement().satisfies(incoming -> {
                assertThat(incoming.entries()).as("entries of '%s'", text).isEmpty();
                assertThat(incoming.refusal()).as("refusal of '%s'", text).isPresent();
                assertThat(incoming.refusal().orElseThrow().sentence())
                        .contains(path)
                        .doesNotContain("\n");
            });
            znodes.commit(channel().settle(settlements(stored, Stage.ANSWERED), stored));
            assertThat(stored(znodes).nodes().isEmpty())
                    .as("deletes what it refuses as a whole")
                    .isEqualTo(deletesWhatItRefusesAsAWhole());
        }
    }

    @Test
    default void unknown_fields_outlive_a_settlement_and_keep_their_spelling() {
        StoredZnodes znodes = submitted(request());
        String path = stored(znodes).nodes().firstKey();
        String unknown = "\"x-ticket\":{\"n\":1.50,\"twice\":1,\"twice\":2}";
        znodes.put(path, "{" + unknown + "," + znodes.texts().get(path).substring(1));
        ZkSnapshot stored = stored(znodes);
        znodes.commit(channel().settle(settlements(stored, Stage.ANSWERED).subList(0, 1), stored));
        assertThat(znodes.texts().get(path)).contains(unknown);
    }

    @Test
    default void the_mechanism_is_legacy_for_the_legacy_znode_alone() {
        boolean legacy = channel().watches().stream().anyMatch(p -> p.text().equals("/admin/reassign_partitions"));
        assertThat(channel().mechanism()).isEqualTo(legacy ? Mechanism.LEGACY : Mechanism.REQUEST);
    }
}
