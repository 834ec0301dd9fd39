package org.reassign.plugin.requestchannels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Incoming;

/** Reads the entries below {@code assignments} of a payload request. */
final class PayloadEntry {
    private PayloadEntry() {}

    /** All entries, in the order written; one that is named twice stands once, with its fault. */
    static List<Incoming.Entry> all(String path, Json.Obj assignments) {
        Map<String, Incoming.Entry> entries = new LinkedHashMap<>();
        for (Json.Member topic : assignments.members()) {
            if (!(topic.value() instanceof Json.Obj partitions)) {
                Incoming.Entry faulty = wrongTopic(path, topic);
                entries.put(faulty.name(), faulty);
                continue;
            }
            for (Json.Member partition : partitions.members()) {
                String name = EntryName.of(topic.name(), partition.name());
                entries.merge(name, read(path, topic.name(), partition), (first, again) -> twice(path, name));
            }
        }
        return new ArrayList<>(entries.values());
    }

    private static Incoming.Entry wrongTopic(String path, Json.Member topic) {
        return new Incoming.Faulty(
                EntryName.of(topic.name(), "*"),
                new Fault(
                                Code.WRONG_TYPE,
                                path + " has " + Shown.cut(topic.value()) + " for topic '"
                                        + Shown.cut(topic.name())
                                        + "'; write an object from partition to replica list")
                        .refusal());
    }

    private static Incoming.Entry twice(String path, String name) {
        return new Incoming.Faulty(
                name,
                new Fault(Code.DUPLICATE_PARTITION, path + " names " + name + " twice; name each partition once")
                        .refusal());
    }

    private static Incoming.Entry read(String path, String topic, Json.Member partition) {
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
            if (partition.value() == Json.Word.NULL) {
                return new Incoming.Wanted(which, Optional.empty());
            }
            return new Incoming.Wanted(which, Optional.of(RequestForm.replicas(where, partition.value())));
        } catch (Fault fault) {
            return new Incoming.Faulty(name, fault.refusal());
        }
    }

    /** The request without some of its entries; a topic of which none is left goes too. */
    static Json.Obj without(Json.Obj assignments, Set<String> names) {
        List<Json.Member> topics = new ArrayList<>();
        for (Json.Member topic : assignments.members()) {
            if (!(topic.value() instanceof Json.Obj partitions)) {
                if (!names.contains(EntryName.of(topic.name(), "*"))) {
                    topics.add(topic);
                }
                continue;
            }
            List<Json.Member> left = new ArrayList<>(partitions.members());
            left.removeIf(partition -> names.contains(EntryName.of(topic.name(), partition.name())));
            if (!left.isEmpty()) {
                topics.add(new Json.Member(topic.name(), new Json.Obj(left)));
            }
        }
        return new Json.Obj(topics);
    }
}
