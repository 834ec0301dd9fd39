package org.reassign.core.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.packet.PacketSize;

/**
 * The content of one transaction: the fence, then writes in order, each after its conditions, which are sent once.
 * Request and reply stay below the size limit.
 */
final class Packing {
    private static final ZkWrite FENCE = ZkWrite.check(Fence.PATH, 0);

    private final List<ZkWrite> writes = new ArrayList<>();
    /** For each write of the transaction, the position of its op. */
    private final List<Integer> positions = new ArrayList<>();

    private final Set<ZkWrite> conditions = new HashSet<>();
    private long request = PacketSize.REQUEST_FRAME;
    private long reply = PacketSize.REPLY_FRAME;
    private int size;

    private Packing() {}

    /** Whether the write with its conditions, alone, and a later read of its znode are within ZooKeeper's size limit. */
    static boolean fits(Op<?> op) {
        List<ZkWrite> writes = new ArrayList<>(List.of(FENCE));
        writes.addAll(op.conditions());
        writes.addAll(op.companions());
        writes.add(op.write());
        return PacketSize.fits(writes, PacketSize.LONGEST_CHROOT);
    }

    /** The first ops that fit after the fence: at least one, and at most {@code limit}. */
    static Packing first(ZkWrite fence, List<? extends Op<?>> ops, int limit) {
        Packing packing = new Packing();
        packing.add(fence);
        for (Op<?> op : ops) {
            if (packing.size == limit || !packing.take(op)) {
                break;
            }
        }
        return packing;
    }

    private boolean take(Op<?> op) {
        List<ZkWrite> more = new ArrayList<>(op.conditions());
        more.removeAll(conditions);
        more.addAll(op.companions());
        more.add(op.write());
        long requested = request;
        long replied = reply;
        for (ZkWrite write : more) {
            requested += PacketSize.requestPart(write, PacketSize.LONGEST_CHROOT);
            replied += PacketSize.replyPart(write, PacketSize.LONGEST_CHROOT);
        }
        if (Math.max(requested, replied) > ZkPort.MAX_BYTES && size > 0) {
            return false;
        }
        more.forEach(this::add);
        conditions.addAll(op.conditions());
        size++;
        return true;
    }

    private void add(ZkWrite write) {
        writes.add(write);
        positions.add(size);
        request += PacketSize.requestPart(write, PacketSize.LONGEST_CHROOT);
        reply += PacketSize.replyPart(write, PacketSize.LONGEST_CHROOT);
    }

    /** The writes to send. */
    List<ZkWrite> writes() {
        return writes;
    }

    /** The number of ops. */
    int size() {
        return size;
    }

    /** The position of the op that the write at this index of the transaction belongs to; not for the fence. */
    int position(int index) {
        return positions.get(index);
    }

    /** Whether the write at this index of the transaction is a condition. */
    boolean isCondition(int index) {
        return conditions.contains(writes.get(index));
    }
}
