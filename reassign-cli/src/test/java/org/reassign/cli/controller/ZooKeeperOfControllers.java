package org.reassign.cli.controller;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.zk.EmbeddedZooKeeper;

/** A ZooKeeper that controllers of other processes use, and what a requester reads and writes there. */
final class ZooKeeperOfControllers implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NO_LEFTOVERS = List.of(
            "/admin/reassignment_requests",
            "/admin/reassignments",
            "/admin/reassignment_deletes",
            "/isr_change_notification");

    private final EmbeddedZooKeeper server = EmbeddedZooKeeper.start();
    private final ZkPort zk = server.sessions().open("test");

    /** The options that every controller here is started with. */
    String[] options(String... more) {
        List<String> options = new ArrayList<>(List.of("--zookeeper=" + server.address(), "--session-timeout=20"));
        options.addAll(Arrays.asList(more));
        return options.toArray(String[]::new);
    }

    /** The sessions of killed processes end. */
    void expireDisconnected() {
        server.expireDisconnected();
    }

    void make(ZkWrite write) {
        var unused = zk.commit(List.of(write)).toCompletableFuture().join();
    }

    String text(String path) {
        return zk.getData(path).toCompletableFuture().join().map(ZkNode::text).orElse("");
    }

    List<String> children(String path) {
        return zk.getChildren(path).toCompletableFuture().join().orElse(List.of()).stream()
                .sorted()
                .toList();
    }

    /** Submits a request, as channel {@code payload} does; null cancels. Returns its name. */
    String request(String topic, Map<Integer, List<Integer>> targets) throws IOException {
        Map<String, Object> request = new TreeMap<>();
        request.put("version", 1);
        request.put("assignments", Map.of(topic, targets));
        String root = "/admin/reassignment_requests";
        String path = zk.commit(List.of(ZkWrite.createSequential(root + "/request_", JSON.writeValueAsString(request))))
                .toCompletableFuture()
                .join()
                .get(0)
                .path();
        return path.substring(root.length() + 1);
    }

    /** The assigned replicas of a topic. */
    Map<Integer, List<Integer>> assigned(String topic) throws IOException {
        Map<Integer, List<Integer>> assigned = new TreeMap<>();
        JSON.readTree(text("/brokers/topics/" + topic))
                .path("partitions")
                .properties()
                .forEach(field -> {
                    List<Integer> replicas = new ArrayList<>();
                    field.getValue().forEach(id -> replicas.add(id.asInt()));
                    assigned.put(Integer.valueOf(field.getKey()), replicas);
                });
        return assigned;
    }

    /** What is there of requests and records. */
    List<String> leftovers() {
        return NO_LEFTOVERS.stream()
                .flatMap(root -> children(root).stream().map(child -> root + "/" + child))
                .collect(Collectors.toList());
    }

    @Override
    public void close() {
        zk.close();
        server.close();
    }
}
