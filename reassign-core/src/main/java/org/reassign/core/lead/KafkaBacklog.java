package org.reassign.core.lead;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.reassign.api.zk.ZkEvent;
import org.reassign.core.store.Await;

/**
 * What waits for Kafka's controller while this process holds its office: topics to be deleted, and an election of preferred
 * leaders. Warns of each once. Used by the loop's thread only.
 */
final class KafkaBacklog {
    private static final String DELETIONS = "/admin/delete_topics";
    private static final String ELECTIONS = "/admin/preferred_replica_election";

    private final TermContext context;
    private final Consumer<ZkEvent> changed;
    private final Set<String> named = new HashSet<>();
    private boolean stale = true;

    KafkaBacklog(TermContext context) {
        this.context = context;
        this.changed = event -> context.loop().mark(() -> stale = true);
    }

    /** Events may be missing. */
    void invalidate() {
        stale = true;
    }

    /** Reads what may have changed. */
    void refresh() {
        if (!stale) {
            return;
        }
        stale = false;
        Optional<List<String>> deletions = Await.done(context.zk().getChildren(DELETIONS, changed));
        if (deletions.isEmpty()) { // there is no watch then
            stale = Await.done(context.zk().getData(DELETIONS, changed)).isPresent();
        }
        deletions.orElse(List.of()).stream()
                .sorted()
                .forEach(topic -> warn(DELETIONS + "/" + topic, "the deletion of topic '" + topic + "'"));
        if (Await.done(context.zk().getData(ELECTIONS, changed)).isPresent()) {
            warn(ELECTIONS, "an election of preferred leaders");
        } else {
            named.remove(ELECTIONS);
        }
    }

    private void warn(String path, String what) {
        if (named.add(path)) {
            String until = context.settings().office().mode() == OfficeSettings.Mode.ALWAYS
                    ? "stop this controller to let it go on"
                    : "it goes on once nothing is in flight, or when this controller is stopped";
            context.listener()
                    .warning(path + ": " + what + " waits for Kafka's own controller, whose office this one holds; "
                            + until);
        }
    }
}
