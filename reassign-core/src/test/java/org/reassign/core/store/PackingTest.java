package org.reassign.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.packet.PacketSize;

/** A chunk is as large as it can be and no larger, whichever way of the connection is the narrow one. */
class PackingTest {
    private static final ZkWrite FENCE = ZkWrite.check(Fence.PATH, 1);

    @Test
    void aChunkOfLargeWritesIsBoundedByItsRequest() {
        assertTight(Collections.nCopies(400, ZkWrite.setData("/brokers/topics/t", "x".repeat(5_000), 1)));
    }

    @Test
    void aChunkOfEmptyCreationsIsBoundedByItsReplyWhichTellsMetadata() {
        List<ZkWrite> writes = Collections.nCopies(10_000, ZkWrite.createSequential("/a/n_", ""));
        assertTight(writes);
        assertThat(PacketSize.replyPart(writes.get(0), 0)).isGreaterThan(PacketSize.requestPart(writes.get(0), 0));
    }

    /** 77 bytes are answered for each, more than is sent where the connection's root is short. */
    @Test
    void aChunkOfTinyReplacementsFitsWhateverTheRootIs() {
        List<ZkWrite> writes = Collections.nCopies(15_000, ZkWrite.setData("/a", "", 1));
        assertTight(writes);
        assertThat(PacketSize.fits(writes, 0)).isFalse();
        assertThat(PacketSize.fits(first(writes), 0)).isTrue();
    }

    @Test
    void aChunkOfAllKindsOfWritesIsTight() {
        List<ZkWrite> writes = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            writes.add(ZkWrite.create("/admin/reassignments/größe-" + i, "x".repeat(i % 300)));
            writes.add(ZkWrite.setData("/brokers/topics/t/partitions/" + i + "/state", "x".repeat(i % 200), i));
            writes.add(ZkWrite.delete("/admin/reassignments/t-" + i, i));
            writes.add(ZkWrite.check("/a", i));
        }
        assertTight(writes);
        assertTight(writes.subList(3, writes.size()));
    }

    @Test
    void chunksTogetherAreAllWritesInTheirOrder() {
        List<ZkWrite> writes = Stream.iterate(0, i -> i + 1)
                .limit(20_000)
                .map(i -> ZkWrite.delete("/a/" + i, i))
                .toList();
        List<ZkWrite> sent = new ArrayList<>();
        while (sent.size() < writes.size()) {
            sent.addAll(withoutFence(first(writes.subList(sent.size(), writes.size()))));
        }
        assertThat(sent).isEqualTo(writes);
    }

    @Test
    void aWriteThatFitsNowhereIsAChunkOfItsOwn() {
        ZkWrite large = ZkWrite.create("/a", "x".repeat(ZkPort.MAX_BYTES));
        assertThat(withoutFence(first(List.of(large, ZkWrite.delete("/b", 0))))).containsExactly(large);
    }

    @Test
    void aChunkHoldsNoMoreThanItsLimit() {
        List<Op<String>> ops = ops(Collections.nCopies(10, ZkWrite.delete("/a", 0)));
        assertThat(Packing.first(FENCE, ops, 3).size()).isEqualTo(3);
    }

    @Test
    void aConditionIsSentOnceBeforeTheFirstWriteThatNeedsIt() {
        ZkWrite t = ZkWrite.check("/brokers/topics/t", 4);
        ZkWrite u = ZkWrite.check("/brokers/topics/u", 5);
        List<Op<String>> ops = List.of(
                op("/0", Optional.empty()),
                op("/1", Optional.of(t)),
                op("/2", Optional.of(u)),
                op("/3", Optional.of(t)));
        Packing packing = Packing.first(FENCE, ops, 10);

        assertThat(packing.writes())
                .containsExactly(
                        FENCE,
                        ops.get(0).write(),
                        t,
                        ops.get(1).write(),
                        u,
                        ops.get(2).write(),
                        ops.get(3).write());
        assertThat(packing.size()).isEqualTo(4);
        assertThat(packing.isCondition(4)).isTrue();
        assertThat(packing.isCondition(5)).isFalse();
        assertThat(packing.position(4)).isEqualTo(2);
        assertThat(packing.position(6)).isEqualTo(3);
    }

    @Test
    void theBytesOfConditionsCount() {
        List<Op<String>> ops = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            ops.add(op(
                    "/brokers/topics/t/partitions/" + i + "/state",
                    Optional.of(ZkWrite.check("/brokers/topics/" + i, 1))));
        }
        Packing packing = Packing.first(FENCE, ops, Integer.MAX_VALUE);
        assertThat(packing.writes()).hasSize(1 + 2 * packing.size());
        assertThat(PacketSize.fits(packing.writes(), PacketSize.LONGEST_CHROOT)).isTrue();
        assertThat(packing.size()).isLessThan(ops.size());
    }

    private static void assertTight(List<ZkWrite> writes) {
        List<ZkWrite> chunk = first(writes);
        assertThat(chunk).hasSizeBetween(2, writes.size());
        List<ZkWrite> more = new ArrayList<>(chunk);
        more.add(writes.get(chunk.size() - 1));
        assertThat(PacketSize.fits(chunk, PacketSize.LONGEST_CHROOT)).isTrue();
        assertThat(PacketSize.fits(more, PacketSize.LONGEST_CHROOT)).isFalse();
    }

    private static List<ZkWrite> first(List<ZkWrite> writes) {
        return Packing.first(FENCE, ops(writes), Integer.MAX_VALUE).writes();
    }

    private static List<ZkWrite> withoutFence(List<ZkWrite> writes) {
        return writes.subList(1, writes.size());
    }

    private static List<Op<String>> ops(List<ZkWrite> writes) {
        return writes.stream()
                .map(write -> new Op<>(Op.Phase.STATE, Set.of("owner"), write))
                .toList();
    }

    private static Op<String> op(String path, Optional<ZkWrite> condition) {
        return new Op<>(
                Op.Phase.STATE,
                Set.of(path),
                ZkWrite.setData(path, "", 1),
                condition.stream().toList());
    }
}
