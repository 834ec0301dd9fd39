package org.reassign.core.store;

import java.util.List;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.packet.PacketSize;

/**
 * How many writes go into one transaction: all in order whose request and reply stay below the size limit, with the
 * fence in front of them.
 */
final class Packing {
    private static final ZkWrite FENCE = ZkWrite.check(Fence.PATH, 0);

    private Packing() {}

    /** Whether ZooKeeper takes the write, even if alone, and its znode can be read again. */
    static boolean fits(ZkWrite write) {
        return PacketSize.fits(List.of(FENCE, write), PacketSize.LONGEST_CHROOT);
    }

    /** The first writes that fit; at least one. */
    static List<ZkWrite> first(List<ZkWrite> writes) {
        long request = (long) PacketSize.REQUEST_FRAME + PacketSize.requestPart(FENCE, PacketSize.LONGEST_CHROOT);
        long reply = (long) PacketSize.REPLY_FRAME + PacketSize.replyPart(FENCE, PacketSize.LONGEST_CHROOT);
        int count = 0;
        for (ZkWrite write : writes) {
            request += PacketSize.requestPart(write, PacketSize.LONGEST_CHROOT);
            reply += PacketSize.replyPart(write, PacketSize.LONGEST_CHROOT);
            if (Math.max(request, reply) > ZkPort.MAX_BYTES && count > 0) {
                break;
            }
            count++;
        }
        return writes.subList(0, count);
    }
}
