package org.reassign.plugin.requestchannels;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pf4j.Extension;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.spi.PluginName;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;

/**
 * Requests that carry the assignments themselves, as KIP-236 proposes. The requester creates {@code
 * /admin/reassignment_requests/request_N}, persistent and sequential, with {@code
 * {"version":1,"kind":"payload","assignments":{"t":{"0":[1,2,3],"1":null}},"requester":"alice","reason":"rack move"}};
 * {@code null} cancels; {@code kind}, {@code requester} and {@code reason} may be absent; no {@code kind} means payload,
 * the KIP's form.
 *
 * <p>Requests of kind {@code names} and {@code scan} under the same parent are other channels' and passed over; a kind
 * that nobody knows, and what cannot be read at all, is refused here.
 *
 * <p>Settling deletes a request of which every entry is recorded or answered and rewrites any other without those,
 * keeping unknown fields. A request that was refused as a whole, or names no partition, is deleted once its settlement
 * comes under the request's own id, at whichever stage.
 *
 * <p>A submission over {@value PayloadSplit#LIMIT_BYTES} bytes is split into several requests, each a transaction of its
 * own. They are not one: some may be handed in when a requester dies.
 */
@Extension
@PluginName(value = "payload", description = "Requests that hold the assignments, as KIP-236 describes")
public final class Payload implements RequestChannel {

    @Override
    public Mechanism mechanism() {
        return Mechanism.REQUEST;
    }

    @Override
    public List<PathPattern> watches() {
        return List.of(RequestZnodes.ALL);
    }

    @Override
    public List<StoredRequest> decode(ZkSnapshot stored) {
        List<StoredRequest> requests = new ArrayList<>();
        stored.nodes().forEach((path, node) -> {
            if (RequestZnodes.ALL.matches(path)) {
                decode(path, node).ifPresent(requests::add);
            }
        });
        return requests;
    }

    private static Optional<StoredRequest> decode(String path, ZkNode node) {
        long zxid = node.stat().czxid();
        String shown = Shown.path(path);
        try {
            JsonTree.Obj request = RequestForm.read(shown, node.data());
            if (!RequestZnodes.kind(shown, request).equals(RequestZnodes.PAYLOAD)) {
                return Optional.empty();
            }
            return Optional.of(new StoredRequest(
                    RequestZnodes.id(path),
                    Mechanism.REQUEST,
                    zxid,
                    RequestForm.text(shown, request, "requester"),
                    RequestForm.text(shown, request, "reason"),
                    PayloadEntry.all(shown, assignments(shown, request)),
                    Optional.empty()));
        } catch (Fault fault) {
            return Optional.of(new StoredRequest(
                    RequestZnodes.id(path),
                    Mechanism.REQUEST,
                    zxid,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.of(fault.refusal())));
        }
    }

    private static JsonTree.Obj assignments(String path, JsonTree.Obj request) throws Fault {
        List<JsonTree> values = request.all("assignments");
        if (values.size() == 1 && values.get(0) instanceof JsonTree.Obj assignments) {
            return assignments;
        }
        throw new Fault(
                Code.WRONG_TYPE,
                path + " has " + (values.isEmpty() ? "nothing" : Shown.cut(values.get(0)))
                        + " as 'assignments'; write an object from topic to partitions");
    }

    @Override
    public List<ZkWrite> settle(List<Settlement> settled, ZkSnapshot stored) {
        Map<String, List<Settlement>> byRequest = SettledEntries.byRequest(settled);
        List<ZkWrite> writes = new ArrayList<>();
        stored.nodes().forEach((path, node) -> {
            List<Settlement> ofThis = byRequest.get(RequestZnodes.id(path));
            if (ofThis != null && RequestZnodes.ALL.matches(path)) {
                decode(path, node).ifPresent(request -> settle(path, node, request, ofThis, writes));
            }
        });
        return writes;
    }

    private static void settle(
            String path, ZkNode node, StoredRequest request, List<Settlement> settled, List<ZkWrite> writes) {
        if (request.entries().isEmpty()) {
            if (settled.stream().anyMatch(settlement -> settlement.name().equals(request.id()))) {
                writes.add(ZkWrite.delete(path, node.stat().version()));
            }
            return;
        }
        Set<String> gone = SettledEntries.names(request, settled);
        if (gone.size() == request.entries().size()) {
            writes.add(ZkWrite.delete(path, node.stat().version()));
            return;
        }
        if (!gone.isEmpty()) {
            writes.add(ZkWrite.setData(
                    path, without(path, node, gone).write(), node.stat().version()));
        }
    }

    private static JsonTree.Obj without(String path, ZkNode node, Set<String> gone) {
        try {
            List<JsonTree.Member> members = new ArrayList<>();
            for (JsonTree.Member member : RequestForm.read(path, node.data()).members()) {
                boolean entries = member.name().equals("assignments") && member.value() instanceof JsonTree.Obj;
                members.add(
                        entries
                                ? new JsonTree.Member(
                                        member.name(), PayloadEntry.without((JsonTree.Obj) member.value(), gone))
                                : member);
            }
            return new JsonTree.Obj(members);
        } catch (Fault fault) {
            throw new AssertionError("a request with entries can be read", fault);
        }
    }

    @Override
    public List<List<ZkWrite>> submission(ReassignmentRequest request, ZkSnapshot stored) {
        List<List<ZkWrite>> transactions = new ArrayList<>();
        for (String text : PayloadSplit.of(request)) {
            transactions.add(List.of(ZkWrite.createSequential(RequestZnodes.NEXT, text)));
        }
        return transactions;
    }
}
