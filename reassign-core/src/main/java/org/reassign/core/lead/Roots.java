package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.reassign.api.model.KeptAnswer;
import org.reassign.api.zk.PathPattern;
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

    private final TermContext context;
    private final Store store;
    private final ActiveSettings active;

    Roots(TermContext context, Store store, ActiveSettings active) {
        this.context = context;
        this.store = store;
        this.active = active;
    }

    /**
     * Makes those that are missing, and returns them. If notifications of brokers may be lost with one of them, it is
     * first withdrawn that all is announced.
     */
    List<String> make() {
        List<String> missing = missing();
        if (isSilent(missing)) {
            active.withdraw();
        }
        missing.forEach(this::make);
        return missing;
    }

    /**
     * One was missed while the controller leads. Returns whether all brokers must be told all.
     *
     * @param renamed run where notifications of ISR changes begin again with the names that they had
     */
    boolean remake(Runnable renamed) {
        List<String> made = make();
        made.forEach(root -> context.listener()
                .warning(root + " was missing and is made again; do not delete it while a controller leads"));
        if (made.contains(ActiveSettings.PATH)) {
            active.read();
            active.publish();
        }
        if (made.contains(NOTIFICATIONS)) {
            renamed.run();
        }
        return isSilent(made);
    }

    /** What lost notifications were about is found by telling all brokers all. */
    private boolean isSilent(List<String> missing) {
        return context.wholeCluster() && missing.stream().anyMatch(OF_BROKERS::contains);
    }

    private List<String> missing() {
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
        return roots.stream()
                .distinct()
                .filter(root -> Await.done(context.zk().exists(root)).isEmpty())
                .toList();
    }

    /** Those below which requesters write. */
    static Stream<String> ofChannels(Plugins plugins) {
        return plugins.channels().stream()
                .flatMap(channel ->
                        Stream.concat(channel.plugin().watches().stream(), channel.plugin().values().stream()))
                .filter(pattern -> pattern.depth() > 0)
                .map(PathPattern::root);
    }

    private void make(String path) {
        if (!path.isEmpty() && Await.done(context.zk().exists(path)).isEmpty()) {
            make(path.substring(0, path.lastIndexOf('/')));
            write(ZkWrite.create(path, ""));
        }
    }

    /** A root that another client has created in the meantime is accepted. */
    private void write(ZkWrite write) {
        store.settle(List.of(new Op<>(Phase.HOUSEKEEPING, Set.of(write.path()), write)));
    }
}
