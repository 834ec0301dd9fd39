package org.reassign.api.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reassign.api.Evolving;
import org.reassign.api.zk.ZkWrite;

/**
 * The writes of a layout for one topic.
 *
 * @param before records created and changed, in order; done before the topic znode is written
 * @param topicFields fields of the topic's JSON, name to JSON text, empty to remove the field; all others stay as they
 *     are. {@code partitions} is the core's and must not be named.
 * @param after records deleted or taken out of their znode, and parents that became empty, in order; done after the
 *     topic znode is written
 */
@Evolving(since = "1.0")
public record RecordWrites(List<ZkWrite> before, Map<String, Optional<String>> topicFields, List<ZkWrite> after) {}
