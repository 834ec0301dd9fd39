package org.reassign.it;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.jute.BinaryInputArchive;
import org.apache.jute.InputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.MultiOperationRecord;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.AddWatchRequest;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.DeleteRequest;
import org.apache.zookeeper.proto.ExistsRequest;
import org.apache.zookeeper.proto.GetChildrenRequest;
import org.apache.zookeeper.proto.GetDataRequest;
import org.apache.zookeeper.proto.RemoveWatchesRequest;
import org.apache.zookeeper.proto.RequestHeader;
import org.apache.zookeeper.proto.SetDataRequest;

/**
 * A request on its way to ZooKeeper.
 *
 * @param xid by which its reply is known
 * @param operations type and path of each operation, in order; none for a heartbeat and the like
 */
record Packet(int xid, List<Operation> operations) {
    /** One operation. */
    record Operation(String type, String path) {
        /** {@code setData /brokers/topics/t/partitions/#/state}: without what differs between packets of a kind. */
        String kind() {
            return type + " " + path.replaceAll("(?<=submission_).*|[0-9]+", "#");
        }
    }

    /** Reads a request, without the length in front. */
    static Packet read(byte[] frame) throws IOException {
        InputArchive archive = BinaryInputArchive.getArchive(new ByteArrayInputStream(frame));
        RequestHeader header = new RequestHeader();
        header.deserialize(archive, "header");
        List<Operation> operations = new ArrayList<>();
        switch (header.getType()) {
            case OpCode.create, OpCode.create2 ->
                operations.add(new Operation(
                        "create", read(archive, new CreateRequest()).getPath()));
            case OpCode.setData ->
                operations.add(new Operation(
                        "setData", read(archive, new SetDataRequest()).getPath()));
            case OpCode.delete ->
                operations.add(new Operation(
                        "delete", read(archive, new DeleteRequest()).getPath()));
            case OpCode.getData ->
                operations.add(new Operation(
                        "getData", read(archive, new GetDataRequest()).getPath()));
            case OpCode.getChildren, OpCode.getChildren2 ->
                operations.add(new Operation(
                        "getChildren", read(archive, new GetChildrenRequest()).getPath()));
            case OpCode.exists ->
                operations.add(new Operation(
                        "exists", read(archive, new ExistsRequest()).getPath()));
            case OpCode.addWatch ->
                operations.add(new Operation(
                        "addWatch", read(archive, new AddWatchRequest()).getPath()));
            case OpCode.removeWatches ->
                operations.add(new Operation(
                        "removeWatches",
                        read(archive, new RemoveWatchesRequest()).getPath()));
            case OpCode.multi -> {
                for (Op operation : read(archive, new MultiOperationRecord())) {
                    operations.add(new Operation(type(operation.getType()), operation.getPath()));
                }
            }
            default -> {}
        }
        return new Packet(header.getXid(), List.copyOf(operations));
    }

    private static <T extends Record> T read(InputArchive archive, T record) throws IOException {
        record.deserialize(archive, "request");
        return record;
    }

    private static String type(int code) {
        return switch (code) {
            case OpCode.create, OpCode.create2 -> "create";
            case OpCode.setData -> "setData";
            case OpCode.delete -> "delete";
            case OpCode.check -> "check";
            default -> "operation " + code;
        };
    }

    /** The kinds of its operations, but for conditions. */
    Set<String> kinds() {
        return operations.stream()
                .filter(operation -> !operation.type().equals("check"))
                .map(Operation::kind)
                .collect(Collectors.toSet());
    }
}
