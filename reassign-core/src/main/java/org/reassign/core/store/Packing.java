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
    /** The longest root (chroot) of a connection that is allowed for; it travels with each path. */
    static final int CHROOT_BYTES = 200;

    private static final ZkWrite FENCE = ZkWrite.check(Fence.PATH, 0);

    private Packing() {}

    /** The first writes that fit; at least one. */
    static List<ZkWrite> first(List<ZkWrite> writes) {
        long request = (long) PacketSize.REQUEST_FRAME + PacketSize.requestPart(FENCE, CHROOT_BYTES);
        long reply = (long) PacketSize.REPLY_FRAME + PacketSize.replyPart(FENCE, CHROOT_BYTES);
        int count = 0;
        for (ZkWrite write : writes) {
            request += PacketSize.requestPart(write, CHROOT_BYTES);
            reply += PacketSize.replyPart(write, CHROOT_BYTES);
            if (Math.max(request, reply) > ZkPort.MAX_BYTES && count > 0) {
                break;
            }
            count++;
        }
        return writes.subList(0, count);
    }
}
