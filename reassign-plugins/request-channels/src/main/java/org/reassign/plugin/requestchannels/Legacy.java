package org.reassign.plugin.requestchannels;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pf4j.Extension;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.spi.ChannelTrait;
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
 * The one znode {@code /admin/reassign_partitions}, as {@code kafka-reassign-partitions.sh --zookeeper} of Kafka 2.7 and
 * older writes it: {@code {"version":1,"partitions":[{"topic":"foo","partition":0,"replicas":[1,2]}]}}. All of it is one
 * request with the id {@code reassign_partitions}, ordered by the znode's mzxid. {@code log_dirs} may stand in an entry
 * if it says {@code any} only.
 *
 * <p>Settling removes an entry once it is answered and if it still asks for the same, a faulty one if it is faulty
 * still, and deletes the znode with its last entry; unknown fields of the znode and of its entries are kept. A znode
 * that cannot be read as a whole is reported and left; one without any bytes is nothing.
 *
 * <p>A submission merges into the znode. It carries neither requester nor reason, since the format has no place for
 * them, and it knows no cancel.
 */
@Extension
@PluginName(value = "legacy", description = "Requests in /admin/reassign_partitions, as Kafka has had them")
public final class Legacy implements RequestChannel, RequestSubmission {
    static final String PATH = "/admin/reassign_partitions";
    static final String ID = "reassign_partitions";

    @Override
    public Mechanism mechanism() {
        return Mechanism.LEGACY;
    }

    @Override
    public Set<ChannelTrait> traits() {
        return EnumSet.allOf(ChannelTrait.class);
    }

    @Override
    public Optional<RequestSubmission> submission() {
        return Optional.of(this);
    }

    @Override
    public List<PathPattern> watches() {
        return List.of(new PathPattern(PATH));
    }

    @Override
    public List<StoredRequest> decode(ZkSnapshot stored) {
        return stored(stored).map(Legacy::decode).stream().toList();
    }

    /** The znode, unless it has no bytes. */
    private static Optional<ZkNode> stored(ZkSnapshot stored) {
        return stored.get(PATH).filter(node -> node.data().length > 0);
    }

    private static StoredRequest decode(ZkNode node) {
        try {
            List<StoredRequest.Entry> entries = LegacyEntry.all(partitions(RequestForm.read(PATH, node.data())));
            return incoming(node, entries, Optional.empty());
        } catch (Fault fault) {
            return incoming(node, List.of(), Optional.of(fault.refusal()));
        }
    }

    private static StoredRequest incoming(ZkNode node, List<StoredRequest.Entry> entries, Optional<Refusal> refusal) {
        return new StoredRequest(
                ID, PATH, Mechanism.LEGACY, node.stat().mzxid(), Optional.empty(), Optional.empty(), entries, refusal);
    }

    private static JsonTree.Arr partitions(JsonTree.Obj request) throws Fault {
        List<JsonTree> values = request.all("partitions");
        if (values.size() == 1 && values.get(0) instanceof JsonTree.Arr partitions) {
            return partitions;
        }
        throw new Fault(
                Code.WRONG_TYPE,
                PATH + " has " + (values.isEmpty() ? "nothing" : Shown.cut(values.get(0)))
                        + " as 'partitions'; write a list of entries, or delete the znode");
    }

    @Override
    public List<SettlementWrite> settle(List<Settlement> settled, ZkSnapshot stored) {
        List<Settlement> own = settled.stream()
                .filter(settlement -> settlement.request().equals(ID))
                .toList();
        return stored(stored).filter(node -> !own.isEmpty()).flatMap(node -> settle(node, own)).stream()
                .map(write -> new SettlementWrite(Set.of(ID), write))
                .toList();
    }

    private static Optional<ZkWrite> settle(ZkNode node, List<Settlement> settled) {
        StoredRequest request = decode(node);
        int version = node.stat().version();
        Set<String> gone = SettledEntries.names(request, settled);
        if (request.refusal().isPresent()
                || gone.isEmpty() && !request.entries().isEmpty()) {
            return Optional.empty();
        }
        if (gone.size() == request.entries().size()) {
            return Optional.of(ZkWrite.delete(PATH, version));
        }
        JsonTree.Obj json = readable(node);
        JsonTree.Obj left = rewritten(json, LegacyEntry.without(entriesOf(json), gone));
        return Optional.of(ZkWrite.setData(PATH, left.write(), version));
    }

    @Override
    public List<String> reads(ReassignmentRequest request) {
        return List.of(PATH);
    }

    @Override
    public List<Piece> transactions(ReassignmentRequest request, ZkSnapshot stored) {
        RequestForm.requireSubmittable(request);
        Optional<ZkNode> node = stored.get(PATH);
        JsonTree.Obj old = stored(stored).map(Legacy::readable).orElseGet(Legacy::empty);
        String text = rewritten(old, LegacyMerge.merge(entriesOf(old), request.targets()))
                .write();
        ZkWrite write = node.map(
                        existing -> ZkWrite.setData(PATH, text, existing.stat().version()))
                .orElseGet(() -> ZkWrite.create(PATH, text));
        if (write.data().length > PayloadSplit.LIMIT_BYTES) {
            throw new IllegalArgumentException(PATH + " would take " + write.data().length + " bytes, and "
                    + PayloadSplit.LIMIT_BYTES
                    + " fit into a znode; hand in fewer partitions at a time, or use the payload channel");
        }
        return List.of(new Piece(request, List.of(write)));
    }

    private static JsonTree.Obj empty() {
        return new JsonTree.Obj(List.of(
                new JsonTree.Member("version", JsonTree.Num.of(1)),
                new JsonTree.Member("partitions", new JsonTree.Arr(List.of()))));
    }

    /** The znode's JSON; what cannot be read cannot be added to. */
    private static JsonTree.Obj readable(ZkNode node) {
        try {
            JsonTree.Obj json = RequestForm.read(PATH, node.data());
            partitions(json);
            return json;
        } catch (Fault fault) {
            throw new IllegalArgumentException("nothing can be added, since " + fault.getMessage(), fault);
        }
    }

    private static JsonTree.Arr entriesOf(JsonTree.Obj json) {
        return (JsonTree.Arr) json.all("partitions").get(0);
    }

    private static JsonTree.Obj rewritten(JsonTree.Obj json, List<JsonTree> items) {
        return json.with("partitions", new JsonTree.Arr(items));
    }
}
