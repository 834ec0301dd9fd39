package org.reassign.simulation.faults;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.reassign.api.zk.ZkWrite;
import org.reassign.simulation.StoredState;

/** The topics whose znode, or one of whose records, a commit writes. */
final class TouchedTopics {
    private static final String TOPICS = "/brokers/topics/";

    private TouchedTopics() {}

    static SortedSet<String> of(List<ZkWrite> writes, StoredState stored) {
        SortedSet<String> touched = new TreeSet<>();
        for (ZkWrite write : writes) {
            String path = write.path();
            if (path.startsWith(TOPICS) && path.indexOf('/', TOPICS.length()) < 0) {
                touched.add(path.substring(TOPICS.length()));
            } else {
                touched.addAll(stored.recordedAt(path));
            }
        }
        return touched;
    }
}
