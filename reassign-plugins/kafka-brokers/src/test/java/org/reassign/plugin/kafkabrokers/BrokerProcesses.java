package org.reassign.plugin.kafkabrokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Real brokers as processes of their own, from a folder of jars; each has two listeners. */
final class BrokerProcesses implements AutoCloseable {
    private final Path jars;
    private final Path folder;
    private final String zooKeeper;
    private final List<Process> processes = new ArrayList<>();

    BrokerProcesses(Path jars, Path folder, String zooKeeper) {
        this.jars = jars;
        this.folder = folder;
        this.zooKeeper = zooKeeper;
    }

    Path data(int broker) {
        return folder.resolve("data-" + broker);
    }

    Process start(int broker, Map<String, String> changes) {
        Map<String, String> properties = properties(broker);
        properties.putAll(changes);
        properties.values().removeIf(String::isEmpty);
        Path file = folder.resolve("broker-" + broker + ".properties");
        Path log4j = folder.resolve("log4j.properties");
        try {
            Files.writeString(file, text(properties));
            Files.writeString(log4j, """
                    log4j.rootLogger=INFO, out
                    log4j.appender.out=org.apache.log4j.ConsoleAppender
                    log4j.appender.out.layout=org.apache.log4j.PatternLayout
                    log4j.appender.out.layout.ConversionPattern=%d %p %m (%c)%n
                    """);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xms64m",
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dlog4j.configuration=file:" + log4j,
                            "-cp",
                            jars.resolve("*").toString(),
                            "kafka.Kafka",
                            file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("broker-" + broker + ".log").toFile())
                    .start();
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    private Map<String, String> properties(int broker) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("broker.id", Integer.toString(broker));
        all.put("zookeeper.connect", zooKeeper);
        all.put("zookeeper.session.timeout.ms", "6000");
        all.put("log.dirs", data(broker).toString());
        all.put("listeners", "PLAINTEXT://127.0.0.1:0,REPLICATION://127.0.0.1:0");
        all.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,REPLICATION:PLAINTEXT");
        all.put("inter.broker.listener.name", "REPLICATION");
        all.put("inter.broker.protocol.version", System.getProperty("reassign.kafka.protocol", "2.6"));
        all.put("auto.leader.rebalance.enable", "false");
        all.put("auto.create.topics.enable", "false");
        all.put("offsets.topic.replication.factor", "1");
        all.put("offsets.topic.num.partitions", "1");
        all.put("log.cleaner.enable", "false");
        all.put("num.io.threads", "2");
        all.put("num.network.threads", "1");
        return all;
    }

    /** Starts brokers 1 to {@code count}. */
    void startAll(int count, Map<String, String> changes) {
        IntStream.rangeClosed(1, count).forEach(broker -> start(broker, changes));
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }
}
