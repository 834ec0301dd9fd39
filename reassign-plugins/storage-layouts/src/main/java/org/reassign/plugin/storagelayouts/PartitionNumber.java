package org.reassign.plugin.storagelayouts;

import java.util.regex.Pattern;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.TopicSnapshot;

/** A partition's number as it stands in a path or as a field's name. */
final class PartitionNumber {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    private PartitionNumber() {}

    /** Reads a number; only its shortest form counts, so that no two names mean one partition. */
    static TopicPartition of(String topic, String text) throws RecordFault {
        if (!NUMBER.matcher(text).matches()) {
            throw new RecordFault("is named '" + RecordFault.shown(text) + "', which is no partition number");
        }
        return new TopicPartition(topic, Integer.parseInt(text));
    }

    /** Reads the number of a partition that the topic has. */
    static int existing(TopicSnapshot topic, String text) throws RecordFault {
        int partition = of(topic.topic(), text).partition();
        if (!topic.assigned().containsKey(partition)) {
            throw new RecordFault("names partition " + partition + ", which the topic does not have");
        }
        return partition;
    }
}
