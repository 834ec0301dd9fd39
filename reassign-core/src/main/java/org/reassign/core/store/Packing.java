package org.reassign.core.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;

/** How many writes go into one transaction: all in order that stay below the size limit with room for the fence. */
final class Packing {
    /** Type, lengths, version, ACL and mode of one write, generously; a reply's stat is no larger. */
    private static final int OVERHEAD_BYTES = 120;

    private static final int LIMIT_BYTES = ZkPort.MAX_BYTES * 9 / 10;

    private Packing() {}

    /** The first writes that fit; at least one. */
    static List<ZkWrite> first(List<ZkWrite> writes) {
        int size = 0;
        int count = 0;
        for (ZkWrite write : writes) {
            size += OVERHEAD_BYTES + write.path().getBytes(StandardCharsets.UTF_8).length + write.data().length;
            if (size > LIMIT_BYTES && count > 0) {
                break;
            }
            count++;
        }
        return writes.subList(0, count);
    }
}
