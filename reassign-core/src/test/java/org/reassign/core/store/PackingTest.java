package org.reassign.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.packet.PacketSize;

/** A chunk is as large as it can be and no larger, whichever way of the connection is the narrow one. */
class PackingTest {
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
        assertThat(PacketSize.fits(fenced(Packing.first(writes)), 0)).isTrue();
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
            sent.addAll(Packing.first(writes.subList(sent.size(), writes.size())));
        }
        assertThat(sent).isEqualTo(writes);
    }

    @Test
    void aWriteThatFitsNowhereIsAChunkOfItsOwn() {
        ZkWrite large = ZkWrite.create("/a", "x".repeat(ZkPort.MAX_BYTES));
        assertThat(Packing.first(List.of(large, ZkWrite.delete("/b", 0)))).containsExactly(large);
    }

    private static void assertTight(List<ZkWrite> writes) {
        List<ZkWrite> chunk = Packing.first(writes);
        assertThat(chunk).hasSizeBetween(1, writes.size() - 1);
        List<ZkWrite> more = writes.subList(0, chunk.size() + 1);
        assertThat(PacketSize.fits(fenced(chunk), PacketSize.LONGEST_CHROOT)).isTrue();
        assertThat(PacketSize.fits(fenced(more), PacketSize.LONGEST_CHROOT)).isFalse();
    }

    private static List<ZkWrite> fenced(List<ZkWrite> writes) {
        return Stream.concat(Stream.of(ZkWrite.check(Fence.PATH, 1)), writes.stream())
                .toList();
    }
}
