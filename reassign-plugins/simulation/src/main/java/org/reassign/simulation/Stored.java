package org.reassign.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reassign.api.model.InFlight;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.store.OwedDeletes;
import org.reassign.core.store.StateJson;
import org.reassign.core.store.TopicReading;

/** What ZooKeeper holds, read afresh at each question by a session that nobody counts. */
final class Stored {
    private static final Pattern MIN_IN_SYNC = Pattern.compile("\"min.insync.replicas\":\"?([0-9]+)");

    private final ZkPort zk;
    private final StorageLayout layout;

    Stored(ZkPort zk, StorageLayout layout) {
        this.zk = zk;
        this.layout = layout;
    }

    /** A topic with its records; empty where there is none. */
    Optional<TopicSnapshot> topic(String topic) {
        TopicReading reading = new TopicReading(zk, layout, warning -> {});
        return Optional.ofNullable(reading.read(List.of(topic)).get(topic));
    }

    Optional<Replicas> assigned(TopicPartition partition) {
        return topic(partition.topic()).map(topic -> topic.assigned().get(partition.partition()));
    }

    Optional<InFlight> record(TopicPartition partition) {
        return topic(partition.topic()).map(topic -> topic.inFlight().get(partition.partition()));
    }

    Optional<LeaderAndIsr> state(TopicPartition partition) {
        return data(StateJson.path(partition)).flatMap(node -> StateJson.decode(node.text()));
    }

    /** The topic's min.insync.replicas; 1 where it is not set. */
    int minInSync(String topic) {
        return data("/config/topics/" + topic)
                .map(node -> MIN_IN_SYNC.matcher(node.text()))
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)))
                .orElse(1);
    }

    /** The registered brokers. */
    Set<Integer> live() {
        Set<Integer> live = new TreeSet<>();
        children("/brokers/ids").forEach(name -> live.add(Integer.parseInt(name)));
        return live;
    }

    /** Partitions whose deletion is owed by a broker. */
    Set<TopicPartition> owed(int broker) {
        OwedDeletes owed = new OwedDeletes();
        String parent = OwedDeletes.ROOT + "/" + broker;
        children(parent).forEach(chunk -> {
            String path = parent + "/" + chunk;
            data(path).ifPresent(node -> owed.load(path, node.text()));
        });
        Set<TopicPartition> partitions = new HashSet<>();
        owed.of(broker).forEach(debt -> partitions.add(debt.partition()));
        return partitions;
    }

    private List<String> children(String path) {
        return zk.getChildren(path).toCompletableFuture().join().orElse(List.of());
    }

    private Optional<ZkNode> data(String path) {
        return zk.getData(path).toCompletableFuture().join();
    }
}
