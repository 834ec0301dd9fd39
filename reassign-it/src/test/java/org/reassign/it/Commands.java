package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** Commands of one cluster, each a process of its own. What they print and the files that they read are in a folder. */
record Commands(Path folder, String zooKeeper) {
    /** Starts one. */
    Launched start(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, "--zookeeper=" + zooKeeper));
        arguments.addAll(Arrays.asList(options));
        return new Launched(folder, arguments.toArray(String[]::new));
    }

    /** Runs one that must succeed, and returns what it has printed. */
    String run(String command, String... options) {
        try (Launched launched = start(command, options)) {
            assertThat(launched.exitCode()).as(launched.printed()).isZero();
            return launched.printed();
        }
    }

    /** A file with these lists, as an option. */
    String plan(Map<TopicPartition, Replicas> lists) throws IOException {
        List<String> entries = new ArrayList<>();
        lists.forEach((partition, replicas) -> entries.add("{\"topic\":\"" + partition.topic() + "\",\"partition\":"
                + partition.partition() + ",\"replicas\":" + replicas.ids() + "}"));
        Path file = Files.writeString(
                Files.createTempFile(folder, "plan", ".json"),
                "{\"version\":1,\"partitions\":[" + String.join(",", entries) + "]}");
        return "--reassignment-json-file=" + file;
    }
}
