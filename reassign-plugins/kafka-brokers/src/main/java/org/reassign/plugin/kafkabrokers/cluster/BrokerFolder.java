package org.reassign.plugin.kafkabrokers.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.reassign.api.model.TopicPartition;

/**
 * The folder of one broker: its settings, its log and its data.
 *
 * @param id the broker's id
 * @param path the folder; it must exist
 */
record BrokerFolder(int id, Path path) {
    private static final String LOG4J = """
            log4j.rootLogger=INFO, file
            log4j.appender.file=org.apache.log4j.FileAppender
            log4j.appender.file.File=%s
            log4j.appender.file.layout=org.apache.log4j.PatternLayout
            log4j.appender.file.layout.ConversionPattern=%%d %%p %%m (%%c)%%n
            log4j.logger.org.apache.zookeeper=WARN
            """;
    /** A replica's directory; one to be deleted has a longer ending. */
    private static final Pattern REPLICA = Pattern.compile("(.+)-([0-9]+)");

    private static final Pattern ERROR = Pattern.compile("^\\S+ \\S+ (ERROR|FATAL) (.*)$");

    /** What {@code kafka.Kafka} is given. */
    Path settings() {
        return path.resolve("server.properties");
    }

    /** How it logs. */
    Path logging() {
        return path.resolve("log4j.properties");
    }

    /** What it prints beside its log. */
    Path console() {
        return path.resolve("console.log");
    }

    private Path log() {
        return path.resolve("broker.log");
    }

    private Path data() {
        return path.resolve("data");
    }

    /** Writes what a broker reads at its start; {@code more} wins. */
    void write(KafkaVersion version, String zooKeeper, Optional<String> rack, Map<String, String> more)
            throws IOException {
        Map<String, String> settings = new TreeMap<>(BrokerDefaults.SETTINGS);
        settings.put("broker.id", Integer.toString(id));
        settings.put("zookeeper.connect", zooKeeper);
        settings.put("log.dirs", data().toString());
        settings.put("inter.broker.protocol.version", version.protocol());
        rack.ifPresent(name -> settings.put("broker.rack", name));
        settings.putAll(more);
        Files.writeString(
                settings(),
                settings.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining()));
        Files.writeString(logging(), LOG4J.formatted(log()));
    }

    /**
     * The replicas on disk, each with the size of its log. One that a broker has marked for deletion is none, and neither is
     * a directory without files: a broker whose session expires while it makes a replica leaves it, does not know it, and
     * answers StopReplica without an error (seen with Kafka 3.9.2: LogManager makes the directory and then fails to read the
     * topic's configuration).
     */
    SortedMap<TopicPartition, Long> replicas() {
        SortedMap<TopicPartition, Long> found = new TreeMap<>();
        for (Path directory : list(data())) {
            Matcher name = REPLICA.matcher(directory.getFileName().toString());
            List<Path> files = list(directory);
            if (name.matches() && !files.isEmpty()) {
                found.put(
                        new TopicPartition(name.group(1), Integer.parseInt(name.group(2))),
                        files.stream()
                                .filter(file -> file.toString().endsWith(".log"))
                                .mapToLong(file -> file.toFile().length())
                                .sum());
            }
        }
        return found;
    }

    /** What is in a directory that may go at any time. */
    private static List<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException gone) {
            return List.of();
        }
    }

    /** The last error that the broker has written down, or else its last words. */
    String lastError() {
        List<String> lines = lines(log());
        List<String> errors = lines.stream()
                .map(ERROR::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(2))
                .toList();
        if (!errors.isEmpty()) {
            return errors.get(errors.size() - 1);
        }
        List<String> printed = lines(console());
        List<String> words = printed.isEmpty() ? lines : printed;
        return words.isEmpty() ? "it has written nothing" : words.get(words.size() - 1);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException missing) {
            return List.of();
        }
    }
}
