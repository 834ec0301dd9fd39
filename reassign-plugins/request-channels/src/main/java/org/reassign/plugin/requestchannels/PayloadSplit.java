package org.reassign.plugin.requestchannels;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestSubmission.Piece;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;

/** Splits what a requester asks for into the texts of payload requests, none over the limit. */
final class PayloadSplit {
    /** The most that one request may hold, which leaves room for header, path and the reply's metadata. */
    static final int LIMIT_BYTES = ZkPort.MAX_BYTES - 48_575;

    private final List<JsonTree.Member> common;
    private final int commonBytes;
    private final ReassignmentRequest whole;
    private final List<Piece> pieces = new ArrayList<>();
    private SortedMap<TopicPartition, Optional<Replicas>> asked = new TreeMap<>();
    private List<JsonTree.Member> topics = new ArrayList<>();
    private List<JsonTree.Member> partitions = new ArrayList<>();
    private String topic = "";
    private int bytes;

    private PayloadSplit(ReassignmentRequest request) {
        whole = request;
        common = new ArrayList<>();
        common.add(new JsonTree.Member("version", JsonTree.Num.of(1)));
        common.add(new JsonTree.Member("kind", new JsonTree.Text(RequestZnodes.PAYLOAD)));
        request.requester().ifPresent(text -> common.add(new JsonTree.Member("requester", new JsonTree.Text(text))));
        request.reason().ifPresent(text -> common.add(new JsonTree.Member("reason", new JsonTree.Text(text))));
        common.addAll(RequestForm.written(request));
        commonBytes = request(List.of()).bytes();
        bytes = commonBytes;
    }

    /**
     * The requests to create, in the order of the partitions.
     *
     * @throws IllegalArgumentException where no partition is named, or one alone is over the limit
     */
    static List<Piece> of(ReassignmentRequest request) {
        RequestForm.requireSubmittable(request);
        PayloadSplit split = new PayloadSplit(request);
        request.targets().forEach(split::add);
        split.endRequest();
        return split.pieces;
    }

    private void add(TopicPartition partition, Optional<Replicas> target) {
        JsonTree value = target.<JsonTree>map(RequestForm::json).orElse(JsonTree.Word.NULL);
        JsonTree.Member entry = new JsonTree.Member(Integer.toString(partition.partition()), value);
        int entryBytes = new JsonTree.Obj(List.of(entry)).bytes();
        int topicBytes = new JsonTree.Text(partition.topic()).bytes() + "{}:,".length();
        if (commonBytes + topicBytes + entryBytes > LIMIT_BYTES) {
            throw new IllegalArgumentException("the request for " + partition + " alone would take "
                    + (commonBytes + topicBytes + entryBytes) + " bytes, and " + LIMIT_BYTES
                    + " fit into a znode; shorten reason, requester or replica list");
        }
        boolean newTopic = !partition.topic().equals(topic);
        if (bytes + entryBytes + (newTopic ? topicBytes : 0) > LIMIT_BYTES) {
            endRequest();
            newTopic = true;
        }
        if (newTopic) {
            endTopic();
            topic = partition.topic();
            bytes += topicBytes;
        }
        partitions.add(entry);
        asked.put(partition, target);
        bytes += entryBytes;
    }

    private void endTopic() {
        if (!partitions.isEmpty()) {
            topics.add(new JsonTree.Member(topic, new JsonTree.Obj(partitions)));
            partitions = new ArrayList<>();
        }
    }

    private void endRequest() {
        endTopic();
        ReassignmentRequest part = whole.asking(asked);
        ZkWrite write =
                ZkWrite.createSequential(RequestZnodes.NEXT, request(topics).write());
        pieces.add(new Piece(part, List.of(write)));
        asked = new TreeMap<>();
        topics = new ArrayList<>();
        bytes = commonBytes;
    }

    private JsonTree.Obj request(List<JsonTree.Member> assignments) {
        List<JsonTree.Member> members = new ArrayList<>(common);
        members.add(new JsonTree.Member("assignments", new JsonTree.Obj(assignments)));
        return new JsonTree.Obj(members);
    }
}
