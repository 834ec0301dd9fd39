package org.reassign.simulation.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.TopicReader;

/** Somebody who writes into a topic's znode what nobody can read, and puts back later what stood there. */
final class TopicSpoiler {
    private final SimulatedWorld world;
    private final ZkPort zk;
    private final Map<String, ZkNode> good = new TreeMap<>();
    /** The term in which a topic became unreadable, or readable again, last. */
    private final Map<String, Integer> terms = new TreeMap<>();

    TopicSpoiler(SimulatedWorld world) {
        this.world = world;
        this.zk = world.observed("somebody", world.zooKeeper().open("somebody"));
    }

    void spoil(ScheduledEvent.SpoiledTopic deed) {
        String topic = deed.topic();
        Optional<ZkNode> node = zk.getData(path(topic)).toCompletableFuture().join();
        if (node.isPresent() && good.putIfAbsent(topic, node.get()) == null) {
            world.happens(deed, "somebody");
            world.expected().spoiled(topic);
            terms.put(topic, world.expected().term);
            zk.commit(List.of(ZkWrite.setData(path(topic), "spoiled", ZkWrite.ANY_VERSION)));
            world.time().after(Duration.ofMillis(deed.millis()), () -> mend(topic));
        }
    }

    /** Whether the controller of this term may not have read the topic. */
    boolean isUnread(String topic) {
        return good.containsKey(topic) || terms.getOrDefault(topic, -1) == world.expected().term;
    }

    /** The last term in which the topic could be read. */
    int readableIn(String topic) {
        return good.containsKey(topic) ? terms.get(topic) : world.expected().term;
    }

    void mendAll() {
        Set.copyOf(good.keySet()).forEach(this::mend);
    }

    /** Nothing comes of it where the topic was deleted meanwhile. */
    private void mend(String topic) {
        Optional.ofNullable(good.remove(topic)).ifPresent(node -> {
            world.says("somebody mends " + topic);
            terms.put(topic, world.expected().term);
            zk.commit(List.of(ZkWrite.setData(path(topic), node.text(), ZkWrite.ANY_VERSION)));
            world.outsider().readableAgain(topic);
        });
    }

    private static String path(String topic) {
        return TopicReader.ROOT + "/" + topic;
    }
}
