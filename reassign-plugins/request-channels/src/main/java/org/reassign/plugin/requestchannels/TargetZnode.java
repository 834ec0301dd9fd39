package org.reassign.plugin.requestchannels;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.zk.PathPattern;

/**
 * A value that a notification points to: {@code /admin/reassignment_targets/T/P} with {@code
 * {"version":1,"replicas":[1,2,3]}}; {@code null} as the replicas or as the whole content cancels. {@code "answer":true} and
 * {@code "submission"} may stand there as in a request; they count for a target that none announces.
 */
final class TargetZnode {
    static final String ROOT = "/admin/reassignment_targets";
    static final PathPattern ALL = new PathPattern(ROOT + "/*/*");
    static final PathPattern PARENTS = new PathPattern(ROOT + "/*");
    private static final String REPLICAS = "replicas";

    private TargetZnode() {}

    static String parent(String topic) {
        return ROOT + "/" + topic;
    }

    static String path(TopicPartition partition) {
        return parent(partition.topic()) + "/" + partition.partition();
    }

    /** The partition of a path that matches {@link #ALL}, if it is one. */
    static Optional<TopicPartition> partition(String path) {
        String[] segments = segments(path);
        return EntryName.partition(segments[0], segments[1]);
    }

    private static String[] segments(String path) {
        return path.substring(ROOT.length() + 1).split("/", -1);
    }

    /** The entry of a znode whose path matches {@link #ALL}. */
    static StoredRequest.Entry read(String path, byte[] data) {
        String[] segments = segments(path);
        Optional<TopicPartition> partition = partition(path);
        String name = EntryName.of(segments[0], segments[1]);
        String shown = Shown.path(path);
        try {
            EntryName.requireTopicName(shown, segments[0]);
            if (partition.isEmpty()) {
                throw new Fault(
                        Code.WRONG_TYPE,
                        shown + " names no partition; write " + ROOT
                                + "/TOPIC/NUMBER, the number without leading zeros");
            }
            return new StoredRequest.Valid(partition.get(), replicas(shown, data));
        } catch (Fault fault) {
            return new StoredRequest.Invalid(name, fault.refusal());
        }
    }

    private static Optional<Replicas> replicas(String path, byte[] data) throws Fault {
        if (isNull(data)) {
            return Optional.empty();
        }
        List<JsonTree> values = RequestForm.read(path, data).all(REPLICAS);
        if (values.isEmpty()) {
            throw new Fault(
                    Code.WRONG_TYPE, path + " has no field 'replicas'; write a list of broker ids, or null to cancel");
        }
        return values.get(0) == JsonTree.Word.NULL
                ? Optional.empty()
                : Optional.of(RequestForm.replicas(path, values.get(0)));
    }

    private static boolean isNull(byte[] data) {
        try {
            return JsonTree.parse(data) == JsonTree.Word.NULL;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** The name for the answer to a target of this id. */
    static Optional<String> answer(String path, byte[] data, String id) {
        try {
            return isNull(data) ? Optional.empty() : RequestForm.answer(path, RequestForm.read(path, data), id);
        } catch (Fault unreadable) {
            return Optional.empty(); // its entry is refused, or its replicas count
        }
    }

    /** The content that asks for a target, or cancels; who has written it only where an answer is wanted. */
    static String write(Optional<Replicas> target, ReassignmentRequest request) {
        List<JsonTree.Member> members = new ArrayList<>();
        members.add(new JsonTree.Member("version", JsonTree.Num.of(1)));
        members.add(new JsonTree.Member(
                REPLICAS, target.<JsonTree>map(RequestForm::json).orElse(JsonTree.Word.NULL)));
        if (request.answer()) {
            members.addAll(RequestForm.written(request));
        }
        return new JsonTree.Obj(members).write();
    }
}
