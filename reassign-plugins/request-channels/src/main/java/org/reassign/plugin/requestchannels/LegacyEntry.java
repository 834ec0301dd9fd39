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
import org.reassign.api.spi.Incoming;

/** Reads the entries below {@code partitions} of the legacy znode. */
final class LegacyEntry {
    static final String TOPIC = "topic";
    static final String PARTITION = "partition";
    static final String REPLICAS = "replicas";
    static final String LOG_DIRS = "log_dirs";
    private static final List<String> KNOWN = List.of(TOPIC, PARTITION, REPLICAS, LOG_DIRS);

    private LegacyEntry() {}

    /** All entries, in the order written; one that is named twice stands once, with its fault. */
    static List<Incoming.Entry> all(Json.Arr partitions) {
        Map<String, Incoming.Entry> entries = new LinkedHashMap<>();
        for (Json item : partitions.items()) {
            String name = name(item);
            Incoming.Entry entry = read(item);
            // A text that names no partition has its own fault; only partitions can be named twice.
            entries.merge(name, entry, (first, again) -> partition(item).isPresent() ? twice(name) : first);
        }
        return new ArrayList<>(entries.values());
    }

    private static Incoming.Entry twice(String name) {
        return new Incoming.Faulty(
                name,
                new Fault(Code.DUPLICATE_PARTITION, Legacy.PATH + " names " + name + " twice; name each partition once")
                        .refusal());
    }

    private static Incoming.Entry read(Json item) {
        String name = name(item);
        try {
            if (item instanceof Json.Obj entry
                    && entry.all(TOPIC).size() == 1
                    && entry.all(TOPIC).get(0) instanceof Json.Text topic) {
                EntryName.requireTopicName(
                        Legacy.PATH + " has the entry " + Shown.cut(name) + ", which", topic.value());
            }
            if (partition(item).isEmpty() || !(item instanceof Json.Obj entry)) {
                throw new Fault(
                        Code.WRONG_TYPE,
                        Legacy.PATH + " has the entry " + Shown.cut(name)
                                + "; write an object with topic, partition and replicas, each once");
            }
            return new Incoming.Wanted(
                    partition(item).get(), Optional.of(target(Legacy.PATH + ", " + name + ",", entry)));
        } catch (Fault fault) {
            return new Incoming.Faulty(name, fault.refusal());
        }
    }

    private static Replicas target(String where, Json.Obj entry) throws Fault {
        for (String field : KNOWN) {
            if (entry.all(field).size() > 1) {
                throw new Fault(Code.WRONG_TYPE, where + " has the field '" + field + "' twice; write it once");
            }
        }
        if (entry.all(REPLICAS).isEmpty()) {
            throw new Fault(Code.WRONG_TYPE, where + " has no field 'replicas'; write a list of broker ids");
        }
        Json value = entry.all(REPLICAS).get(0);
        if (value == Json.Word.NULL) {
            throw new Fault(
                    Code.WRONG_TYPE,
                    where + " has the replicas null, and the legacy channel knows no cancel;"
                            + " cancel it through another channel, or write the original list");
        }
        Replicas target = RequestForm.replicas(where, value);
        for (Json logDirs : entry.all(LOG_DIRS)) {
            requireAny(where, logDirs);
        }
        return target;
    }

    private static void requireAny(String where, Json logDirs) throws Fault {
        if (!(logDirs instanceof Json.Arr list)) {
            throw new Fault(
                    Code.WRONG_TYPE, where + " has " + Shown.cut(logDirs) + " as 'log_dirs'; leave the field out");
        }
        for (Json item : list.items()) {
            if (!item.equals(new Json.Text("any"))) {
                throw new Fault(
                        Code.LOG_DIRS,
                        where + " asks for the log directory " + Shown.cut(item)
                                + ", and brokers choose theirs themselves; write \"any\", or leave 'log_dirs' out");
            }
        }
    }

    /** Which partition an item names, where it names one. */
    static Optional<TopicPartition> partition(Json item) {
        if (!(item instanceof Json.Obj entry)
                || entry.all(TOPIC).size() != 1
                || entry.all(PARTITION).size() != 1
                || !(entry.all(TOPIC).get(0) instanceof Json.Text topic)
                || !(entry.all(PARTITION).get(0) instanceof Json.Num number)) {
            return Optional.empty();
        }
        Optional<Integer> partition = number.asInt().filter(id -> id >= 0);
        return TopicPartition.isTopicName(topic.value())
                ? partition.map(id -> new TopicPartition(topic.value(), id))
                : Optional.empty();
    }

    /** {@code topic-N}, or the item's own JSON, its beginning where it is long, where it names no partition. */
    static String name(Json item) {
        return partition(item).map(TopicPartition::toString).orElseGet(() -> Shown.whole(item.write()));
    }

    /** The items that are not among the named entries. */
    static List<Json> without(Json.Arr partitions, Set<String> names) {
        return partitions.items().stream()
                .filter(item -> !names.contains(name(item)))
                .toList();
    }

    /** An item that asks for a target, with the unknown fields of the one whose place it takes. */
    static Json.Obj item(TopicPartition partition, Replicas target, Optional<Json> replaced) {
        List<Json.Member> members = new ArrayList<>();
        members.add(new Json.Member(TOPIC, new Json.Text(partition.topic())));
        members.add(new Json.Member(PARTITION, Json.Num.of(partition.partition())));
        members.add(new Json.Member(REPLICAS, RequestForm.json(target)));
        if (replaced.orElse(Json.Word.NULL) instanceof Json.Obj old) {
            old.members().stream()
                    .filter(member -> !KNOWN.contains(member.name()))
                    .forEach(members::add);
        }
        return new Json.Obj(members);
    }
}
