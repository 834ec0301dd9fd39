package org.reassign.plugin.requestchannels;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestSubmission.Piece;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;

/**
 * The transactions of a requester that writes values first: in each some targets, conditional on what the requester has
 * read, and behind them the notification of these. So no target is ever written that is not announced, whenever the
 * requester dies, and none is overwritten that it has not seen.
 */
final class ValueFirstSubmission {
    /** More than a write takes in a transaction beside its path and data. */
    private static final int WRITE_OVERHEAD_BYTES = 100;

    private final String kind;
    private final ReassignmentRequest request;
    private final ZkSnapshot stored;
    private final List<Piece> pieces = new ArrayList<>();
    private SortedMap<TopicPartition, Optional<Replicas>> asked = new TreeMap<>();
    private final Set<String> parents = new LinkedHashSet<>();
    private final Map<String, List<JsonTree>> named = new TreeMap<>();
    private final int emptyBytes;
    private List<ZkWrite> writes = new ArrayList<>();
    private int bytes;

    private ValueFirstSubmission(String kind, ReassignmentRequest request, ZkSnapshot stored) {
        this.kind = kind;
        this.request = request;
        this.stored = stored;
        this.emptyBytes = bytes(announcement());
        this.bytes = emptyBytes;
    }

    /** What a requester has to read before: the targets that it may overwrite, and their parents, where they have paths. */
    static List<String> reads(ReassignmentRequest request) {
        Set<String> paths = new LinkedHashSet<>();
        request.targets().keySet().stream()
                .filter(partition -> TopicPartition.isTopicName(partition.topic()))
                .forEach(partition -> {
                    paths.add(TargetZnode.parent(partition.topic()));
                    paths.add(TargetZnode.path(partition));
                });
        return List.copyOf(paths);
    }

    /**
     * The transactions, in the order of the partitions.
     *
     * @throws IllegalArgumentException where no partition is named, or one alone is over the limit
     */
    static List<Piece> of(String kind, ReassignmentRequest request, ZkSnapshot stored) {
        RequestForm.requireSubmittable(request);
        ValueFirstSubmission submission = new ValueFirstSubmission(kind, request, stored);
        request.targets().forEach(submission::add);
        submission.endTransaction();
        return submission.pieces;
    }

    private void add(TopicPartition partition, Optional<Replicas> target) {
        String text = TargetZnode.write(target, request);
        String path = TargetZnode.path(partition);
        ZkWrite value = stored.get(path)
                .map(node -> ZkWrite.setData(path, text, node.stat().version()))
                .orElseGet(() -> ZkWrite.create(path, text));
        ZkWrite parent = ZkWrite.create(TargetZnode.parent(partition.topic()), "");
        // The partition's name in the notification takes less than its path.
        int more = 2 * bytes(value) + bytes(parent);
        if (emptyBytes + more > PayloadSplit.LIMIT_BYTES) {
            throw new IllegalArgumentException("the request for " + partition + " alone would take "
                    + (emptyBytes + more) + " bytes, and " + PayloadSplit.LIMIT_BYTES
                    + " fit into a transaction; shorten reason, requester or replica list");
        }
        if (bytes + more > PayloadSplit.LIMIT_BYTES) {
            endTransaction();
        }
        if (parents.add(parent.path()) && stored.get(parent.path()).isEmpty()) {
            writes.add(parent);
        }
        writes.add(value);
        named.computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                .add(JsonTree.Num.of(partition.partition()));
        asked.put(partition, target);
        bytes += more;
    }

    private void endTransaction() {
        writes.add(announcement());
        pieces.add(new Piece(request.asking(asked), writes));
        asked = new TreeMap<>();
        writes = new ArrayList<>();
        named.clear();
        bytes = emptyBytes;
    }

    private ZkWrite announcement() {
        List<JsonTree.Member> members = new ArrayList<>();
        members.add(new JsonTree.Member("version", JsonTree.Num.of(1)));
        members.add(new JsonTree.Member("kind", new JsonTree.Text(kind)));
        if (kind.equals(RequestZnodes.NAMES)) {
            List<JsonTree.Member> topics = new ArrayList<>();
            named.forEach((topic, numbers) -> topics.add(new JsonTree.Member(topic, new JsonTree.Arr(numbers))));
            members.add(new JsonTree.Member("partitions", new JsonTree.Obj(topics)));
        }
        request.requester().ifPresent(text -> members.add(new JsonTree.Member("requester", new JsonTree.Text(text))));
        request.reason().ifPresent(text -> members.add(new JsonTree.Member("reason", new JsonTree.Text(text))));
        members.addAll(RequestForm.written(request));
        return ZkWrite.createSequential(RequestZnodes.NEXT, new JsonTree.Obj(members).write());
    }

    private static int bytes(ZkWrite write) {
        return write.path().length() + write.data().length + WRITE_OVERHEAD_BYTES;
    }
}
