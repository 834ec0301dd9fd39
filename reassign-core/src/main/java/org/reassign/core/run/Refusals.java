package org.reassign.core.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.Answer;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Await;

/**
 * What was refused, for requesters to read: {@code /admin/reassignment_refusals/request_N} holds {@code
 * {"version":1,"refusals":{"t-0":{"code":"UNKNOWN_TOPIC","reason":"…"}},"omitted":0}}. At most {@link #KEPT} znodes are
 * kept, and at most {@link #ENTRIES} entries in one; the oldest go first.
 */
final class Refusals {
    static final String ROOT = "/admin/reassignment_refusals";
    private static final int KEPT = 100;
    private static final int ENTRIES = 1_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final TreeSet<String> stored = new TreeSet<>();
    private final Map<String, List<Answer>> waiting = new TreeMap<>();

    void load(ZkPort zk) {
        stored.addAll(Await.done(zk.getChildren(ROOT)).orElse(List.of()));
    }

    /** Takes up an answer that refuses. */
    void add(Answer answer) {
        waiting.computeIfAbsent(answer.request(), request -> new ArrayList<>()).add(answer);
    }

    /** What to write now; counts as written. */
    List<ZkWrite> take() {
        List<ZkWrite> writes = new ArrayList<>();
        waiting.forEach((request, answers) -> {
            String path = ROOT + "/" + request;
            writes.add(
                    stored.add(request)
                            ? ZkWrite.create(path, encode(answers))
                            : ZkWrite.setData(path, encode(answers), ZkWrite.ANY_VERSION));
        });
        waiting.clear();
        while (stored.size() > KEPT) {
            writes.add(ZkWrite.delete(ROOT + "/" + stored.pollFirst(), ZkWrite.ANY_VERSION));
        }
        return writes;
    }

    private static String encode(List<Answer> answers) {
        ObjectNode root = MAPPER.createObjectNode().put("version", 1);
        ObjectNode refusals = root.putObject("refusals");
        answers.stream()
                .limit(ENTRIES)
                .forEach(answer -> answer.refusal()
                        .ifPresent(refusal -> refusals.putObject(answer.partition())
                                .put("code", refusal.code().name())
                                .put("reason", refusal.sentence())));
        return root.put("omitted", Math.max(0, answers.size() - ENTRIES)).toString();
    }
}
