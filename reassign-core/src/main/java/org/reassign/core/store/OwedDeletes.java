package org.reassign.core.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;
import org.reassign.api.zk.ZkWrite;

/**
 * The deletions owed to each broker, as stored in chunks {@code /admin/reassignment_deletes/B/chunk_N}: {@code
 * {"version":1,"deletes":[{"topic":"t","partition":0,"leader_epoch":5}]}}. A chunk without content holds none: it could
 * not be deleted because another client had put children below it. Only the controller writes chunks. Returns the
 * writes; {@link #load} and {@link #apply} follow ZooKeeper. The cost of a call is in proportion to the deletes that it
 * returns or changes and the chunks that hold them.
 */
public final class OwedDeletes {
    /** The parent of all brokers' chunks. */
    public static final String ROOT = "/admin/reassignment_deletes";
    /** Entries of one chunk: some 100 bytes each, so a chunk stays far below the size limit. */
    private static final int CHUNK = 2_000;

    private static final Pattern PATH = Pattern.compile(ROOT + "/(0|[1-9][0-9]{0,8})/(?:chunk_([0-9]{10})|.*)");

    private final SortedMap<Integer, OfBroker> brokers = new TreeMap<>();

    /** The deletes owed by one broker; its parent znode exists. */
    private static final class OfBroker {
        final SortedMap<Long, List<OwedDelete>> chunks = new TreeMap<>();
        /** The chunks with owed deletes of a partition: one, unless the broker has left AR more than once. */
        final SortedMap<TopicPartition, SortedSet<Long>> chunksOf = new TreeMap<>();
        /** Whether the parent has a child that is no chunk of ours, so that the parent stays. */
        boolean strange;

        long nextChunk;
        int size;

        void put(long number, List<OwedDelete> deletes) {
            List<OwedDelete> before = chunks.remove(number);
            size += deletes.size();
            if (before != null) {
                size -= before.size();
                before.forEach(delete -> chunksOf.computeIfPresent(delete.partition(), (partition, numbers) -> {
                    numbers.remove(number);
                    return numbers.isEmpty() ? null : numbers;
                }));
            }
            nextChunk = Math.max(nextChunk, number + 1);
            if (!deletes.isEmpty()) {
                chunks.put(number, deletes);
                deletes.forEach(delete -> chunksOf.computeIfAbsent(delete.partition(), p -> new TreeSet<>())
                        .add(number));
            }
        }

        List<OwedDelete> of(TopicPartition partition) {
            return chunksOf.getOrDefault(partition, new TreeSet<>()).stream()
                    .flatMap(number -> chunks.get(number).stream())
                    .filter(delete -> delete.partition().equals(partition))
                    .toList();
        }
    }

    /** The place of a chunk. */
    private record Chunk(int broker, long number) {
        String path() {
            return String.format("%s/chunk_%010d", parent(broker), number);
        }
    }

    /** Reads the chunks, by path, below the parent of each broker. */
    public static SortedMap<String, SortedMap<String, ZkNode>> stored(ZkReader zk) {
        SortedMap<String, SortedMap<String, ZkNode>> stored = new TreeMap<>();
        for (String broker : children(zk, ROOT)) {
            String parent = ROOT + "/" + broker;
            SortedMap<String, ZkNode> chunks = new TreeMap<>();
            for (String chunk : children(zk, parent)) {
                String path = parent + "/" + chunk;
                Await.done(zk.getData(path)).ifPresent(node -> chunks.put(path, node));
            }
            stored.put(parent, chunks);
        }
        return stored;
    }

    private static List<String> children(ZkReader zk, String path) {
        return Await.done(zk.getChildren(path)).orElse(List.of());
    }

    /** One chunk as it will be; empty if it is deleted. */
    private record Content(Chunk chunk, List<OwedDelete> deletes) {}

    /**
     * A write, and the partitions whose owed deletes it adds or removes.
     *
     * @param write the write
     * @param partitions the partitions
     */
    public record ChunkWrite(ZkWrite write, Set<TopicPartition> partitions) {}

    /** The writes in order, and the chunks after them. */
    public static final class Change {
        private final List<ChunkWrite> writes = new ArrayList<>();
        private final List<Content> after = new ArrayList<>();

        /** The writes, in order. */
        public List<ChunkWrite> writes() {
            return writes;
        }

        private void write(ZkWrite write, Collection<OwedDelete> concerned) {
            Set<TopicPartition> partitions = new TreeSet<>();
            concerned.forEach(delete -> partitions.add(delete.partition()));
            writes.add(new ChunkWrite(write, partitions));
        }

        private boolean fills(int broker) {
            return after.stream().anyMatch(content -> content.chunk().broker() == broker);
        }
    }

    /**
     * Adds one chunk as read; false if it cannot be parsed. Then the chunk and its parent stay as they are.
     */
    public boolean load(String path, String text) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return false;
        }
        int broker = Integer.parseInt(matcher.group(1));
        OfBroker debts = brokers.computeIfAbsent(broker, id -> new OfBroker());
        Optional<List<OwedDelete>> deletes = matcher.group(2) == null
                ? Optional.empty()
                : text.isEmpty() ? Optional.of(List.of()) : decode(broker, text);
        deletes.ifPresent(found -> debts.put(Long.parseLong(matcher.group(2)), found));
        debts.strange |= deletes.isEmpty() || text.isEmpty();
        return deletes.isPresent();
    }

    private static Optional<List<OwedDelete>> decode(int broker, String text) {
        Optional<JsonText.Fields> fields = JsonText.parse(text, Set.of("version", "deletes"));
        JsonNode array = fields.map(found -> found.get("deletes")).orElse(MissingNode.getInstance());
        if (!array.isArray() || array.isEmpty() || fields.get().get("version").asInt() != 1) {
            return Optional.empty();
        }
        List<OwedDelete> deletes = new ArrayList<>();
        for (JsonNode entry : array) {
            String topic = entry.path("topic").asText();
            JsonNode partition = entry.path("partition");
            JsonNode epoch = entry.path("leader_epoch");
            if (!TopicPartition.isTopicName(topic) || !isNumber(partition) || !isNumber(epoch)) {
                return Optional.empty();
            }
            deletes.add(new OwedDelete(broker, new TopicPartition(topic, partition.intValue()), epoch.intValue()));
        }
        return Optional.of(deletes);
    }

    private static boolean isNumber(JsonNode json) {
        return json.isInt() && json.intValue() >= 0;
    }

    /** The brokers that owe deletes. */
    public Set<Integer> brokers() {
        Set<Integer> owing = new TreeSet<>();
        brokers.forEach((broker, debts) -> {
            if (!debts.chunks.isEmpty()) {
                owing.add(broker);
            }
        });
        return owing;
    }

    /** How many deletes are owed, by all brokers. */
    public int size() {
        return brokers.values().stream().mapToInt(debts -> debts.size).sum();
    }

    /** All deletes owed by a broker. */
    public List<OwedDelete> of(int broker) {
        return debts(broker).chunks.values().stream().flatMap(List::stream).toList();
    }

    /** The deletes of one partition owed by a broker. */
    public List<OwedDelete> of(int broker, TopicPartition partition) {
        return debts(broker).of(partition);
    }

    /** The writes that add these. */
    public Change add(Collection<OwedDelete> added) {
        SortedMap<Integer, List<OwedDelete>> byBroker = new TreeMap<>();
        added.stream()
                .filter(delete -> !of(delete.broker(), delete.partition()).contains(delete))
                .forEach(delete -> byBroker.computeIfAbsent(delete.broker(), b -> new ArrayList<>())
                        .add(delete));
        Change change = new Change();
        byBroker.forEach((broker, deletes) -> {
            if (!brokers.containsKey(broker)) {
                change.write(ZkWrite.create(parent(broker), ""), deletes);
            }
            long next = debts(broker).nextChunk;
            for (int from = 0; from < deletes.size(); from += CHUNK) {
                List<OwedDelete> content = List.copyOf(deletes.subList(from, Math.min(from + CHUNK, deletes.size())));
                Chunk chunk = new Chunk(broker, next++);
                change.write(ZkWrite.create(chunk.path(), encode(content)), content);
                change.after.add(new Content(chunk, content));
            }
        });
        return change;
    }

    /**
     * The writes that remove these; those that are not owed are skipped.
     *
     * @param added the change that is written before: the parents of its chunks stay
     */
    public Change remove(Collection<OwedDelete> removed, Change added) {
        SortedMap<Integer, Set<OwedDelete>> byBroker = new TreeMap<>();
        removed.forEach(delete -> byBroker.computeIfAbsent(delete.broker(), broker -> new HashSet<>())
                .add(delete));
        Change change = new Change();
        byBroker.forEach((broker, deletes) -> {
            OfBroker debts = debts(broker);
            Set<Long> touched = new TreeSet<>();
            deletes.forEach(delete -> touched.addAll(debts.chunksOf.getOrDefault(delete.partition(), new TreeSet<>())));
            int before = change.after.size();
            touched.forEach(number -> remove(new Chunk(broker, number), debts.chunks.get(number), deletes, change));
            List<Content> after = change.after.subList(before, change.after.size());
            boolean emptied = after.size() == debts.chunks.size()
                    && after.stream().allMatch(content -> content.deletes().isEmpty());
            if (emptied && !after.isEmpty() && !debts.strange && !added.fills(broker)) {
                change.write(ZkWrite.delete(parent(broker), ZkWrite.ANY_VERSION), deletes);
            }
        });
        return change;
    }

    private static void remove(Chunk chunk, List<OwedDelete> content, Set<OwedDelete> removed, Change change) {
        List<OwedDelete> left =
                content.stream().filter(delete -> !removed.contains(delete)).toList();
        if (left.size() == content.size()) {
            return;
        }
        ZkWrite write = left.isEmpty()
                ? ZkWrite.delete(chunk.path(), ZkWrite.ANY_VERSION)
                : ZkWrite.setData(chunk.path(), encode(left), ZkWrite.ANY_VERSION);
        change.write(write, content.stream().filter(removed::contains).toList());
        change.after.add(new Content(chunk, left));
    }

    /** A change was written. */
    public void apply(Change change) {
        for (Content content : change.after) {
            OfBroker debts = brokers.computeIfAbsent(content.chunk().broker(), id -> new OfBroker());
            debts.put(content.chunk().number(), content.deletes());
            if (debts.chunks.isEmpty() && !debts.strange) {
                brokers.remove(content.chunk().broker());
            }
        }
    }

    private OfBroker debts(int broker) {
        return brokers.getOrDefault(broker, new OfBroker());
    }

    private static String parent(int broker) {
        return ROOT + "/" + broker;
    }

    private static String encode(List<OwedDelete> deletes) {
        return JsonText.object(json -> {
            json.writeNumberField("version", 1);
            json.writeArrayFieldStart("deletes");
            for (OwedDelete delete : deletes) {
                json.writeStartObject();
                json.writeStringField("topic", delete.partition().topic());
                json.writeNumberField("partition", delete.partition().partition());
                json.writeNumberField("leader_epoch", delete.leaderEpoch());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
