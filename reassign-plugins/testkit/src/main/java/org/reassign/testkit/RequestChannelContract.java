package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Mechanism;
import org.reassign.api.spi.ChannelTrait;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.StoredRequest.Invalid;
import org.reassign.api.zk.ZkSnapshot;

/**
 * What every {@link RequestChannel} has to keep. Znodes are those that its own submissions write, taken as ZooKeeper
 * would take them.
 */
public interface RequestChannelContract extends RequestSubmissionContract, RequestSettlementContract {
    @Test
    default void nothing_stored_is_no_request() {
        assertThat(channel().decode(ZkSnapshot.EMPTY)).isEmpty();
        assertThat(StoredRequests.of(channel()).decode()).isEmpty();
    }

    @Test
    default void nothing_is_thrown_for_any_bytes_and_the_refusal_is_a_sentence_that_names_the_path() {
        for (byte[] bytes : Garbage.all()) {
            StoredRequests requests = StoredRequests.of(channel()).submit(StoredRequests.request());
            String path = requests.stored().nodes().firstKey();
            requests.znodes().put(path, bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (!refusesWhatNobodyCanRead()) {
                assertThat(requests.decode())
                        .as("requests in '%s'", text)
                        .allSatisfy(incoming -> assertThat(incoming.refusal()).isEmpty());
                continue;
            }
            assertThat(requests.decode())
                    .as("requests in '%s'", text)
                    .singleElement()
                    .satisfies(incoming -> {
                        assertThat(incoming.entries())
                                .as("entries of '%s'", text)
                                .isEmpty();
                        assertThat(incoming.refusal())
                                .as("refusal of '%s'", text)
                                .isPresent();
                        assertThat(incoming.refusal().orElseThrow().sentence())
                                .contains(path)
                                .doesNotContain("\n");
                    });
            requests.settle(requests.settlements());
            assertThat(requests.stored().nodes().isEmpty())
                    .as("deletes what it refuses as a whole")
                    .isEqualTo(deletesWhatItRefusesAsAWhole());
        }
    }

    @Test
    default void a_value_that_cannot_be_read_is_a_faulty_entry_that_names_its_path_and_is_settled_like_any() {
        if (channel().values().isEmpty()) {
            return;
        }
        for (byte[] bytes : Garbage.all()) {
            StoredRequests requests = StoredRequests.of(channel()).submit(StoredRequests.request());
            String path = requests.stored().nodes().lastKey();
            requests.znodes().put(path, bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            List<Invalid> faulty = requests.decode().stream()
                    .flatMap(incoming -> incoming.entries().stream())
                    .filter(Invalid.class::isInstance)
                    .map(Invalid.class::cast)
                    .filter(entry -> entry.refusal().sentence().contains(path))
                    .toList();
            assertThat(faulty).as("faulty entries of '%s'", text).hasSize(text.equals("null") ? 0 : 1);
            requests.settle(requests.settlements());
            assertThat(requests.stored().nodes()).isEmpty();
        }
    }

    /** The controller empties a znode that it cannot delete: nothing may be replayed from it, and nothing wait for it. */
    @Test
    default void a_znode_without_any_bytes_is_nothing() {
        StoredRequests submitted = StoredRequests.of(channel()).submit(StoredRequests.request());
        for (String path : submitted.stored().nodes().keySet()) {
            StoredRequests requests = StoredRequests.of(channel()).submit(StoredRequests.request());
            int entries = requests.entries();
            boolean isParent = requests.znodes().texts().get(path).isEmpty();
            requests.znodes().put(path, "");
            assertThat(requests.decode())
                    .as("requests without the content of %s", path)
                    .allSatisfy(incoming -> assertThat(incoming.refusal()).isEmpty());
            assertThat(requests.entries() < entries
                            || isParent
                            || !channel().values().isEmpty())
                    .as("what %s asked for is gone", path)
                    .isTrue();
        }
        StoredRequests emptied = StoredRequests.of(channel()).submit(StoredRequests.request());
        emptied.stored().nodes().keySet().forEach(path -> emptied.znodes().put(path, ""));
        assertThat(emptied.decode()).isEmpty();
        emptied.submit(StoredRequests.request());
        assertThat(emptied.wanted()).isEqualTo(StoredRequests.request().targets());
    }

    @Test
    default void a_channel_of_one_znode_says_so() {
        boolean one = channel().watches().stream().anyMatch(pattern -> pattern.depth() == 0);
        assertThat(channel().traits().contains(ChannelTrait.ONE_ZNODE)).isEqualTo(one);
    }

    @Test
    default void the_mechanism_is_legacy_for_the_legacy_znode_alone() {
        boolean legacy = channel().watches().stream().anyMatch(p -> p.text().equals("/admin/reassign_partitions"));
        assertThat(channel().mechanism()).isEqualTo(legacy ? Mechanism.LEGACY : Mechanism.REQUEST);
    }
}
