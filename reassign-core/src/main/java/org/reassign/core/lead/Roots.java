package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.reassign.api.model.KeptAnswer;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.observe.BrokerReader;
import org.reassign.core.store.Await;
import org.reassign.core.store.Op;
import org.reassign.core.store.Op.Phase;
import org.reassign.core.store.OwedDeletes;
import org.reassign.core.store.Store;
import org.reassign.core.store.TopicReader;

/** The znodes that must exist before a controller works. They are created once and stay; they are no leftovers. */
final class Roots {
    static final String NOTIFICATIONS = "/isr_change_notification";
    static final String LOG_DIR_EVENTS = "/log_dir_event_notification";
    /** Below them brokers notify the controller. */
    static final Set<String> OF_BROKERS = Set.of(NOTIFICATIONS, LOG_DIR_EVENTS);

    private Roots() {}

    /** Makes those that are missing, and returns them. */
    static List<String> make(TermContext context, Store store) {
        ZkPort zk = context.zk();
        Plugins plugins = context.plugins();
        List<String> roots = new ArrayList<>(List.of(
                BrokerReader.ROOT,
                TopicReader.ROOT,
                NOTIFICATIONS,
                OwedDeletes.ROOT,
                Refusals.ROOT,
                ActiveSettings.PATH,
                KeptAnswer.ROOT));
        if (context.wholeCluster()) {
            roots.add(LOG_DIR_EVENTS);
        }
        plugins.layout().plugin().placement().recordRoot().ifPresent(roots::add);
        ofChannels(plugins).forEach(roots::add);
        return roots.stream().filter(root -> makeAll(zk, store, root)).toList();
    }

    /** Those below which requesters write. */
    static Stream<String> ofChannels(Plugins plugins) {
        return plugins.channels().stream()
                .flatMap(channel ->
                        Stream.concat(channel.plugin().watches().stream(), channel.plugin().values().stream()))
                .filter(pattern -> pattern.depth() > 0)
                .map(PathPattern::root);
    }

    private static boolean makeAll(ZkPort zk, Store store, String path) {
        if (path.isEmpty() || Await.done(zk.exists(path)).isPresent()) {
            return false;
        }
        makeAll(zk, store, path.substring(0, path.lastIndexOf('/')));
        write(store, ZkWrite.create(path, ""));
        return true;
    }

    /** A root that another client has created in the meantime is accepted. */
    private static void write(Store store, ZkWrite write) {
        store.settle(List.of(new Op<>(Phase.HOUSEKEEPING, Set.of(write.path()), write)));
    }
}
