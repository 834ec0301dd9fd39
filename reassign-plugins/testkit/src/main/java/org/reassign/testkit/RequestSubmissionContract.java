package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reassign.testkit.StoredRequests.asking;
import static org.reassign.testkit.StoredRequests.request;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.RequestSubmission;
import org.reassign.api.spi.RequestSubmission.Piece;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.spi.StoredRequest.Valid;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;

/** What a {@link RequestChannel} has to keep of its way from the requester to the controller. */
public interface RequestSubmissionContract extends RequestChannelTraits {
    private StoredRequests submitted(ReassignmentRequest request) {
        return StoredRequests.of(channel()).submit(request);
    }

    @Test
    default void requests_are_ordered_by_creation_or_by_last_change_as_it_says() {
        StoredRequests requests = submitted(request());
        Set<Long> before = zxids(requests);
        assertThat(before).hasSize(1);
        requests.stored().nodes().forEach((path, node) -> requests.znodes().put(path, node.data()));
        assertThat(zxids(requests).equals(before)).as("ordered by creation").isEqualTo(ordersByCreation());
        StoredRequests later = submitted(request());
        later.submit(asking(new TopicPartition("zebra", 0), Optional.of(Replicas.of(1))));
        assertThat(zxids(later)).anyMatch(zxid -> zxid > before.iterator().next());
    }

    private static Set<Long> zxids(StoredRequests requests) {
        return requests.decode().stream()
                .filter(incoming -> incoming.entries().stream().anyMatch(Valid.class::isInstance))
                .map(StoredRequest::zxid)
                .collect(Collectors.toSet());
    }

    @Test
    default void what_was_submitted_is_decoded() {
        StoredRequests requests = submitted(request());
        assertThat(requests.wanted()).isEqualTo(request().targets());
        assertThat(requests.decode())
                .isNotEmpty()
                .allSatisfy(incoming ->
                        assertThat(incoming.mechanism()).isEqualTo(channel().mechanism()));
    }

    @Test
    default void what_its_requests_point_to_is_all_that_is_to_be_read_while_the_controller_runs() {
        StoredRequests requests = submitted(request());
        assertThat(requests.wanted(requests.learnt())).isEqualTo(request().targets());
        assertThat(StoredRequests.of(channel()).learnt().nodes()).isEmpty();
    }

    @Test
    default void the_last_write_of_each_transaction_is_the_request_whose_id_the_answers_will_bear() {
        StoredRequests requests = submitted(request());
        List<ZkWrite> writes = requests.submission(asking(new TopicPartition("zebra", 0), Optional.of(Replicas.of(1))))
                .get(0);
        String last = writes.get(writes.size() - 1).path();
        assertThat(requests.decode())
                .allSatisfy(
                        incoming -> assertThat(incoming.id()).startsWith(last.substring(last.lastIndexOf('/') + 1)));
    }

    @Test
    default void of_two_requests_made_from_the_same_reading_neither_is_overwritten_unseen() {
        StoredRequests requests = StoredRequests.of(channel());
        TopicPartition orders = new TopicPartition("orders", 0);
        List<List<ZkWrite>> one = requests.submission(asking(orders, Optional.of(Replicas.of(1))));
        List<List<ZkWrite>> two = requests.submission(asking(orders, Optional.of(Replicas.of(2))));
        one.forEach(requests.znodes()::commit);
        int kept = two.stream().allMatch(requests.znodes()::takes) ? 2 : 1;
        assertThat(requests.decode().stream()
                        .mapToInt(incoming -> incoming.entries().size())
                        .sum())
                .as("entries of those that could be written")
                .isEqualTo(kept);
    }

    @Test
    default void requester_and_reason_arrive_if_it_says_so() {
        Optional<String> none = Optional.empty();
        assertThat(submitted(request()).decode()).isNotEmpty().allSatisfy(incoming -> {
            assertThat(incoming.requester())
                    .isEqualTo(carriesRequesterAndReason() ? request().requester() : none);
            assertThat(incoming.reason())
                    .isEqualTo(carriesRequesterAndReason() ? request().reason() : none);
        });
    }

    @Test
    default void a_cancel_arrives_or_is_refused_in_a_sentence() {
        ReassignmentRequest cancel = asking(new TopicPartition("orders", 3), Optional.empty());
        if (carriesCancels()) {
            assertThat(submitted(cancel).wanted()).isEqualTo(cancel.targets());
            return;
        }
        assertThatThrownBy(() -> submitted(cancel))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orders-3");
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
        List<Piece> pieces = channel().submission().orElseThrow().transactions(large, ZkSnapshot.EMPTY);
        assertThat(pieces)
                .hasSizeGreaterThan(1)
                .allSatisfy(piece -> assertThat(piece.writes().stream()
                                .mapToLong(write -> write.path().length() + write.data().length)
                                .sum())
                        .isLessThan(ZkPort.MAX_BYTES - RequestSubmission.MARKER_BYTES));
        SortedMap<TopicPartition, Optional<Replicas>> asked = new TreeMap<>();
        pieces.forEach(piece -> asked.putAll(piece.asked().targets()));
        assertThat(asked).isEqualTo(targets);
        assertThat(pieces.stream()
                        .mapToInt(piece -> piece.asked().targets().size())
                        .sum())
                .isEqualTo(targets.size());
        assertThat(submitted(large).wanted()).isEqualTo(targets);
    }
}
