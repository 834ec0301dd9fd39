package org.reassign.zk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jute.BinaryOutputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.MultiOperationRecord;
import org.apache.zookeeper.MultiResponse;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.proto.GetDataResponse;
import org.apache.zookeeper.proto.ReplyHeader;
import org.apache.zookeeper.proto.RequestHeader;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.packet.PacketSize;

/** The arithmetic of packets gives what ZooKeeper's own encoding gives, to the byte. */
class PacketSizeTest {
    private static final String CHROOT = "/größe";
    private static final int CHROOT_BYTES = 8;
    private static final ZooKeeperAccess OWNED = new ZooKeeperAccess(Map.of(), Optional.empty(), true);
    private static final List<ZkWrite> WRITES = List.of(
            ZkWrite.create("/a/ä€", "text"),
            ZkWrite.createEphemeral("/b", ""),
            ZkWrite.setData("/c", "größe", 7),
            ZkWrite.delete("/d", 3),
            ZkWrite.check("/e", 1));

    @Test
    void aRequestIsAsLargeAsZooKeeperEncodesIt() throws IOException {
        MultiOperationRecord request = new MultiOperationRecord();
        long counted = PacketSize.REQUEST_FRAME;
        for (ZkWrite write : WRITES) {
            request.add(Writes.operation(below(write), OWNED.acl()));
            counted += PacketSize.requestPart(write, CHROOT_BYTES);
        }
        assertThat(counted).isEqualTo(encoded(new RequestHeader()) + encoded(request));
    }

    /** Deletions and checks are answered by a code where the transaction failed, else by nothing. */
    @Test
    void aReplyIsAsLargeAsZooKeeperEncodesIt() throws IOException {
        MultiResponse reply = new MultiResponse();
        reply.add(new OpResult.SetDataResult(new Stat()));
        reply.add(new OpResult.ErrorResult(-101));
        reply.add(new OpResult.ErrorResult(-103));
        long counted = PacketSize.REPLY_FRAME;
        for (ZkWrite write : WRITES.subList(2, 5)) {
            counted += PacketSize.replyPart(write, CHROOT_BYTES);
        }
        assertThat(counted).isEqualTo(encoded(new ReplyHeader()) + encoded(reply));
    }

    /** Whether it is numbered and whether its metadata are answered is left open, so the larger of each is counted. */
    @Test
    void theReplyToACreationIsNoLargerThanCounted() throws IOException {
        MultiResponse reply = new MultiResponse();
        reply.add(new OpResult.CreateResult(CHROOT + "/a/n_0123456789", new Stat()));
        long counted = (long) PacketSize.REPLY_FRAME
                + PacketSize.replyPart(ZkWrite.createSequential("/a/n_", "text"), CHROOT_BYTES);
        assertThat(counted).isEqualTo(encoded(new ReplyHeader()) + encoded(reply));
    }

    @Test
    void theReplyToAReadIsAsLargeAsZooKeeperEncodesIt() throws IOException {
        assertThat(PacketSize.dataReply(1_000))
                .isEqualTo(encoded(new ReplyHeader()) + encoded(new GetDataResponse(new byte[1_000], new Stat())));
    }

    private static ZkWrite below(ZkWrite write) {
        String path = CHROOT + write.path();
        if (write instanceof ZkWrite.Create create) {
            return new ZkWrite.Create(path, create.data(), create.mode());
        }
        if (write instanceof ZkWrite.SetData set) {
            return new ZkWrite.SetData(path, set.data(), set.version());
        }
        return write instanceof ZkWrite.Delete delete
                ? new ZkWrite.Delete(path, delete.version())
                : ZkWrite.check(path, ((ZkWrite.Check) write).version());
    }

    private static long encoded(Record message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        message.serialize(BinaryOutputArchive.getArchive(bytes), "message");
        return bytes.size();
    }
}
