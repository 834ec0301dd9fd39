package org.reassign.core.lead;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Refusal;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Await;

/**
 * Refusals, for requesters to read: {@code /admin/reassignment_refusals/request_N} holds {@code
 * {"version":1,"refusals":{"t-0":{"code":"UNKNOWN_TOPIC","reason":"…"}},"omitted":0}}. At most {@link #KEPT} znodes are
 * kept, and the oldest are deleted first; one holds at most {@link #ENTRIES} entries of {@link #TEXT} characters in
 * all, the newest first, the others are only counted. A request that is refused in parts has them all in its znode.
 */
final class Refusals {
    static final String ROOT = "/admin/reassignment_refusals";
    private static final int KEPT = 100;
    private static final int ENTRIES = 1_000;
    private static final int TEXT = 200_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ZkReader zk;
    /** The oldest first; those found at the start are ordered by name. */
    private final Set<String> stored = new LinkedHashSet<>();

    private final Map<String, List<Answer>> waiting = new TreeMap<>();
    /** Those of the last writes, until these are known to be done. */
    private final Map<String, List<Answer>> sent = new TreeMap<>();

    Refusals(ZkReader zk) {
        this.zk = zk;
    }

    void load() {
        stored.addAll(new TreeSet<>(Await.done(zk.getChildren(ROOT)).orElse(List.of())));
    }

    /** Adds a refusal. */
    void add(Answer answer) {
        waiting.computeIfAbsent(answer.request(), request -> new ArrayList<>()).add(answer);
    }

    /** The pending writes; {@link #written} says what became of them. Reads the znodes that there are already. */
    List<ZkWrite> take() {
        List<ZkWrite> writes = new ArrayList<>();
        sent.putAll(waiting);
        waiting.forEach((request, answers) -> writes.add(write(request, answers)));
        waiting.clear();
        Iterator<String> oldest = stored.iterator();
        for (int excess = stored.size() - KEPT; excess > 0; excess--) {
            writes.add(ZkWrite.delete(path(oldest.next()), ZkWrite.ANY_VERSION));
            oldest.remove();
        }
        return writes;
    }

    private ZkWrite write(String request, List<Answer> answers) {
        String path = path(request);
        Optional<ZkNode> before = stored.remove(request) ? Await.done(zk.getData(path)) : Optional.empty();
        stored.add(request);
        String content = encode(answers, before.map(ZkNode::text).orElse(""));
        return before.isPresent() ? ZkWrite.setData(path, content, ZkWrite.ANY_VERSION) : ZkWrite.create(path, content);
    }

    /**
     * The writes were done, except of these paths: a znode that was written over has been deleted by hand, or one that
     * was created is there already. They are pending again.
     */
    void written(Set<Object> failed) {
        sent.forEach((request, answers) -> {
            if (failed.contains(path(request))) {
                waiting.put(request, answers);
            }
        });
        sent.clear();
    }

    private static String path(String request) {
        return ROOT + "/" + request;
    }

    private static String encode(List<Answer> answers, String before) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        answers.forEach(
                answer -> all.put(answer.partition(), encode(answer.refusal().orElseThrow())));
        JsonNode earlier = decode(before);
        earlier.path("refusals").properties().forEach(entry -> all.putIfAbsent(entry.getKey(), entry.getValue()));
        ObjectNode root = MAPPER.createObjectNode().put("version", 1);
        ObjectNode refusals = root.putObject("refusals");
        int text = 0;
        int omitted = earlier.path("omitted").asInt();
        for (Map.Entry<String, JsonNode> entry : all.entrySet()) {
            text += entry.getKey().length()
                    + entry.getValue().path("reason").asText().length();
            if (text > TEXT || refusals.size() == ENTRIES) {
                omitted++;
            } else {
                refusals.set(entry.getKey(), entry.getValue());
            }
        }
        return root.put("omitted", omitted).toString();
    }

    /** What is not JSON is written over. */
    private static JsonNode decode(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static JsonNode encode(Refusal refusal) {
        return MAPPER.createObjectNode().put("code", refusal.code().name()).put("reason", refusal.sentence());
    }
}
