package org.reassign.zk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.jute.Record;
import org.apache.zookeeper.MultiOperationRecord;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.AddWatchRequest;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.DeleteRequest;
import org.apache.zookeeper.proto.ExistsRequest;
import org.apache.zookeeper.proto.GetChildren2Request;
import org.apache.zookeeper.proto.GetChildrenRequest;
import org.apache.zookeeper.proto.GetDataRequest;
import org.apache.zookeeper.proto.SetDataRequest;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.reassign.core.meter.Cost;
import org.reassign.core.meter.OperationType;
import org.reassign.core.meter.Tally;

/**
 * ZooKeeper's server for one machine, which counts the requests of each session before it serves them. Requests that
 * the port does not know (heartbeats, watches set again after a reconnection, opening and closing) are not counted.
 */
final class CountingServer extends ZooKeeperServer {
    private final Map<Long, Tally> tallies = new ConcurrentHashMap<>();

    CountingServer(Path folder, int tickMillis) throws IOException {
        super(folder.toFile(), folder.toFile(), tickMillis);
    }

    Cost cost(long sessionId) {
        Tally tally = tallies.get(sessionId);
        return tally == null ? Cost.NONE : tally.cost();
    }

    void reset() {
        tallies.values().forEach(Tally::reset);
    }

    /** A server that is part of this process needs no management beans, whose names would clash with another's. */
    @Override
    protected void registerJMX() {}

    @Override
    protected void unregisterJMX() {}

    @Override
    public void submitRequestNow(Request request) {
        count(request);
        super.submitRequestNow(request);
    }

    private void count(Request request) {
        try {
            if (request.type == OpCode.multi) {
                countTransaction(request);
                return;
            }
            countSingle(request);
        } catch (IOException e) {
            throw new IllegalStateException("a request of session 0x" + Long.toHexString(request.sessionId)
                    + " could not be decoded to be counted", e);
        }
    }

    private void countTransaction(Request request) throws IOException {
        Tally tally = tally(request);
        tally.roundTrip();
        tally.transaction();
        for (Op write : request.readRequestRecord(MultiOperationRecord::new)) {
            count(tally, write.toRequestRecord(), write.getPath());
        }
    }

    private void countSingle(Request request) throws IOException {
        switch (request.type) {
            case OpCode.create, OpCode.create2 -> single(request, request.readRequestRecord(CreateRequest::new));
            case OpCode.setData -> single(request, request.readRequestRecord(SetDataRequest::new));
            case OpCode.delete -> single(request, request.readRequestRecord(DeleteRequest::new));
            case OpCode.getData -> single(request, request.readRequestRecord(GetDataRequest::new));
            case OpCode.getChildren -> single(request, request.readRequestRecord(GetChildrenRequest::new));
            case OpCode.getChildren2 -> single(request, request.readRequestRecord(GetChildren2Request::new));
            case OpCode.exists -> single(request, request.readRequestRecord(ExistsRequest::new));
            case OpCode.addWatch -> single(request, request.readRequestRecord(AddWatchRequest::new));
            default -> {}
        }
    }

    private void single(Request request, Record decoded) {
        Tally tally = tally(request);
        tally.roundTrip();
        count(tally, decoded, pathOf(decoded));
    }

    private static void count(Tally tally, Record decoded, String path) {
        tally.operation(typeOf(decoded), path);
        if (decoded instanceof CreateRequest create) {
            tally.written(create.getData().length);
        }
        if (decoded instanceof SetDataRequest set) {
            tally.written(set.getData().length);
        }
    }

    private static OperationType typeOf(Record decoded) {
        if (decoded instanceof CreateRequest) {
            return OperationType.CREATE;
        }
        if (decoded instanceof SetDataRequest) {
            return OperationType.SET_DATA;
        }
        if (decoded instanceof DeleteRequest) {
            return OperationType.DELETE;
        }
        if (decoded instanceof GetDataRequest) {
            return OperationType.GET_DATA;
        }
        if (decoded instanceof ExistsRequest) {
            return OperationType.EXISTS;
        }
        if (decoded instanceof AddWatchRequest) {
            return OperationType.ADD_WATCH;
        }
        return decoded instanceof GetChildrenRequest || decoded instanceof GetChildren2Request
                ? OperationType.GET_CHILDREN
                : OperationType.CHECK;
    }

    private Tally tally(Request request) {
        return tallies.computeIfAbsent(request.sessionId, id -> new Tally());
    }
}
