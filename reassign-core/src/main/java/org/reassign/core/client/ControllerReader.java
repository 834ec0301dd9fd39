package org.reassign.core.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.reassign.api.client.ControllerStatus;
import org.reassign.api.client.ControllerStatus.Leader;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;
import org.reassign.core.store.Await;

/** Reads who leads. What is not JSON says nothing. */
final class ControllerReader {
    private static final String CONTROLLER = "/controller";
    private static final String ACTIVE = "/reassign/active";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ControllerReader() {}

    static ControllerStatus read(ZkReader zk) {
        Optional<ZkNode> controller = Await.done(zk.getData(CONTROLLER));
        JsonNode active = json(Await.done(zk.getData(ACTIVE)));
        JsonNode id = json(controller).path("brokerid");
        return new ControllerStatus(
                leader(zk, controller, id),
                id.isInt() ? OptionalInt.of(id.intValue()) : OptionalInt.empty(),
                text(active, "layout"),
                texts(active, "movesFrom"),
                texts(active, "channels"),
                text(active, "gateway"),
                text(active, "host"));
    }

    private static Leader leader(ZkReader zk, Optional<ZkNode> controller, JsonNode id) {
        if (controller.isEmpty()) {
            return Leader.NONE;
        }
        boolean broker = id.isInt()
                && Await.done(zk.exists("/brokers/ids/" + id.intValue())).isPresent();
        return broker ? Leader.KAFKA : Leader.REASSIGN;
    }

    private static List<String> texts(JsonNode json, String field) {
        List<String> texts = new ArrayList<>();
        json.path(field).forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static Optional<String> text(JsonNode json, String field) {
        return Optional.of(json.path(field).asText()).filter(text -> !text.isEmpty());
    }

    private static JsonNode json(Optional<ZkNode> node) {
        try {
            return node.isPresent() ? MAPPER.readTree(node.get().text()) : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
