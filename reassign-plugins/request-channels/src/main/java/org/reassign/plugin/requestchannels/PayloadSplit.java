package org.reassign.plugin.requestchannels;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.zk.ZkPort;

/** Splits what a requester asks for into the texts of payload requests, none over the limit. */
final class PayloadSplit {
    /** The most that one request may hold, which leaves room for header, path and the reply's metadata. */
    static final int LIMIT_BYTES = ZkPort.MAX_BYTES - 48_575;

    private final List<Json.Member> common;
    private final int commonBytes;
    private final List<String> texts = new ArrayList<>();
    private List<Json.Member> topics = new ArrayList<>();
    private List<Json.Member> partitions = new ArrayList<>();
    private String topic = "";
    private int bytes;

    private PayloadSplit(ReassignmentRequest request) {
        common = new ArrayList<>();
        common.add(new Json.Member("version", Json.Num.of(1)));
        common.add(new Json.Member("kind", new Json.Text(RequestZnodes.PAYLOAD)));
        request.requester().ifPresent(text -> common.add(new Json.Member("requester", new Json.Text(text))));
        request.reason().ifPresent(text -> common.add(new Json.Member("reason", new Json.Text(text))));
        commonBytes = request(List.of()).bytes();
        bytes = commonBytes;
    }

    /**
     * The texts, in the order of the partitions.
     *
     * @throws IllegalArgumentException where no partition is named, or one alone is over the limit
     */
    static List<String> of(ReassignmentRequest request) {
        RequestForm.requireSubmittable(request);
        PayloadSplit split = new PayloadSplit(request);
        request.targets().forEach(split::add);
        split.endRequest();
        return split.texts;
    }

    private void add(TopicPartition partition, Optional<Replicas> target) {
        Json value = target.<Json>map(RequestForm::json).orElse(Json.Word.NULL);
        Json.Member entry = new Json.Member(Integer.toString(partition.partition()), value);
        int entryBytes = new Json.Obj(List.of(entry)).bytes();
        int topicBytes = new Json.Text(partition.topic()).bytes() + "{}:,".length();
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
        bytes += entryBytes;
    }

    private void endTopic() {
        if (!partitions.isEmpty()) {
            topics.add(new Json.Member(topic, new Json.Obj(partitions)));
            partitions = new ArrayList<>();
        }
    }

    private void endRequest() {
        endTopic();
        texts.add(request(topics).write());
        topics = new ArrayList<>();
        bytes = commonBytes;
    }

    private Json.Obj request(List<Json.Member> assignments) {
        List<Json.Member> members = new ArrayList<>(common);
        members.add(new Json.Member("assignments", new Json.Obj(assignments)));
        return new Json.Obj(members);
    }
}
