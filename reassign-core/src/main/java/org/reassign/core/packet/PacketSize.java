package org.reassign.core.packet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;

/**
 * The sizes of packets in bytes, as ZooKeeper's jute encoding has them: integers of 4 bytes, strings and buffers behind
 * their length, a request behind 8 bytes of header, a reply behind 16, every write of a transaction behind 9 and a
 * trailer of 9. This is what is measured against {@link ZkPort#MAX_BYTES} on either side of a connection. Access is
 * counted as the longer list of those that are written: all to the creator and reading to the world, 39 bytes per
 * creation, 16 more than all to the world.
 *
 * <p>A transaction is bounded by its reply, too: setting the data of many small znodes is answered by 77 bytes for
 * each, which may be more than was sent.
 */
public final class PacketSize {
    /** A transaction's request beside its writes: header and trailer. */
    public static final int REQUEST_FRAME = 8 + 9;

    /** A transaction's reply beside its writes: header and trailer. */
    public static final int REPLY_FRAME = 16 + 9;

    /** Bytes of the longest root (chroot) of a connection that is allowed for; it travels with each path. */
    public static final int LONGEST_CHROOT = 200;

    private static final int REPLY_HEADER = 16;
    private static final int WRITE_HEADER = 9;
    private static final int STAT = 68;
    private static final int ACCESS = 4 + 16 + 23;
    private static final int SEQUENCE_NUMBER = 10;

    private PacketSize() {}

    /**
     * Whether these writes, committed together below a prefix of this many bytes, go with one request and one reply, and
     * whether what they write can be read again.
     */
    public static boolean fits(List<ZkWrite> writes, int prefixBytes) {
        return largest(writes, prefixBytes) <= ZkPort.MAX_BYTES
                && writes.stream().allMatch(write -> dataReply(write.data().length) <= ZkPort.MAX_BYTES);
    }

    /**
     * The larger one of the request and the reply of a commit.
     *
     * @param writes what is committed together
     * @param prefixBytes the length of the connection's root (chroot), which travels with each path
     */
    public static long largest(List<ZkWrite> writes, int prefixBytes) {
        long request = REQUEST_FRAME;
        long reply = REPLY_FRAME;
        for (ZkWrite write : writes) {
            request += requestPart(write, prefixBytes);
            reply += replyPart(write, prefixBytes);
        }
        return Math.max(request, reply);
    }

    /** The reply to reading a znode with this many bytes of data. */
    public static long dataReply(int dataBytes) {
        return (long) REPLY_HEADER + 4 + dataBytes + STAT;
    }

    /** What one write adds to the request of a transaction below a prefix of this many bytes. */
    public static int requestPart(ZkWrite write, int prefixBytes) {
        int path = WRITE_HEADER + prefixBytes + string(write.path());
        if (write instanceof ZkWrite.Create create) {
            return path + 4 + create.data().length + ACCESS + 4;
        }
        if (write instanceof ZkWrite.SetData set) {
            return path + 4 + set.data().length + 4;
        }
        return path + 4;
    }

    /**
     * What one write adds at most to the reply of a transaction below a prefix of this many bytes: a creation has a
     * number and metadata, a deletion or check has failed and has a code.
     */
    public static int replyPart(ZkWrite write, int prefixBytes) {
        if (write instanceof ZkWrite.Create) {
            return WRITE_HEADER + prefixBytes + string(write.path()) + SEQUENCE_NUMBER + STAT;
        }
        return write instanceof ZkWrite.SetData ? WRITE_HEADER + STAT : WRITE_HEADER + 4;
    }

    private static int string(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return 4 + text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return 4 + text.length();
    }
}
