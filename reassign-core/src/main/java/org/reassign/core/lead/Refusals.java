package org.reassign.core.lead;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
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

    void load(ZkPort zk) {
        stored.addAll(new TreeSet<>(Await.done(zk.getChildren(ROOT)).orElse(List.of())));
    }

    /** Adds a refusal. */
    void add(Answer answer) {
        waiting.computeIfAbsent(answer.request(), request -> new ArrayList<>()).add(answer);
    }

    /** The pending writes, which count as written from now on. */
    List<ZkWrite> take() {
        List<ZkWrite> writes = new ArrayList<>();
        waiting.forEach((request, answers) -> {
            String path = ROOT + "/" + request;
            writes.add(
                    stored.remove(request)
                            ? ZkWrite.setData(path, encode(answers), ZkWrite.ANY_VERSION)
                            : ZkWrite.create(path, encode(answers)));
            stored.add(request);
        });
        waiting.clear();
        Iterator<String> oldest = stored.iterator();
        for (int excess = stored.size() - KEPT; excess > 0; excess--) {
            writes.add(ZkWrite.delete(ROOT + "/" + oldest.next(), ZkWrite.ANY_VERSION));
            oldest.remove();
        }
        return writes;
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
