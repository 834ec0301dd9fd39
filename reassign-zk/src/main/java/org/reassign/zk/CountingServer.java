package org.reassign.zk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.apache.zookeeper.proto.RemoveWatchesRequest;
import org.apache.zookeeper.proto.SetDataRequest;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.ServerCnxn;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.reassign.api.spi.Placement;
import org.reassign.core.meter.Cost;
import org.reassign.core.meter.OperationType;
import org.reassign.core.meter.Tally;

/**
 * ZooKeeper's server for one machine, which counts the requests of each session before it serves them. Requests of
 * other kinds than the port's (heartbeats, watches set again after a reconnection, opening and closing) are not counted.
 */
final class CountingServer extends ZooKeeperServer {
    private final List<Placement> placements;
    private final Map<Long, Tally> tallies = new ConcurrentHashMap<>();
    private final Set<Long> refused = ConcurrentHashMap.newKeySet();

    CountingServer(Path folder, int tickMillis, List<Placement> placements) throws IOException {
        super(folder.toFile(), folder.toFile(), tickMillis);
        this.placements = placements;
    }

    Cost cost(long sessionId) {
        Tally tally = tallies.get(sessionId);
        return tally == null ? Cost.NONE : tally.cost();
    }

    /** The cost of all sessions but these. */
    Cost costOfOthers(Collection<Long> sessionIds) {
        return tallies.keySet().stream()
                .filter(id -> !sessionIds.contains(id))
                .map(this::cost)
                .reduce(Cost.NONE, Cost::plus);
    }

    void reset() {
        tallies.values().forEach(Tally::reset);
    }

    /** Lets these sessions have no connection. */
    void refuse(Collection<Long> sessionIds) {
        refused.addAll(sessionIds);
    }

    void allow(Collection<Long> sessionIds) {
        refused.removeAll(sessionIds);
    }

    @Override
    public void reopenSession(ServerCnxn connection, long sessionId, byte[] password, int timeoutMillis)
            throws IOException {
        if (refused.contains(sessionId)) {
            throw new IOException("session 0x" + Long.toHexString(sessionId) + " is to have no connection");
        }
        super.reopenSession(connection, sessionId, password, timeoutMillis);
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
            throw new IllegalStateException(
                    "a request of session 0x" + Long.toHexString(request.sessionId)
                            + " could not be decoded to be counted",
                    e);
        }
    }

    private void countTransaction(Request request) throws IOException {
        Tally tally = tally(request);
        tally.roundTrip();
        tally.transaction();
        for (Op write : request.readRequestRecord(MultiOperationRecord::new)) {
            tally.operation(typeOf(write.getType()), write.getPath());
            countData(tally, write.toRequestRecord());
        }
    }

    private void countSingle(Request request) throws IOException {
        switch (request.type) {
            case OpCode.create, OpCode.create2 -> {
                CreateRequest create = request.readRequestRecord(CreateRequest::new);
                single(request, create.getPath());
                countData(tally(request), create);
            }
            case OpCode.setData -> {
                SetDataRequest set = request.readRequestRecord(SetDataRequest::new);
                single(request, set.getPath());
                countData(tally(request), set);
            }
            case OpCode.delete ->
                single(request, request.readRequestRecord(DeleteRequest::new).getPath());
            case OpCode.getData ->
                single(request, request.readRequestRecord(GetDataRequest::new).getPath());
            case OpCode.getChildren ->
                single(
                        request,
                        request.readRequestRecord(GetChildrenRequest::new).getPath());
            case OpCode.getChildren2 ->
                single(
                        request,
                        request.readRequestRecord(GetChildren2Request::new).getPath());
            case OpCode.exists ->
                single(request, request.readRequestRecord(ExistsRequest::new).getPath());
            case OpCode.addWatch ->
                single(request, request.readRequestRecord(AddWatchRequest::new).getPath());
            case OpCode.removeWatches ->
                single(
                        request,
                        request.readRequestRecord(RemoveWatchesRequest::new).getPath());
            default -> {}
        }
    }

    private void single(Request request, String path) {
        Tally tally = tally(request);
        tally.roundTrip();
        tally.operation(typeOf(request.type), path);
    }

    private static void countData(Tally tally, Record decoded) {
        if (decoded instanceof CreateRequest create) {
            tally.written(length(create.getData()));
        }
        if (decoded instanceof SetDataRequest set) {
            tally.written(length(set.getData()));
        }
    }

    /** Kafka creates its roots with null as their data. */
    private static int length(byte[] data) {
        return data == null ? 0 : data.length;
    }

    private static OperationType typeOf(int opCode) {
        return switch (opCode) {
            case OpCode.create, OpCode.create2 -> OperationType.CREATE;
            case OpCode.setData -> OperationType.SET_DATA;
            case OpCode.delete -> OperationType.DELETE;
            case OpCode.getData -> OperationType.GET_DATA;
            case OpCode.getChildren, OpCode.getChildren2 -> OperationType.GET_CHILDREN;
            case OpCode.exists -> OperationType.EXISTS;
            case OpCode.addWatch -> OperationType.ADD_WATCH;
            case OpCode.removeWatches -> OperationType.REMOVE_WATCHES;
            case OpCode.check -> OperationType.CHECK;
            default -> throw new IllegalStateException("operation code " + opCode + " is none that the port sends");
        };
    }

    private Tally tally(Request request) {
        return tallies.computeIfAbsent(request.sessionId, id -> new Tally(placements));
    }
}
