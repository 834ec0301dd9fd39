package org.reassign.plugin.isrwatchers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;

/** Writes what brokers write, in a ZooKeeper that answers at once. */
final class Brokers {
    private final ZkPort zk;
    private final Set<String> created = new HashSet<>();

    Brokers(ZkSessions sessions) {
        zk = sessions.open("brokers");
        commit(List.of(
                ZkWrite.create("/brokers", ""),
                ZkWrite.create("/brokers/topics", ""),
                ZkWrite.create(IsrNotification.ROOT, "")));
    }

    /** The first {@code state}, version 0. */
    void create(TopicPartition partition) {
        List<ZkWrite> writes = new ArrayList<>();
        String topic = "/brokers/topics/" + partition.topic();
        for (String parent : List.of(topic, topic + "/partitions", topic + "/partitions/" + partition.partition())) {
            if (created.add(parent)) {
                writes.add(ZkWrite.create(parent, ""));
            }
        }
        writes.add(ZkWrite.create(States.path(partition), "{}"));
        commit(writes);
    }

    /** The next version of {@code state}, without a notification. */
    void change(TopicPartition partition) {
        set(States.path(partition));
    }

    void set(String path) {
        commit(List.of(ZkWrite.setData(path, "{}", ZkWrite.ANY_VERSION)));
    }

    void delete(TopicPartition partition) {
        commit(List.of(ZkWrite.delete(States.path(partition), ZkWrite.ANY_VERSION)));
    }

    /** A notification that names a partition; returns its path. */
    String notifyOf(TopicPartition partition) {
        return notifyWith("{\"version\":1,\"partitions\":[{\"topic\":\"" + partition.topic() + "\",\"partition\":"
                + partition.partition() + "}]}");
    }

    String notifyWith(String text) {
        return commit(List.of(ZkWrite.createSequential(IsrNotification.ROOT + "/isr_change_", text)))
                .get(0)
                .path();
    }

    private List<ZkResult> commit(List<ZkWrite> writes) {
        return answer(zk.commit(writes));
    }

    private static <T> T answer(CompletionStage<T> stage) {
        CompletableFuture<T> answer = stage.toCompletableFuture();
        if (!answer.isDone()) {
            throw new AssertionError("the ZooKeeper in memory has not answered at once");
        }
        return answer.join();
    }
}
