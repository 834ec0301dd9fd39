package org.reassign.plugin.requestchannels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.plugin.requestchannels.Stored.asked;
import static org.reassign.plugin.requestchannels.Stored.asking;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.zk.ZkWrite;

/** Formats of the value-first channels, and whose a target is. */
class ValueFirstTest {
    private static final String REQUEST = "/admin/reassignment_requests/request_";
    private final Stored stored = new Stored();
    private final NotifyNames names = new NotifyNames();
    private final NotifyScan scan = new NotifyScan();

    private String text(String path) {
        return stored.node(path).orElseThrow().text();
    }

    @Test
    void a_target_is_written_first_and_a_notification_names_it() {
        stored.submit(names, asking(0, 1, 2, 3));
        assertThat(text("/admin/reassignment_targets/orders/0")).isEqualTo("{\"version\":1,\"replicas\":[1,2,3]}");
        assertThat(text(REQUEST + "0000000000"))
                .isEqualTo("{\"version\":1,\"kind\":\"names\",\"partitions\":{\"orders\":[0]}}");
    }

    @Test
    void a_scan_names_nothing() {
        stored.submit(scan, asking(0));
        assertThat(text("/admin/reassignment_targets/orders/0")).isEqualTo("{\"version\":1,\"replicas\":null}");
        assertThat(text(REQUEST + "0000000000")).isEqualTo("{\"version\":1,\"kind\":\"scan\"}");
        assertThat(asked(scan, stored.learnt(scan))).containsExactly("request_0000000000 orders-0 cancel");
    }

    @Test
    void null_alone_cancels_too() {
        stored.write(
                ZkWrite.create("/admin/reassignment_targets/orders", ""),
                ZkWrite.create("/admin/reassignment_targets/orders/0", " null "));
        assertThat(asked(names, stored.everything(names))).containsExactly("orders-0@ orders-0 cancel");
    }

    @Test
    void a_target_is_ordered_by_its_last_modification() {
        stored.submit(names, asking(0, 1));
        stored.submit(names, asking(0, 2));
        long mzxid = stored.node("/admin/reassignment_targets/orders/0")
                .orElseThrow()
                .stat()
                .mzxid();
        assertThat(names.decode(stored.learnt(names)))
                .filteredOn(incoming -> incoming.id().equals("request_0000000001"))
                .singleElement()
                .extracting(StoredRequest::zxid)
                .isEqualTo(mzxid);
    }

    @Test
    void each_channel_passes_over_what_another_kind_announces() {
        stored.submit(names, asking(0, 1));
        stored.submit(scan, asking(1, 2));
        stored.submit(new Payload(), asking(2, 3));
        assertThat(asked(names, stored.everything(names))).containsExactly("request_0000000000 orders-0 [1]");
        assertThat(asked(scan, stored.everything(scan))).containsExactly("request_0000000001 orders-1 [2]");
        assertThat(asked(new Payload(), stored.everything(new Payload())))
                .containsExactly("request_0000000002 orders-2 [3]");
    }

    @Test
    void a_notification_names_no_longer_what_was_overwritten_and_is_settled() {
        stored.write(
                ZkWrite.create("/admin/reassignment_targets/orders", ""),
                ZkWrite.create("/admin/reassignment_targets/orders/0", "[1]"),
                ZkWrite.create("/admin/reassignment_targets/orders/1", "[1]"),
                ZkWrite.createSequential(
                        REQUEST,
                        "{\"version\":1,\"kind\":\"names\",\"partitions\":{\"orders\":[0,1,7.5]},\"x\":1.50}"));
        stored.submit(names, asking(0, 2));
        stored.write(Stored.settling(
                names,
                List.of(new Settlement("request_0000000000", "orders-0", Optional.empty())),
                stored.learnt(names)));

        assertThat(text(REQUEST + "0000000000"))
                .isEqualTo("{\"version\":1,\"kind\":\"names\",\"partitions\":{\"orders\":[1,7.5]},\"x\":1.50}");
        assertThat(asked(names, stored.learnt(names)))
                .contains("request_0000000000 orders-1 WRONG_TYPE", "request_0000000001 orders-0 [2]")
                .noneMatch(entry -> entry.startsWith("request_0000000000 orders-0"));
    }

    @Test
    void a_notification_with_nothing_left_to_announce_is_settled_by_its_own_id() {
        stored.write(ZkWrite.createSequential(
                REQUEST, "{\"version\":1,\"kind\":\"names\",\"partitions\":{\"orders\":[0,0,1]}}"));
        assertThat(names.decode(stored.learnt(names))).singleElement().satisfies(incoming -> {
            assertThat(incoming.entries()).isEmpty();
            assertThat(incoming.refusal()).isEmpty();
        });
        settle(names, "request_0000000000", "request_0000000000", Optional.empty());
        assertThat(stored.everything(names).nodes()).isEmpty();
    }

    @Test
    void a_notification_stays_until_all_that_it_announced_is_settled() {
        stored.submit(names, asking(0, 1));
        stored.write(ZkWrite.createSequential(REQUEST, "{\"version\":1,\"kind\":\"scan\"}"));
        settle(scan, "request_0000000001", "request_0000000001", Optional.empty());
        assertThat(asked(names, stored.learnt(names))).containsExactly("request_0000000000 orders-0 [1]");

        settle(names, "request_0000000000", "orders-0", Optional.of(Replicas.of(1)));
        assertThat(stored.everything(names).nodes()).isEmpty();
    }

    @Test
    void a_target_that_was_settled_and_is_made_anew_is_no_loss_of_the_one_before() {
        stored.write(
                ZkWrite.create("/admin/reassignment_targets/orders", ""),
                ZkWrite.create("/admin/reassignment_targets/orders/0", "{\"version\":1,\"replicas\":[1]}"),
                ZkWrite.create("/admin/reassignment_targets/orders/1", "{\"version\":1,\"replicas\":[1]}"),
                ZkWrite.createSequential(
                        REQUEST, "{\"version\":1,\"kind\":\"names\",\"partitions\":{\"orders\":[0,1]}}"));
        settle(names, "request_0000000000", "orders-0", Optional.of(Replicas.of(1)));
        stored.submit(names, asking(0, 2));

        assertThat(asked(names, stored.learnt(names)))
                .containsExactly("request_0000000000 orders-1 [1]", "request_0000000001 orders-0 [2]");
    }

    private void settle(RequestChannel channel, String request, String name, Optional<Replicas> target) {
        Settlement settlement = new Settlement(request, name, target);
        stored.write(Stored.settling(channel, List.of(settlement), stored.learnt(channel)));
    }

    @Test
    void what_names_no_partition_is_a_fault_and_the_rest_goes_on() {
        stored.submit(names, asking(0, 1));
        stored.write(ZkWrite.createSequential(
                REQUEST,
                "{\"version\":1,\"kind\":\"names\",\"partitions\":{\"orders\":[-1,\"x\"],\"other\":7,\"\":[0]}}"));
        assertThat(asked(names, stored.learnt(names)))
                .containsExactly(
                        "request_0000000000 orders-0 [1]",
                        "request_0000000001 orders-'-1' WRONG_TYPE",
                        "request_0000000001 orders-'\"x\"' WRONG_TYPE",
                        "request_0000000001 other-7 WRONG_TYPE",
                        "request_0000000001 -0 UNKNOWN_TOPIC");
    }

    @Test
    void a_notification_without_partitions_is_refused_as_a_whole() {
        stored.write(ZkWrite.createSequential(REQUEST, "{\"version\":1,\"kind\":\"names\",\"partitions\":[0]}"));
        assertThat(names.decode(stored.learnt(names)))
                .singleElement()
                .satisfies(
                        incoming -> assertThat(incoming.refusal().orElseThrow().sentence())
                                .contains("/admin/reassignment_requests/request_0000000000", "[0]"));
        assertThat(new Payload().decode(stored.learnt(new Payload()))).isEmpty();
    }

    @Test
    void a_path_that_names_no_partition_is_a_fault() {
        stored.write(
                ZkWrite.create("/admin/reassignment_targets/orders", ""),
                ZkWrite.create("/admin/reassignment_targets/orders/00", "{\"version\":1,\"replicas\":[1]}"));
        assertThat(asked(names, stored.everything(names))).containsExactly("orders-'00'@ orders-'00' WRONG_TYPE");
    }

    @Test
    void an_empty_parent_that_a_crash_left_goes_with_the_notification() {
        stored.submit(names, asking(0, 1));
        stored.write(ZkWrite.delete("/admin/reassignment_targets/orders/0", 0));
        settle(names, "request_0000000000", "request_0000000000", Optional.empty());
        assertThat(stored.everything(names).nodes()).isEmpty();
    }
}
