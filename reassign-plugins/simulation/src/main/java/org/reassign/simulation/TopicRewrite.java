package org.reassign.simulation;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.core.store.TopicJson;

/** What a tool of the operator makes of a topic's znode that it does not understand, or that it read too early. */
public enum TopicRewrite {
    /** It adds a partition to what it read before the reassignment began. */
    STALE,
    /** It drops the fields that it does not know, records among them. */
    FIELDS_LOST,
    /** It puts back the assigned replicas that it read before the reassignment began, and keeps all fields. */
    OLD_REPLICAS,
    /** It leaves one partition out. */
    PARTITION_MISSING;

    /** A field of the tool's own, which every controller must keep. */
    public static final String FIELD = "tool";

    private static final String VERSION = "version";

    /**
     * The content that the tool writes.
     *
     * @param topic the topic's name
     * @param partition the partition that counts: it is the one left out
     * @param early the znode as it was read before the reassignment began
     * @param now the znode as it is
     */
    public String of(String topic, int partition, ZkNode early, ZkNode now) {
        TopicSnapshot before = TopicJson.decode(topic, early).orElseThrow();
        TopicSnapshot after = TopicJson.decode(topic, now).orElseThrow();
        SortedMap<Integer, Replicas> assigned = new TreeMap<>(after.assigned());
        SortedMap<String, String> fields = new TreeMap<>(after.fields());
        switch (this) {
            case STALE -> {
                assigned = new TreeMap<>(before.assigned());
                assigned.put(assigned.lastKey() + 1, assigned.get(assigned.lastKey()));
                fields = new TreeMap<>(before.fields());
            }
            case FIELDS_LOST -> fields.keySet().retainAll(Set.of(VERSION));
            case OLD_REPLICAS -> assigned.putAll(before.assigned());
            case PARTITION_MISSING -> assigned.remove(partition);
        }
        fields.put(FIELD, "\"kept\"");
        return TopicJson.encode(assigned, fields);
    }
}
