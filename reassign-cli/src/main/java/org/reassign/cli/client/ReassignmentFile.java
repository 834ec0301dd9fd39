package org.reassign.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * A file in the format of {@code kafka-reassign-partitions.sh}.
 *
 * @param file where it lies
 * @param targets the entries that can be read, partition to replicas
 * @param refused the others
 */
record ReassignmentFile(Path file, SortedMap<TopicPartition, Replicas> targets, List<RefusedEntry> refused) {
    private static final String FORM =
            "{\"version\":1,\"partitions\":[{\"topic\":\"foo\",\"partition\":0,\"replicas\":[1,2]}]}";

    static ReassignmentFile read(Path file) {
        Reading reading = new Reading(file);
        KafkaJson.list(file, "partitions", FORM).forEach(reading::entry);
        return new ReassignmentFile(file, reading.targets, reading.refused);
    }

    /** The targets as a request has them. */
    SortedMap<TopicPartition, Optional<Replicas>> wanted() {
        SortedMap<TopicPartition, Optional<Replicas>> wanted = new TreeMap<>();
        targets.forEach((partition, replicas) -> wanted.put(partition, Optional.of(replicas)));
        return wanted;
    }

    private static final class Reading {
        private final Path file;
        private final SortedMap<TopicPartition, Replicas> targets = new TreeMap<>();
        private final List<RefusedEntry> refused = new ArrayList<>();
        private final Set<TopicPartition> twice = new HashSet<>();
        private final Set<TopicPartition> named = new HashSet<>();
        private int number;

        Reading(Path file) {
            this.file = file;
        }

        void entry(JsonNode entry) {
            number++;
            String where = "entry " + number;
            try {
                TopicPartition partition = partition(where, entry);
                where = partition.toString();
                if (!named.add(partition)) {
                    twice(partition);
                    return;
                }
                Replicas replicas = replicas(where, entry.path("replicas"));
                logDirs(where, entry.path("log_dirs"), replicas);
                targets.put(partition, replicas);
            } catch (EntryFault fault) {
                refused.add(new RefusedEntry(where, new Refusal(fault.code, file + ", " + fault.getMessage())));
            }
        }

        private void twice(TopicPartition partition) {
            targets.remove(partition);
            if (twice.add(partition)) {
                refused.add(new RefusedEntry(
                        partition.toString(),
                        new Refusal(
                                Code.DUPLICATE_PARTITION,
                                file + ", " + partition + ": is named twice; name each partition once")));
            }
        }

        private static TopicPartition partition(String where, JsonNode entry) throws EntryFault {
            JsonNode topic = entry.path("topic");
            if (!topic.isTextual() || !TopicPartition.isTopicName(topic.asText())) {
                throw new EntryFault(
                        Code.WRONG_TYPE, where + ": has " + KafkaJson.cut(topic) + " as 'topic'; write a topic's name");
            }
            JsonNode partition = entry.path("partition");
            if (!partition.isInt() || partition.intValue() < 0) {
                throw new EntryFault(
                        Code.WRONG_TYPE,
                        where + ": has " + KafkaJson.cut(partition) + " as 'partition' of topic '" + topic.asText()
                                + "'; write a whole number from 0 on, without quotes");
            }
            return new TopicPartition(topic.asText(), partition.intValue());
        }

        private static Replicas replicas(String where, JsonNode replicas) throws EntryFault {
            if (!replicas.isArray()) {
                throw new EntryFault(
                        Code.WRONG_TYPE,
                        where + ": has " + KafkaJson.cut(replicas) + " as 'replicas'; write a list of broker ids"
                                + (replicas.isNull() ? "; to cancel, use the command cancel" : ""));
            }
            Set<Integer> ids = new LinkedHashSet<>();
            for (JsonNode id : replicas) {
                if (!id.isInt()) {
                    throw new EntryFault(
                            Code.WRONG_TYPE,
                            where + ": names " + KafkaJson.cut(id)
                                    + " as a broker; write a whole number, without quotes");
                }
                if (id.intValue() < 0) {
                    throw new EntryFault(
                            Code.NEGATIVE_BROKER,
                            where + ": names broker " + id + "; a broker id is at least 0, so name another broker");
                }
                if (!ids.add(id.intValue())) {
                    throw new EntryFault(
                            Code.DUPLICATE_BROKERS,
                            where + ": names broker " + id + " twice in " + KafkaJson.cut(replicas)
                                    + "; name each broker once");
                }
            }
            if (ids.isEmpty()) {
                throw new EntryFault(
                        Code.EMPTY_REPLICAS, where + ": has the empty replica list []; name at least one broker");
            }
            return Replicas.copyOf(ids);
        }

        private static void logDirs(String where, JsonNode directories, Replicas replicas) throws EntryFault {
            if (directories.isMissingNode()) {
                return;
            }
            if (!directories.isArray() || directories.size() != replicas.size()) {
                throw new EntryFault(
                        Code.WRONG_TYPE,
                        where + ": has " + KafkaJson.cut(directories) + " as 'log_dirs' of " + replicas.size()
                                + " replicas; leave the field out, or write \"any\" for each");
            }
            for (JsonNode directory : directories) {
                if (!directory.asText().equals("any")) {
                    throw new EntryFault(
                            Code.LOG_DIRS,
                            where + ": asks for the log directory " + KafkaJson.cut(directory)
                                    + ", and brokers choose theirs themselves; write \"any\", or leave 'log_dirs' out");
                }
            }
        }
    }

    private static final class EntryFault extends Exception {
        private static final long serialVersionUID = 1;
        private final Code code;

        EntryFault(Code code, String sentence) {
            super(sentence);
            this.code = code;
        }
    }
}
