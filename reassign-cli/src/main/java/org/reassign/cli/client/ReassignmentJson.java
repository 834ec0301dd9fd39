package org.reassign.cli.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.OptionalInt;
import org.reassign.api.client.OwedReplica;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.client.Reassignment;
import org.reassign.api.client.WaitReason;
import org.reassign.api.client.WaitingTarget;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** Reassignments as JSON, for scripts: fields stay, further ones may come. Times are ISO 8601, in UTC. */
final class ReassignmentJson {
    private ReassignmentJson() {}

    static void add(ArrayNode list, Reassignment running, DiskSnapshot disks) {
        ReassignmentRecord record = running.record();
        ObjectNode json = named(list, running.partition());
        ids(json, "replicas", running.replicas());
        ids(json, "adding", running.adding());
        ids(json, "removing", running.removing());
        ids(json, "original", record.original());
        ids(json, "target", record.target());
        number(json, "leader", running.leader());
        ids(json, "isr", running.isr());
        json.put("mechanism", ReassignmentText.lower(record.mechanism()));
        json.put("request", record.request());
        json.put("requester", record.requester().orElse(null));
        json.put("reason", record.reason().orElse(null));
        json.put("since", running.sinceMillis().map(ReassignmentJson::time).orElse(null));
        ArrayNode reasons = json.putArray("waitsFor");
        running.waitsFor().forEach(reason -> add(reasons, reason));
        CopyJob.of(running)
                .progress(disks)
                .ifPresentOrElse(
                        bytes -> json.putObject("bytes")
                                .put("copied", bytes.copied())
                                .put("left", bytes.left()),
                        () -> json.putNull("bytes"));
    }

    private static void add(ArrayNode reasons, WaitReason reason) {
        ObjectNode json = reasons.addObject().put("what", ReassignmentText.lower(reason.what()));
        number(json, "broker", reason.broker());
        json.put("since", reason.sinceMillis().map(ReassignmentJson::time).orElse(null));
        json.put("sentence", reason.sentence());
    }

    static void add(ArrayNode list, WaitingTarget waiting) {
        ObjectNode json = named(list, waiting.partition());
        waiting.target().ifPresentOrElse(target -> ids(json, "target", target), () -> json.putNull("target"));
        json.put("mechanism", ReassignmentText.lower(waiting.mechanism()));
        json.put("request", waiting.request());
        json.put("requester", waiting.requester().orElse(null));
        json.put("reason", waiting.reason().orElse(null));
    }

    static void add(ArrayNode list, PartitionDescription partition) {
        ObjectNode json = named(list, partition.partition());
        ids(json, "replicas", partition.replicas());
        number(json, "leader", partition.leader());
        ids(json, "isr", partition.isr());
        json.put("inFlight", partition.reassignment().isPresent());
    }

    static void add(ArrayNode list, OwedReplica owed) {
        list.addObject()
                .put("broker", owed.broker())
                .put("topic", owed.partition().topic())
                .put("partition", owed.partition().partition())
                .put("since", time(owed.sinceMillis()));
    }

    static ObjectNode named(ArrayNode list, TopicPartition partition) {
        return list.addObject().put("topic", partition.topic()).put("partition", partition.partition());
    }

    static void ids(ObjectNode json, String field, Replicas replicas) {
        ArrayNode list = json.putArray(field);
        replicas.ids().forEach(list::add);
    }

    private static void number(ObjectNode json, String field, OptionalInt value) {
        if (value.isPresent()) {
            json.put(field, value.getAsInt());
        } else {
            json.putNull(field);
        }
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
