package org.reassign.plugin.requestchannels;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.RequestSubmission;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.SettlementWrite;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.client.Requester;

/** A requester that another one overtakes between two pieces asks again for what it has not written, and no more. */
class OvertakenRequesterTest {
    private static final NotifyNames NAMES = new NotifyNames();

    private final Stored stored = new Stored();
    private final List<Integer> asked = new ArrayList<>();

    @Test
    void asks_again_for_what_it_has_not_written() {
        SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>();
        for (int partition = 0; partition < 4_000; partition++) {
            targets.put(new TopicPartition("orders", partition), Optional.of(Replicas.of(1, 2, 3)));
        }
        ReassignmentRequest request = new ReassignmentRequest(targets, Optional.empty(), Optional.empty());
        int first = NAMES.transactions(request, ZkSnapshot.EMPTY)
                .get(0)
                .asked()
                .targets()
                .size();
        List<String> ids = new Requester(stored.port(), new Overtaken())
                .submit(request)
                .toCompletableFuture()
                .join();

        assertThat(first).isLessThan(4_000);
        assertThat(asked).containsExactly(4_000, 4_000 - first);
        assertThat(ids).hasSize(2);
        assertThat(Stored.asked(NAMES, stored.learnt(NAMES)))
                .filteredOn(entry -> entry.contains("OVERWRITTEN"))
                .as("only the other requester's value was overwritten")
                .isEmpty();
    }

    @Test
    void a_channel_that_is_read_only_says_so() {
        RequestChannel readOnly = new Overtaken() {
            @Override
            public Optional<RequestSubmission> submission() {
                return Optional.empty();
            }
        };
        assertThat(new Requester(stored.port(), readOnly).submit(Stored.asking(0, 1)))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("read only");
    }

    /** The channel, with somebody who writes the last partition's target after the requester's first reading. */
    private class Overtaken implements RequestChannel, RequestSubmission {
        @Override
        public List<Piece> transactions(ReassignmentRequest request, ZkSnapshot read) {
            asked.add(request.targets().size());
            if (asked.size() == 1) {
                stored.write(
                        ZkWrite.create("/admin/reassignment_targets/orders", ""),
                        ZkWrite.create("/admin/reassignment_targets/orders/3999", "null"));
                return NAMES.transactions(request, beforeIt(request));
            }
            return NAMES.transactions(request, read);
        }

        /** What the requester has read: the parent is there already, so that its first piece is taken. */
        private ZkSnapshot beforeIt(ReassignmentRequest request) {
            SortedMap<String, ZkNode> nodes =
                    new TreeMap<>(stored.everything(NAMES).nodes());
            nodes.remove(TargetZnode.path(request.targets().lastKey()));
            return new ZkSnapshot(nodes);
        }

        @Override
        public List<String> reads(ReassignmentRequest request) {
            return NAMES.reads(request);
        }

        @Override
        public Mechanism mechanism() {
            return NAMES.mechanism();
        }

        @Override
        public Optional<RequestSubmission> submission() {
            return Optional.of(this);
        }

        @Override
        public List<PathPattern> watches() {
            return NAMES.watches();
        }

        @Override
        public List<StoredRequest> decode(ZkSnapshot read) {
            return NAMES.decode(read);
        }

        @Override
        public List<SettlementWrite> settle(List<Settlement> settled, ZkSnapshot read) {
            return NAMES.settle(settled, read);
        }
    }
}
