package org.reassign.plugin.requestchannels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.StoredRequest;

/** Reads the entries below {@code partitions} of the legacy znode. */
final class LegacyEntry {
    static final String TOPIC = "topic";
    static final String PARTITION = "partition";
    static final String REPLICAS = "replicas";
    static final String LOG_DIRS = "log_dirs";
    private static final List<String> KNOWN = List.of(TOPIC, PARTITION, REPLICAS, LOG_DIRS);

    private LegacyEntry() {}

    /** All entries, in the order written; one that is named twice stands once, with its fault. */
    static List<StoredRequest.Entry> all(JsonTree.Arr partitions) {
        Map<String, StoredRequest.Entry> entries = new LinkedHashMap<>();
        for (JsonTree item : partitions.items()) {
            String name = name(item);
            StoredRequest.Entry entry = read(item);
            // A text that names no partition has its own fault; only partitions can be named twice.
            entries.merge(name, entry, (first, again) -> partition(item).isPresent() ? twice(name) : first);
        }
        return new ArrayList<>(entries.values());
    }

    private static StoredRequest.Entry twice(String name) {
        return new StoredRequest.Invalid(
                name,
                new Fault(Code.DUPLICATE_PARTITION, Legacy.PATH + " names " + name + " twice; name each partition once")
                        .refusal());
    }

    private static StoredRequest.Entry read(JsonTree item) {
        String name = name(item);
        try {
            if (item instanceof JsonTree.Obj entry
                    && entry.all(TOPIC).size() == 1
                    && entry.all(TOPIC).get(0) instanceof JsonTree.Text topic) {
                EntryName.requireTopicName(
                        Legacy.PATH + " has the entry " + Shown.cut(name) + ", which", topic.value());
            }
            if (partition(item).isEmpty() || !(item instanceof JsonTree.Obj entry)) {
                throw new Fault(
                        Code.WRONG_TYPE,
                        Legacy.PATH + " has the entry " + Shown.cut(name)
                                + "; write an object with topic, partition and replicas, each once");
            }
            return new StoredRequest.Valid(
                    partition(item).get(), Optional.of(target(Legacy.PATH + ", " + name + ",", entry)));
        } catch (Fault fault) {
            return new StoredRequest.Invalid(name, fault.refusal());
        }
    }

    private static Replicas target(String where, JsonTree.Obj entry) throws Fault {
        for (String field : KNOWN) {
            if (entry.all(field).size() > 1) {
                throw new Fault(Code.WRONG_TYPE, where + " has the field '" + field + "' twice; write it once");
            }
        }
        if (entry.all(REPLICAS).isEmpty()) {
            throw new Fault(Code.WRONG_TYPE, where + " has no field 'replicas'; write a list of broker ids");
        }
        JsonTree value = entry.all(REPLICAS).get(0);
        if (value == JsonTree.Word.NULL) {
            throw new Fault(
                    Code.WRONG_TYPE,
                    where + " has the replicas null, and the legacy channel knows no cancel;"
                            + " cancel it through another channel, or write the original list");
        }
        Replicas target = RequestForm.replicas(where, value);
        for (JsonTree logDirs : entry.all(LOG_DIRS)) {
            requireAny(where, logDirs);
        }
        return target;
    }

    private static void requireAny(String where, JsonTree logDirs) throws Fault {
        if (!(logDirs instanceof JsonTree.Arr list)) {
            throw new Fault(
                    Code.WRONG_TYPE, where + " has " + Shown.cut(logDirs) + " as 'log_dirs'; leave the field out");
        }
        for (JsonTree item : list.items()) {
            if (!item.equals(new JsonTree.Text("any"))) {
                throw new Fault(
                        Code.LOG_DIRS,
                        where + " asks for the log directory " + Shown.cut(item)
                                + ", and brokers choose theirs themselves; write \"any\", or leave 'log_dirs' out");
            }
        }
    }

    /** Which partition an item names, where it names one. */
    static Optional<TopicPartition> partition(JsonTree item) {
        if (!(item instanceof JsonTree.Obj entry)
                || entry.all(TOPIC).size() != 1
                || entry.all(PARTITION).size() != 1
                || !(entry.all(TOPIC).get(0) instanceof JsonTree.Text topic)
                || !(entry.all(PARTITION).get(0) instanceof JsonTree.Num number)) {
            return Optional.empty();
        }
        Optional<Integer> partition = number.asInt().filter(id -> id >= 0);
        return TopicPartition.isTopicName(topic.value())
                ? partition.map(id -> new TopicPartition(topic.value(), id))
                : Optional.empty();
    }

    /** {@code topic-N}, or the item's own JSON, its beginning where it is long, where it names no partition. */
    static String name(JsonTree item) {
        return partition(item).map(TopicPartition::toString).orElseGet(() -> Shown.whole(item.write()));
    }

    /** The items that are not among the named entries. */
    static List<JsonTree> without(JsonTree.Arr partitions, Set<String> names) {
        return partitions.items().stream()
                .filter(item -> !names.contains(name(item)))
                .toList();
    }

    /** An item that asks for a target, with the unknown fields of the one whose place it takes. */
    static JsonTree.Obj item(TopicPartition partition, Replicas target, Optional<JsonTree> replaced) {
        List<JsonTree.Member> members = new ArrayList<>();
        members.add(new JsonTree.Member(TOPIC, new JsonTree.Text(partition.topic())));
        members.add(new JsonTree.Member(PARTITION, JsonTree.Num.of(partition.partition())));
        members.add(new JsonTree.Member(REPLICAS, RequestForm.json(target)));
        if (replaced.orElse(JsonTree.Word.NULL) instanceof JsonTree.Obj old) {
            old.members().stream()
                    .filter(member -> !KNOWN.contains(member.name()))
                    .forEach(members::add);
        }
        return new JsonTree.Obj(members);
    }
}
