package org.reassign.plugin.requestchannels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;

/**
 * A request that carries no values. {@code {"version":1,"kind":"names","partitions":{"t":[0,1]}}} names the partitions
 * whose targets have been written, {@code {"version":1,"kind":"scan"}} says only that some have. {@code requester} and
 * {@code reason} may stand in both. A partition that is named twice is pointed to twice, which does no harm.
 *
 * @param path where it is
 * @param czxid when it was created
 * @param version of the znode
 * @param kind {@code names} or {@code scan}
 * @param named the partitions named; none for a scan
 * @param faulty what is named and is no partition
 * @param requester who asks, if said
 * @param reason why, if said
 * @param refusal why the whole of it cannot be read
 * @param answer the name under which its outcomes are to be kept, if they are
 */
record RequestNotification(
        String path,
        long czxid,
        int version,
        String kind,
        SortedSet<TopicPartition> named,
        List<StoredRequest.Entry> faulty,
        Optional<String> requester,
        Optional<String> reason,
        Optional<Refusal> refusal,
        Optional<String> answer) {

    String id() {
        return RequestZnodes.id(path);
    }

    /** Takes partitions out of those that it names, and keeps all else, whatever it is. */
    ZkWrite without(Set<TopicPartition> gone, ZkNode node) {
        try {
            JsonTree.Obj json = RequestForm.read(Shown.path(path), node.data());
            List<JsonTree.Member> topics = new ArrayList<>();
            for (JsonTree.Member topic : ((JsonTree.Obj) json.all("partitions").get(0)).members()) {
                topics.add(new JsonTree.Member(topic.name(), without(gone, topic)));
            }
            return ZkWrite.setData(
                    path, json.with("partitions", new JsonTree.Obj(topics)).write(), version);
        } catch (Fault fault) {
            throw new IllegalArgumentException(fault.getMessage(), fault);
        }
    }

    private static JsonTree without(Set<TopicPartition> gone, JsonTree.Member topic) {
        return topic.value() instanceof JsonTree.Arr numbers
                ? new JsonTree.Arr(numbers.items().stream()
                        .filter(number -> EntryName.partition(topic.name(), number.write())
                                .filter(gone::contains)
                                .isEmpty())
                        .toList())
                : topic.value();
    }

    /** Reads a request; empty where it is no notification, or where that cannot be told. */
    static Optional<RequestNotification> read(String path, ZkNode node) {
        String shown = Shown.path(path);
        JsonTree.Obj json;
        String kind;
        try {
            json = RequestForm.read(shown, node.data());
            kind = RequestZnodes.kind(shown, json);
        } catch (Fault payloads) {
            return Optional.empty();
        }
        if (kind.equals(RequestZnodes.PAYLOAD)) {
            return Optional.empty();
        }
        SortedSet<TopicPartition> named = new TreeSet<>();
        Map<String, StoredRequest.Entry> faulty = new LinkedHashMap<>();
        try {
            if (kind.equals(RequestZnodes.NAMES)) {
                readNames(shown, json, named, faulty);
            }
            return Optional.of(new RequestNotification(
                    path,
                    node.stat().czxid(),
                    node.stat().version(),
                    kind,
                    named,
                    List.copyOf(faulty.values()),
                    RequestForm.text(shown, json, "requester"),
                    RequestForm.text(shown, json, "reason"),
                    Optional.empty(),
                    RequestForm.answer(shown, json, RequestZnodes.id(path))));
        } catch (Fault fault) {
            return Optional.of(new RequestNotification(
                    path,
                    node.stat().czxid(),
                    node.stat().version(),
                    kind,
                    new TreeSet<>(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(fault.refusal()),
                    Optional.empty()));
        }
    }

    private static void readNames(
            String path, JsonTree.Obj json, SortedSet<TopicPartition> named, Map<String, StoredRequest.Entry> faulty)
            throws Fault {
        List<JsonTree> values = json.all("partitions");
        if (values.isEmpty() || !(values.get(0) instanceof JsonTree.Obj topics)) {
            throw new Fault(
                    Code.WRONG_TYPE,
                    path + " has " + (values.isEmpty() ? "nothing" : Shown.cut(values.get(0)))
                            + " as 'partitions'; write an object from topic to a list of partition numbers");
        }
        for (JsonTree.Member topic : topics.members()) {
            if (!(topic.value() instanceof JsonTree.Arr numbers)) {
                add(notNamed(path, topic.name(), topic.value()), faulty);
                continue;
            }
            for (JsonTree number : numbers.items()) {
                Optional<TopicPartition> partition = EntryName.partition(topic.name(), number.write());
                partition.ifPresentOrElse(named::add, () -> add(notNamed(path, topic.name(), number), faulty));
            }
        }
    }

    private static void add(StoredRequest.Entry entry, Map<String, StoredRequest.Entry> entries) {
        entries.put(entry.name(), entry);
    }

    private static StoredRequest.Entry notNamed(String path, String topic, JsonTree value) {
        String name = EntryName.of(topic, value.write());
        try {
            EntryName.requireTopicName(path + ", " + name + ",", topic);
            throw new Fault(
                    Code.WRONG_TYPE,
                    path + " names " + Shown.cut(value) + " of topic '" + topic
                            + "'; name partitions by their numbers, in a list");
        } catch (Fault fault) {
            return new StoredRequest.Invalid(name, fault.refusal());
        }
    }
}
