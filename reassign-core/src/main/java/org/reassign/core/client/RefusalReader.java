package org.reassign.core.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Refusal;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;
import org.reassign.core.store.Await;

/** Reads what a controller has refused, from {@code /admin/reassignment_refusals/REQUEST}. */
final class RefusalReader {
    private static final String ROOT = "/admin/reassignment_refusals";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RefusalReader() {}

    /** Partition as written, or the request's id where the whole of it is refused, to the refusal; none where nothing is. */
    static SortedMap<String, Refusal> read(ZkReader zk, String request) {
        SortedMap<String, Refusal> refusals = new TreeMap<>();
        Optional<ZkNode> node = Await.done(zk.getData(ROOT + "/" + request));
        if (node.isEmpty()) {
            return refusals;
        }
        try {
            JsonNode all = MAPPER.readTree(node.get().text()).path("refusals");
            all.properties()
                    .forEach(one -> code(one.getValue().path("code").asText())
                            .ifPresent(code -> refusals.put(
                                    one.getKey(),
                                    new Refusal(
                                            code, one.getValue().path("reason").asText()))));
        } catch (JsonProcessingException e) {
            return refusals; // not written by a controller
        }
        return refusals;
    }

    private static Optional<Refusal.Code> code(String name) {
        return Arrays.stream(Refusal.Code.values())
                .filter(code -> code.name().equals(name))
                .findFirst();
    }
}
