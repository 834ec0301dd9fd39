package org.reassign.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.store.StateJson;
import org.reassign.core.store.TopicJson;

/**
 * Invariant 3 of the protocol, as ZooKeeper shows it: the ISR lies in AR, the leader is one of AR or none, the ISR is
 * never empty; and leader epochs never go back.
 */
final class Invariants {
    private final ZkPort zk;
    private final Map<TopicPartition, Integer> epochs = new TreeMap<>();

    Invariants(ZkPort zk) {
        this.zk = zk;
    }

    void check() {
        for (String name : children("/brokers/topics")) {
            Optional<TopicSnapshot> topic =
                    get("/brokers/topics/" + name).flatMap(node -> TopicJson.decode(name, node));
            topic.ifPresent(t -> t.assigned()
                    .forEach((partition, assigned) -> check(new TopicPartition(name, partition), assigned)));
        }
    }

    private void check(TopicPartition partition, Replicas assigned) {
        Optional<LeaderAndIsr> state = get(StateJson.path(partition)).flatMap(node -> StateJson.decode(node.text()));
        if (state.isEmpty()) {
            return;
        }
        LeaderAndIsr now = state.get();
        require(assigned.containsAll(now.isr()), partition + ": ISR " + now.isr() + " is not in AR " + assigned);
        require(!now.isr().isEmpty(), partition + ": the ISR is empty");
        require(
                !now.hasLeader() || assigned.contains(now.leader()),
                partition + ": leader " + now.leader() + " is not in AR " + assigned);
        int before = epochs.getOrDefault(partition, 0);
        require(now.leaderEpoch() >= before, partition + ": leader epoch " + now.leaderEpoch() + " after " + before);
        epochs.put(partition, now.leaderEpoch());
    }

    private static void require(boolean holds, String broken) {
        if (!holds) {
            throw new IllegalStateException("invariant 3 is broken: " + broken);
        }
    }

    private List<String> children(String path) {
        return zk.getChildren(path).toCompletableFuture().join().orElse(List.of());
    }

    private Optional<ZkNode> get(String path) {
        return zk.getData(path).toCompletableFuture().join();
    }
}
