package org.reassign.core.lead;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Await;
import org.reassign.core.store.Fence;
import org.reassign.core.store.Op;
import org.reassign.core.store.Op.Phase;
import org.reassign.core.store.Store;

/**
 * The plugins that the leading controller runs, for clients and successors: {@code /reassign/active} holds {@code
 * {"version":1,"layout":"separate","channels":["payload"],"host":"h","announcedUpTo":8589934601}}. Brokers that
 * registered before the zxid {@code announcedUpTo} have received all commands; those that registered later may have
 * missed some.
 */
final class ActiveSettings {
    static final String PATH = "/reassign/active";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final TermContext context;
    private final Store store;
    private long before;
    private boolean announced;

    ActiveSettings(TermContext context, Store store) {
        this.context = context;
        this.store = store;
    }

    /** Writes the plugins of this term. */
    void publish() {
        Optional<ZkNode> stored = Await.done(context.zk().getData(PATH));
        before = stored.map(ActiveSettings::announcedIn).orElse(0L);
        String content = content(before);
        if (stored.map(ZkNode::text).filter(content::equals).isEmpty()) {
            write(content);
        }
    }

    /** Brokers that registered after this zxid may have missed commands of earlier controllers. */
    long announcedBefore() {
        return before;
    }

    /** Whether {@link #announced} has been called. */
    boolean isAnnounced() {
        return announced;
    }

    /** Every broker that was live when this term began has answered all commands, for every topic. */
    void announced() {
        announced = true;
        long elected = Await.done(context.zk().exists(Fence.PATH))
                .map(stat -> stat.mzxid())
                .orElse(before);
        if (elected != before) { // else an earlier term at this epoch has written it
            write(content(elected));
        }
    }

    private void write(String content) {
        store.settle(List.of(
                new Op<>(Phase.HOUSEKEEPING, Set.of(PATH), ZkWrite.setData(PATH, content, ZkWrite.ANY_VERSION))));
    }

    private String content(long upTo) {
        ObjectNode root = MAPPER.createObjectNode()
                .put("version", 1)
                .put("layout", context.plugins().layout().name());
        ArrayNode channels = root.putArray("channels");
        context.plugins().channels().forEach(channel -> channels.add(channel.name()));
        return root.put("host", host()).put("announcedUpTo", upTo).toString();
    }

    private static long announcedIn(ZkNode node) {
        try {
            JsonNode announced = MAPPER.readTree(node.text()).path("announcedUpTo");
            return announced.canConvertToExactIntegral() && announced.canConvertToLong() ? announced.longValue() : 0;
        } catch (JsonProcessingException e) {
            return 0; // as if there had been no controller before: all brokers get all commands again
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
