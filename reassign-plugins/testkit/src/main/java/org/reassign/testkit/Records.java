package org.reassign.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.RecordWrites;
import org.reassign.api.zk.ZkWrite;

/** Records for the layouts' contract. */
final class Records {
    /** What no layout can take for a record. */
    static final List<String> NONSENSE =
            List.of(" ", "nonsense", "{", "[]", "null", "7", "{}", "{\"version\":2}", "{\"version\":1,\"target\":[]}");

    private Records() {}

    /** An uninterrupted move, its requester and reason unsaid. */
    static ReassignmentRecord record(String topic, int partition, Replicas target, Replicas original) {
        return ReassignmentRecord.of(new TopicPartition(topic, partition), target, original)
                .withRequest(Mechanism.REQUEST, "request_0000000007", 4_294_967_301L)
                .since(1_795_343_978_829L);
    }

    /** A record with every part of it filled, and text that needs care in JSON. */
    static ReassignmentRecord full(String topic, int partition) {
        return ReassignmentRecord.of(new TopicPartition(topic, partition), Replicas.of(6, 4), Replicas.of(2, 1, 3))
                .dropping(Replicas.of(5, 1))
                .withRequest(Mechanism.REQUEST, "request_2147483647", Long.MAX_VALUE)
                .withReason(Optional.of("älice \"the\" \\ admin"), Optional.of("rack\nmove\u0000{}"));
    }

    /** A record that came by the legacy channel. */
    static ReassignmentRecord legacy(String topic, int partition) {
        return ReassignmentRecord.of(new TopicPartition(topic, partition), Replicas.of(2, 9), Replicas.of(1, 2))
                .withRequest(Mechanism.LEGACY, "reassign_partitions", 17)
                .withReason(Optional.empty(), Optional.of(""))
                .since(1);
    }

    /** The change to this record, its target's replicas assigned before the rest (step G1). */
    static RecordChange change(ReassignmentRecord record) {
        Replicas assigned = record.target().append(record.original()).append(record.dropping());
        return new RecordChange(record.partition().partition(), assigned, Optional.of(record));
    }

    /** The change to no record at all (step S4). */
    static RecordChange done(int partition, Replicas assigned) {
        return new RecordChange(partition, assigned, Optional.empty());
    }

    /** Writes as text, since byte arrays are equal only to themselves. */
    static List<String> texts(RecordWrites writes) {
        List<String> texts = new ArrayList<>();
        Stream.concat(writes.before().stream(), writes.after().stream())
                .map(Records::text)
                .forEach(texts::add);
        texts.add(writes.topicFields().toString());
        return texts;
    }

    private static String text(ZkWrite write) {
        return write.getClass().getSimpleName() + " " + write.path() + " "
                + new String(write.data(), StandardCharsets.UTF_8);
    }
}
