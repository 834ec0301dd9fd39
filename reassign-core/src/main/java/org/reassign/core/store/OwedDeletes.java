package org.reassign.core.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkWrite;

/**
 * The deletions owed to each broker, as stored in chunks {@code /admin/reassignment_deletes/B/chunk_N}: {@code
 * {"version":1,"deletes":[{"topic":"t","partition":0,"leader_epoch":5}]}}. Only the controller writes them. Pure: says
 * what to write; {@link #load} and {@link #apply} keep it in step with ZooKeeper.
 */
public final class OwedDeletes {
    /** Where they lie. */
    public static final String ROOT = "/admin/reassignment_deletes";
    /** Entries of one chunk: some 100 bytes each, so a chunk stays far below the size limit. */
    private static final int CHUNK = 2_000;

    private static final Pattern CHUNK_PATH = Pattern.compile(ROOT + "/(?:0|[1-9][0-9]{0,8})/chunk_[0-9]{10}");

    private final SortedMap<String, List<OwedDelete>> chunks = new TreeMap<>();
    /** Znodes of brokers below which lies something that is no chunk. */
    private final Set<String> strange = new TreeSet<>();

    /**
     * What to write, and what will be stored then.
     *
     * @param writes the writes, in order
     * @param after chunk paths to their content, empty for those that are gone
     */
    public record Change(List<ZkWrite> writes, SortedMap<String, List<OwedDelete>> after) {}

    /**
     * Takes up one chunk as read; false where it cannot be understood. Then it is left as it is, with the znode of its
     * broker.
     */
    public boolean load(String path, String text) {
        Optional<List<OwedDelete>> deletes =
                CHUNK_PATH.matcher(path).matches() ? decode(brokerOf(path), text) : Optional.empty();
        deletes.ifPresentOrElse(found -> chunks.put(path, found), () -> strange.add(parentOf(path)));
        return deletes.isPresent();
    }

    private static Optional<List<OwedDelete>> decode(int broker, String text) {
        JsonNode root = JsonText.parse(text).orElse(MissingNode.getInstance());
        if (root.path("version").asInt() != 1 || !root.path("deletes").isArray()) {
            return Optional.empty();
        }
        List<OwedDelete> deletes = new ArrayList<>();
        for (JsonNode entry : root.get("deletes")) {
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

    /** A copy that changes on its own. */
    public OwedDeletes copy() {
        OwedDeletes copy = new OwedDeletes();
        copy.chunks.putAll(chunks);
        copy.strange.addAll(strange);
        return copy;
    }

    /** All that is owed to a broker. */
    public List<OwedDelete> of(int broker) {
        return all().stream().filter(delete -> delete.broker() == broker).toList();
    }

    /** All that is owed. */
    public List<OwedDelete> all() {
        return chunks.values().stream().flatMap(List::stream).toList();
    }

    /** What to write so that these are owed too. */
    public Change add(Collection<OwedDelete> added) {
        SortedMap<Integer, List<OwedDelete>> byBroker = new TreeMap<>();
        added.stream()
                .filter(delete -> !all().contains(delete))
                .forEach(delete -> byBroker.computeIfAbsent(delete.broker(), b -> new ArrayList<>())
                        .add(delete));
        List<ZkWrite> writes = new ArrayList<>();
        SortedMap<String, List<OwedDelete>> after = new TreeMap<>();
        byBroker.forEach((broker, deletes) -> {
            if (of(broker).isEmpty() && !strange.contains(ROOT + "/" + broker)) {
                writes.add(ZkWrite.create(ROOT + "/" + broker, ""));
            }
            long next = nextChunk(broker);
            for (int from = 0; from < deletes.size(); from += CHUNK) {
                List<OwedDelete> chunk = List.copyOf(deletes.subList(from, Math.min(from + CHUNK, deletes.size())));
                String path = String.format("%s/%d/chunk_%010d", ROOT, broker, next++);
                writes.add(ZkWrite.create(path, encode(chunk)));
                after.put(path, chunk);
            }
        });
        return new Change(writes, after);
    }

    /** What to write so that these are owed no longer; those that are not owed are passed over. */
    public Change remove(Collection<OwedDelete> removed) {
        List<ZkWrite> writes = new ArrayList<>();
        SortedMap<String, List<OwedDelete>> after = new TreeMap<>();
        chunks.forEach((path, deletes) -> {
            List<OwedDelete> left =
                    deletes.stream().filter(delete -> !removed.contains(delete)).toList();
            if (left.size() == deletes.size()) {
                return;
            }
            after.put(path, left);
            writes.add(
                    left.isEmpty()
                            ? ZkWrite.delete(path, ZkWrite.ANY_VERSION)
                            : ZkWrite.setData(path, encode(left), ZkWrite.ANY_VERSION));
        });
        emptied(after).forEach(broker -> writes.add(ZkWrite.delete(ROOT + "/" + broker, ZkWrite.ANY_VERSION)));
        return new Change(writes, after);
    }

    /** A change was written. */
    public void apply(Change change) {
        change.after().forEach((path, deletes) -> {
            if (deletes.isEmpty()) {
                chunks.remove(path);
            } else {
                chunks.put(path, deletes);
            }
        });
    }

    private List<Integer> emptied(SortedMap<String, List<OwedDelete>> after) {
        return after.keySet().stream()
                .map(OwedDeletes::brokerOf)
                .distinct()
                .filter(broker -> !strange.contains(ROOT + "/" + broker))
                .filter(broker -> chunks.keySet().stream()
                        .filter(path -> brokerOf(path) == broker)
                        .allMatch(path ->
                                after.getOrDefault(path, chunks.get(path)).isEmpty()))
                .toList();
    }

    private long nextChunk(int broker) {
        return chunks.keySet().stream()
                        .filter(path -> brokerOf(path) == broker)
                        .mapToLong(path -> Long.parseLong(path.substring(path.lastIndexOf('_') + 1)))
                        .max()
                        .orElse(-1)
                + 1;
    }

    private static int brokerOf(String path) {
        return Integer.parseInt(parentOf(path).substring(ROOT.length() + 1));
    }

    private static String parentOf(String path) {
        return path.substring(0, path.lastIndexOf('/'));
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
