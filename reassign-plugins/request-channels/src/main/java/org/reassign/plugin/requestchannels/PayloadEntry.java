package org.reassign.plugin.requestchannels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.StoredRequest;

/** Reads the entries below {@code assignments} of a payload request. */
final class PayloadEntry {
    private PayloadEntry() {}

    /** All entries, in the order written; one that is named twice stands once, with its fault. */
    static List<StoredRequest.Entry> all(String path, JsonTree.Obj assignments) {
        Map<String, StoredRequest.Entry> entries = new LinkedHashMap<>();
        for (JsonTree.Member topic : assignments.members()) {
            if (!(topic.value() instanceof JsonTree.Obj partitions)) {
                StoredRequest.Entry faulty = wrongTopic(path, topic);
                entries.put(faulty.name(), faulty);
                continue;
            }
            for (JsonTree.Member partition : partitions.members()) {
                String name = EntryName.of(topic.name(), partition.name());
                entries.merge(name, read(path, topic.name(), partition), (first, again) -> twice(path, name));
            }
        }
        return new ArrayList<>(entries.values());
    }

    private static StoredRequest.Entry wrongTopic(String path, JsonTree.Member topic) {
        return new StoredRequest.Invalid(
                EntryName.of(topic.name(), "*"),
                new Fault(
                                Code.WRONG_TYPE,
                                path + " has " + Shown.cut(topic.value()) + " for topic '"
                                        + Shown.cut(topic.name())
                                        + "'; write an object from partition to replica list")
                        .refusal());
    }

    private static StoredRequest.Entry twice(String path, String name) {
        return new StoredRequest.Invalid(
                name,
                new Fault(Code.DUPLICATE_PARTITION, path + " names " + name + " twice; name each partition once")
                        .refusal());
    }

    private static StoredRequest.Entry read(String path, String topic, JsonTree.Member partition) {
        String name = EntryName.of(topic, partition.name());
        String where = path + ", " + name + ",";
        Optional<Integer> number = EntryName.number(partition.name());
        try {
            EntryName.requireTopicName(where, topic);
            if (number.isEmpty()) {
                throw new Fault(
                        Code.WRONG_TYPE, where + " is no partition number; write a whole number from 0 to 2147483647");
            }
            TopicPartition which = new TopicPartition(topic, number.get());
            if (partition.value() == JsonTree.Word.NULL) {
                return new StoredRequest.Valid(which, Optional.empty());
            }
            return new StoredRequest.Valid(which, Optional.of(RequestForm.replicas(where, partition.value())));
        } catch (Fault fault) {
            return new StoredRequest.Invalid(name, fault.refusal());
        }
    }

    /** The request without some of its entries; a topic of which none is left goes too. */
    static JsonTree.Obj without(JsonTree.Obj assignments, Set<String> names) {
        List<JsonTree.Member> topics = new ArrayList<>();
        for (JsonTree.Member topic : assignments.members()) {
            if (!(topic.value() instanceof JsonTree.Obj partitions)) {
                if (!names.contains(EntryName.of(topic.name(), "*"))) {
                    topics.add(topic);
                }
                continue;
            }
            List<JsonTree.Member> left = new ArrayList<>(partitions.members());
            left.removeIf(partition -> names.contains(EntryName.of(topic.name(), partition.name())));
            if (!left.isEmpty()) {
                topics.add(new JsonTree.Member(topic.name(), new JsonTree.Obj(left)));
            }
        }
        return new JsonTree.Obj(topics);
    }
}
