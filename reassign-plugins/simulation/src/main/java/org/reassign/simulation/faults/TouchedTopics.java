package org.reassign.simulation.faults;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.reassign.api.zk.ZkWrite;

/** The topics whose znode, or one of whose records, a commit writes. */
final class TouchedTopics {
    private static final String TOPICS = "/brokers/topics/";
    private static final String RECORDS = "/admin/reassignments/";

    private TouchedTopics() {}

    static SortedSet<String> of(List<ZkWrite> writes) {
        SortedSet<String> touched = new TreeSet<>();
        for (ZkWrite write : writes) {
            String path = write.path();
            if (path.startsWith(TOPICS) && path.indexOf('/', TOPICS.length()) < 0) {
                touched.add(path.substring(TOPICS.length()));
            } else if (path.startsWith(RECORDS)) {
                String name = path.substring(RECORDS.length());
                int end = name.indexOf('/') > 0 ? name.indexOf('/') : name.lastIndexOf('-');
                touched.add(end > 0 ? name.substring(0, end) : name);
            }
        }
        return touched;
    }
}
