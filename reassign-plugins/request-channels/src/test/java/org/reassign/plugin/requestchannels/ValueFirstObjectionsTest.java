package org.reassign.plugin.requestchannels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.plugin.requestchannels.Stored.asked;
import static org.reassign.plugin.requestchannels.Stored.asking;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkWrite;

/** Tom Bentley's two objections to writing the value first (19 December 2017, b and c), shown and then answered. */
class ValueFirstObjectionsTest {
    private static final String TARGET = "/admin/reassignment_targets/orders/0";
    private static final ZkWrite NAMING = ZkWrite.createSequential(
            "/admin/reassignment_requests/request_",
            "{\"version\":1,\"kind\":\"names\",\"partitions\":{\"orders\":[0]}}");

    private final Stored stored = new Stored();

    static List<RequestChannel> both() {
        return List.of(new NotifyNames(), new NotifyScan());
    }

    private static String replicas(String list) {
        return "{\"version\":1,\"replicas\":" + list + "}";
    }

    /** Writes a value as the thread has it: by itself, whatever is there, and notifies only then. */
    private void blindly(String list) {
        stored.write(
                stored.node(TARGET).isEmpty()
                        ? ZkWrite.create(TARGET, replicas(list))
                        : ZkWrite.setData(TARGET, replicas(list), ZkWrite.ANY_VERSION));
    }

    @Test
    void objection_b_of_two_writers_that_do_not_look_one_loses_its_update_and_nobody_knows() {
        NotifyNames channel = new NotifyNames();
        stored.write(ZkWrite.create("/admin/reassignment_targets/orders", ""));
        blindly("[4]");
        blindly("[5]");
        stored.write(NAMING);
        stored.write(NAMING);

        assertThat(asked(channel, stored.learnt(channel)))
                .as("[4] has left no trace")
                .containsExactly("request_0000000000 orders-0 [5]");
    }

    @ParameterizedTest
    @MethodSource("both")
    void answer_to_b_the_second_of_two_that_have_read_the_same_is_told(RequestChannel channel) {
        List<ZkWrite> first = stored.submission(channel, asking(0, 4)).get(0);
        List<ZkWrite> second = stored.submission(channel, asking(0, 5)).get(0);
        stored.write(first);
        assertThat(stored.refusal(second)).contains(ZkException.Code.NODE_EXISTS);

        List<ZkWrite> third = stored.submission(channel, asking(0, 6)).get(0);
        List<ZkWrite> fourth = stored.submission(channel, asking(0, 7)).get(0);
        stored.write(third);
        assertThat(stored.refusal(fourth)).contains(ZkException.Code.BAD_VERSION);
    }

    @Test
    void answer_to_b_who_was_overwritten_knowingly_gets_an_answer() {
        NotifyNames channel = new NotifyNames();
        stored.submit(channel, asking(0, 4));
        stored.submit(channel, asking(0, 5));

        assertThat(asked(channel, stored.learnt(channel)))
                .containsExactly("request_0000000000 orders-0 OVERWRITTEN", "request_0000000001 orders-0 [5]");
    }

    @ParameterizedTest
    @MethodSource("both")
    void answer_to_b_the_controller_does_not_delete_what_was_written_since_it_read(RequestChannel channel) {
        stored.submit(channel, asking(0, 4));
        var read = stored.learnt(channel);
        List<Settlement> recorded = channel.decode(read).stream()
                .map(request -> new Settlement(
                        request.id(),
                        "orders-0",
                        ((StoredRequest.Valid) request.entries().get(0)).target()))
                .toList();
        stored.submit(channel, asking(0, 5));

        assertThat(stored.refusal(Stored.settling(channel, recorded, read))).contains(ZkException.Code.BAD_VERSION);
        assertThat(asked(channel, stored.learnt(channel))).contains("request_0000000001 orders-0 [5]");
    }

    @Test
    void objection_c_a_requester_that_dies_before_it_notifies_loses_its_update_while_a_controller_runs() {
        NotifyNames channel = new NotifyNames();
        stored.write(ZkWrite.create("/admin/reassignment_targets/orders", ""));
        blindly("[4]");

        assertThat(asked(channel, stored.learnt(channel))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("both")
    void answer_to_c_the_next_controller_finds_it(RequestChannel channel) {
        stored.write(ZkWrite.create("/admin/reassignment_targets/orders", ""));
        blindly("[4]");

        assertThat(asked(channel, stored.everything(channel))).containsExactly("orders-0@ orders-0 [4]");
    }

    @Test
    void answer_to_c_any_later_scan_finds_it() {
        NotifyScan channel = new NotifyScan();
        stored.write(ZkWrite.create("/admin/reassignment_targets/orders", ""));
        blindly("[4]");
        stored.submit(channel, asking(1, 5));

        assertThat(asked(channel, stored.learnt(channel)))
                .containsExactly("request_0000000000 orders-0 [4]", "request_0000000000 orders-1 [5]");
    }

    @ParameterizedTest
    @MethodSource("both")
    void answer_to_c_our_own_requester_has_no_moment_to_die_in(RequestChannel channel) {
        assertThat(stored.submission(channel, asking(0, 4))).singleElement().satisfies(transaction -> {
            assertThat(transaction).anyMatch(write -> write.path().equals(TARGET));
            assertThat(transaction.get(transaction.size() - 1).path())
                    .isEqualTo("/admin/reassignment_requests/request_");
        });
    }
}
