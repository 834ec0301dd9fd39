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
import org.reassign.api.spi.RequestSubmission;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.SettlementWrite;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;

/**
 * Requests that carry the assignments themselves, as KIP-236 proposes. The requester creates {@code
 * /admin/reassignment_requests/request_N}, persistent and sequential, with {@code
 * {"version":1,"kind":"payload","assignments":{"t":{"0":[1,2,3],"1":null}},"requester":"alice","reason":"rack move"}};
 * {@code null} cancels; {@code kind}, {@code requester} and {@code reason} may be absent; {@code "submission"} is the id of the
 * submission that wrote it; {@code "answer":true} asks for the outcome of each entry to be kept under that id, or under the
 * request's where there is none ({@link org.reassign.api.model.KeptAnswer}); no {@code kind} means payload,
 * the KIP's form.
 *
 * <p>Requests of kind {@code names} and {@code scan} under the same parent are other channels' and passed over; a kind
 * that nobody knows, and what cannot be read at all, is refused here.
 *
 * <p>Settling deletes a request of which every entry is settled and rewrites any other without those,
 * keeping unknown fields. A request that was refused as a whole, or names no partition, is deleted once its settlement
 * comes under the request's own id. A znode without any bytes is nothing.
 *
 * <p>A submission over {@value PayloadSplit#LIMIT_BYTES} bytes is split into several requests, each a transaction of its
 * own. They are not one: some may be handed in when a requester dies.
 */
@Extension
@PluginName(value = "payload", description = "Requests that hold the assignments, as KIP-236 describes")
public final class Payload implements RequestChannel, RequestSubmission {

    @Override
    public Mechanism mechanism() {
        return Mechanism.REQUEST;
    }

    @Override
    public Optional<RequestSubmission> submission() {
        return Optional.of(this);
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
        if (node.data().length == 0) {
            return Optional.empty();
        }
        long zxid = node.stat().czxid();
        String shown = Shown.path(path);
        try {
            JsonTree.Obj request = RequestForm.read(shown, node.data());
            if (!RequestZnodes.kind(shown, request).equals(RequestZnodes.PAYLOAD)) {
                return Optional.empty();
            }
            return Optional.of(new StoredRequest(
                    RequestZnodes.id(path),
                    path,
                    Mechanism.REQUEST,
                    zxid,
                    RequestForm.text(shown, request, "requester"),
                    RequestForm.text(shown, request, "reason"),
                    PayloadEntry.all(shown, assignments(shown, request)),
                    Optional.empty(),
                    RequestForm.answer(shown, request, RequestZnodes.id(path))));
        } catch (Fault fault) {
            return Optional.of(new StoredRequest(
                    RequestZnodes.id(path),
                    path,
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
    public List<SettlementWrite> settle(List<Settlement> settled, ZkSnapshot stored) {
        Map<String, List<Settlement>> byRequest = SettledEntries.byRequest(settled);
        List<SettlementWrite> writes = new ArrayList<>();
        stored.nodes().forEach((path, node) -> {
            List<Settlement> ofThis = byRequest.get(RequestZnodes.id(path));
            if (ofThis != null && RequestZnodes.ALL.matches(path)) {
                decode(path, node)
                        .flatMap(request -> settle(path, node, request, ofThis))
                        .map(write -> new SettlementWrite(Set.of(RequestZnodes.id(path)), write))
                        .ifPresent(writes::add);
            }
        });
        return writes;
    }

    private static Optional<ZkWrite> settle(String path, ZkNode node, StoredRequest request, List<Settlement> settled) {
        int version = node.stat().version();
        Set<String> gone = SettledEntries.names(request, settled);
        boolean all = request.entries().isEmpty()
                ? settled.stream().anyMatch(settlement -> settlement.name().equals(request.id()))
                : gone.size() == request.entries().size();
        if (all) {
            return Optional.of(ZkWrite.delete(path, version));
        }
        return gone.isEmpty()
                ? Optional.empty()
                : Optional.of(ZkWrite.setData(path, without(path, node, gone).write(), version));
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
    public List<Piece> transactions(ReassignmentRequest request, ZkSnapshot stored) {
        return PayloadSplit.of(request);
    }
}
