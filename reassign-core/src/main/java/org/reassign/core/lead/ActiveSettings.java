package org.reassign.core.lead;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Await;
import org.reassign.core.store.Fence;
import org.reassign.core.store.Op;
import org.reassign.core.store.Op.Phase;
import org.reassign.core.store.Store;

/**
 * The plugins that the leading controller runs, for clients and successors: {@code /reassign/active} holds {@code
 * {"version":1,"layout":"separate","channels":["payload"],"gateway":"takeover","host":"h","controllerEpoch":7,"announcedUpTo":8589934601}}.
 * Brokers that registered before the zxid {@code announcedUpTo} have received all commands up to those of the controller
 * epoch {@code controllerEpoch}; those that registered later may have missed some. It says nothing about other epochs:
 * Kafka's controllers, which write nothing here, may have written {@code state} and told no broker. 0 means that any
 * broker may have missed some.
 *
 * <p>{@code "movesFrom":["kip-455"]} stands there as long as records may lie in layouts that were in force before.
 */
final class ActiveSettings {
    static final String PATH = "/reassign/active";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Announced NOTHING = new Announced(0, 0);

    private final TermContext context;
    private final Store store;
    private String text = "";
    private Announced stored = NOTHING;
    private boolean withdraws;
    private Set<String> movesFrom = new TreeSet<>();

    /** What is stored about brokers. */
    private record Announced(int controllerEpoch, long upTo) {}

    ActiveSettings(TermContext context, Store store) {
        this.context = context;
        this.store = store;
    }

    /** Reads what controllers before have written. */
    void read() {
        text = Await.done(context.zk().getData(PATH)).map(ZkNode::text).orElse("");
        stored = decode(text);
        movesFrom = layouts(text);
        movesFrom.remove(context.plugins().layout().name());
    }

    /** Writes the plugins of this term beside what was read. */
    void publish() {
        write(stored);
    }

    /** The records of other layouts are moved into ours. */
    void moved() {
        if (!movesFrom.isEmpty()) {
            movesFrom.clear();
            write(stored);
        }
    }

    /**
     * Brokers that registered after this zxid may have missed commands of earlier controllers: all brokers, unless the
     * controller epoch before was ours and has announced all, or this one has.
     */
    long announcedBefore() {
        int epochsSince = context.fence().epoch() - stored.controllerEpoch();
        return epochsSince == 0 || epochsSince == 1 ? stored.upTo() : 0;
    }

    /** Whether this controller epoch has announced all, and has not withdrawn that. */
    boolean isAnnounced() {
        return stored.controllerEpoch() == context.fence().epoch() && stored.upTo() > 0;
    }

    /** Every broker that was live when this term began has answered all commands, for every topic. */
    void announced() {
        int epoch = context.fence().epoch();
        Await.done(context.zk().exists(Fence.PATH)).ifPresent(stat -> write(new Announced(epoch, stat.mzxid())));
    }

    /**
     * A successor must tell all brokers all, unless {@link #announced} is called again: they are to be told of something
     * that a successor could not see. To be called before the last trace of it is deleted.
     */
    void withdraw() {
        if (stored.upTo() > 0) {
            write(NOTHING);
        }
    }

    /** The same with the next turn's first write, from where nothing may be written. */
    void withdrawNext() {
        withdraws = true;
    }

    /** Before anything of a turn is decided. */
    void turn() {
        if (withdraws) {
            withdraw();
            withdraws = false;
        }
    }

    private void write(Announced brokers) {
        stored = brokers;
        String content = content(brokers);
        if (!content.equals(text)) {
            text = content;
            store.settle(List.of(
                    new Op<>(Phase.HOUSEKEEPING, Set.of(PATH), ZkWrite.setData(PATH, content, ZkWrite.ANY_VERSION))));
        }
    }

    private String content(Announced brokers) {
        ObjectNode root = MAPPER.createObjectNode()
                .put("version", 1)
                .put("layout", context.plugins().layout().name());
        ArrayNode channels = root.putArray("channels");
        context.plugins().channels().forEach(channel -> channels.add(channel.name()));
        if (!movesFrom.isEmpty()) {
            ArrayNode layouts = root.putArray("movesFrom");
            movesFrom.forEach(layouts::add);
        }
        return root.put("gateway", context.plugins().gateway().name())
                .put("host", host())
                .put("controllerEpoch", brokers.controllerEpoch())
                .put("announcedUpTo", brokers.upTo())
                .toString();
    }

    private static Set<String> layouts(String text) {
        Set<String> layouts = new TreeSet<>();
        try {
            JsonNode json = MAPPER.readTree(text);
            json.path("movesFrom").forEach(name -> layouts.add(name.asText()));
            layouts.add(json.path("layout").asText());
            layouts.remove("");
        } catch (JsonProcessingException e) {
            return layouts; // it says nothing of layouts either
        }
        return layouts;
    }

    private static Announced decode(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            JsonNode epoch = json.path("controllerEpoch");
            JsonNode upTo = json.path("announcedUpTo");
            boolean readable = epoch.canConvertToExactIntegral()
                    && epoch.canConvertToInt()
                    && upTo.canConvertToExactIntegral()
                    && upTo.canConvertToLong();
            return readable ? new Announced(epoch.intValue(), upTo.longValue()) : NOTHING;
        } catch (JsonProcessingException e) {
            return NOTHING; // as if there had been no controller before: all brokers get all commands again
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
