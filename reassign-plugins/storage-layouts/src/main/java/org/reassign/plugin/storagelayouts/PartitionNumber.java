package org.reassign.plugin.storagelayouts;

import org.reassign.api.model.TopicPartition;

/** A partition's number as it stands in a path or as a field's name. */
final class PartitionNumber {
    private PartitionNumber() {}

    /** Reads a number; only its shortest form counts, so that no two names mean one partition. */
    static TopicPartition of(String topic, String text) throws RecordFault {
        if (!text.matches("0|[1-9][0-9]{0,8}")) {
            throw new RecordFault("is named '" + text + "', which is no partition number");
        }
        return new TopicPartition(topic, Integer.parseInt(text));
    }
}
