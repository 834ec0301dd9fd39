package org.reassign.core.lead;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.reassign.core.store.Await;
import org.reassign.core.store.TopicJson;
import org.reassign.core.store.TopicReader;

/** Topics that are there and hold no topic's JSON: a watch says when somebody has written one again. */
final class UnreadableTopics {
    private final TermContext mandate;
    private final ClusterState cluster;
    private final Set<String> watched = new HashSet<>();
    private final Set<String> rewritten = new TreeSet<>();
    /** Those that could never be read since this term began: what befell their brokers was not decided. */
    private final Set<String> missed = new HashSet<>();

    UnreadableTopics(TermContext mandate, ClusterState cluster) {
        this.mandate = mandate;
        this.cluster = cluster;
    }

    void lookOut() {
        for (String topic : List.copyOf(cluster.unreadable)) {
            if (!cluster.topics.containsKey(topic)) {
                missed.add(topic);
            }
            if (watched.add(topic)) {
                boolean still = Await.done(mandate.zk()
                                .getData(
                                        TopicReader.ROOT + "/" + topic,
                                        event -> mandate.loop().mark(() -> isRewritten(topic))))
                        .filter(node -> TopicJson.decode(topic, node).isEmpty())
                        .isPresent();
                if (!still) {
                    mandate.loop().mark(() -> isRewritten(topic));
                }
            }
        }
    }

    private void isRewritten(String topic) {
        watched.remove(topic);
        rewritten.add(topic);
    }

    /** Those that were written again since this was asked last; they may be gone, or unreadable still. */
    List<String> takeRewritten() {
        List<String> taken = List.copyOf(rewritten);
        rewritten.clear();
        return taken;
    }

    /** Whether nothing of the topic was decided since this term began; no longer so once it is asked. */
    boolean takeMissed(String topic) {
        return missed.remove(topic);
    }

    boolean missesNone() {
        return missed.isEmpty();
    }
}
