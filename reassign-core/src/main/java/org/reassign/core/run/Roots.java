package org.reassign.core.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Await;
import org.reassign.core.store.Op;
import org.reassign.core.store.OwedDeletes;
import org.reassign.core.store.Store;

/** The znodes that must stand before a controller works. They are made once, stay, and are no leftovers. */
final class Roots {
    static final String NOTIFICATIONS = "/isr_change_notification";
    /** What the leading controller runs: {@code {"version":1,"layout":"separate","channels":["payload"],"host":"h"}}. */
    static final String ACTIVE = "/reassign/active";

    private Roots() {}

    static void make(Mandate mandate, Store store) {
        ZkPort zk = mandate.zk();
        Plugins plugins = mandate.plugins();
        List<String> roots = new ArrayList<>(
                List.of(BrokerReading.ROOT, TopicReading.ROOT, NOTIFICATIONS, OwedDeletes.ROOT, Refusals.ROOT));
        plugins.layout().plugin().recordPaths().forEach(pattern -> roots.add(pattern.root()));
        plugins.channels()
                .forEach(channel -> channel.plugin().watches().stream()
                        .filter(pattern -> pattern.depth() > 0)
                        .map(PathPattern::root)
                        .forEach(roots::add));
        roots.forEach(root -> makeAll(zk, store, root));
        publish(zk, store, plugins);
    }

    private static void makeAll(ZkPort zk, Store store, String path) {
        if (path.isEmpty() || Await.done(zk.exists(path)).isPresent()) {
            return;
        }
        makeAll(zk, store, path.substring(0, path.lastIndexOf('/')));
        write(store, ZkWrite.create(path, ""));
    }

    private static void publish(ZkPort zk, Store store, Plugins plugins) {
        makeAll(zk, store, ACTIVE);
        String channels = plugins.channels().stream()
                .map(channel -> "\"" + channel.name() + "\"")
                .collect(Collectors.joining(","));
        String content = "{\"version\":1,\"layout\":\"" + plugins.layout().name() + "\",\"channels\":[" + channels
                + "],\"host\":\"" + host() + "\"}";
        Optional<ZkNode> now = Await.done(zk.getData(ACTIVE));
        if (now.map(ZkNode::text).filter(content::equals).isEmpty()) {
            write(store, ZkWrite.setData(ACTIVE, content, ZkWrite.ANY_VERSION));
        }
    }

    /** A root that another has made meanwhile is as good. */
    private static void write(Store store, ZkWrite write) {
        store.settle(List.of(new Op<>(Op.Wave.HOUSEKEEPING, Set.of(write.path()), write)));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
