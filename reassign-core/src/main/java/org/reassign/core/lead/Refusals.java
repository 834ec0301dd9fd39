package org.reassign.core.lead;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Refusal;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Await;

/**
 * Refusals, for requesters to read: {@code /admin/reassignment_refusals/request_N} holds {@code
 * {"version":1,"refusals":{"t-0":{"code":"UNKNOWN_TOPIC","reason":"…"}},"omitted":0}}. At most {@link #KEPT} znodes are
 * kept, and the oldest are deleted first; one holds at most {@link #ENTRIES} entries of {@link #TEXT} characters in
 * all, the others are only counted.
 */
final class Refusals {
    static final String ROOT = "/admin/reassignment_refusals";
    private static final int KEPT = 100;
    private static final int ENTRIES = 1_000;
    private static final int TEXT = 200_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The oldest first; those found at the start are ordered by name. */
    private final Set<String> stored = new LinkedHashSet<>();

    private final Map<String, List<Answer>> waiting = new TreeMap<>();
    /** Those of the last writes, until these are known to be done. */
    private final Map<String, List<Answer>> sent = new TreeMap<>();

    private final Set<String> writtenOver = new HashSet<>();

    void load(ZkPort zk) {
        stored.addAll(new TreeSet<>(Await.done(zk.getChildren(ROOT)).orElse(List.of())));
    }

    /** Adds a refusal. */
    void add(Answer answer) {
        waiting.computeIfAbsent(answer.request(), request -> new ArrayList<>()).add(answer);
    }

    /** The pending writes; {@link #written} says what became of them. */
    List<ZkWrite> take() {
        List<ZkWrite> writes = new ArrayList<>();
        sent.putAll(waiting);
        writtenOver.addAll(waiting.keySet());
        writtenOver.retainAll(stored);
        waiting.forEach((request, answers) -> {
            String path = path(request);
            writes.add(
                    stored.remove(request)
                            ? ZkWrite.setData(path, encode(answers), ZkWrite.ANY_VERSION)
                            : ZkWrite.create(path, encode(answers)));
            stored.add(request);
        });
        waiting.clear();
        Iterator<String> oldest = stored.iterator();
        for (int excess = stored.size() - KEPT; excess > 0; excess--) {
            writes.add(ZkWrite.delete(path(oldest.next()), ZkWrite.ANY_VERSION));
            oldest.remove();
        }
        return writes;
    }

    /**
     * The writes were done, except of these paths: a znode that was written over has been deleted by hand, or one that
     * was created is there already. They are pending again.
     */
    void written(Set<Object> failed) {
        sent.forEach((request, answers) -> {
            if (failed.contains(path(request))) {
                waiting.put(request, answers);
                if (writtenOver.contains(request)) {
                    stored.remove(request);
                }
            }
        });
        sent.clear();
        writtenOver.clear();
    }

    private static String path(String request) {
        return ROOT + "/" + request;
    }

    private static String encode(List<Answer> answers) {
        ObjectNode root = MAPPER.createObjectNode().put("version", 1);
        ObjectNode refusals = root.putObject("refusals");
        int text = 0;
        int omitted = 0;
        for (Answer answer : answers) {
            Refusal refusal = answer.refusal().orElseThrow();
            text += answer.partition().length() + refusal.sentence().length();
            if (text > TEXT || refusals.size() == ENTRIES) {
                omitted++;
                continue;
            }
            refusals.putObject(answer.partition())
                    .put("code", refusal.code().name())
                    .put("reason", refusal.sentence());
        }
        return root.put("omitted", omitted).toString();
    }
}
