package org.reassign.api.zk;

import java.nio.charset.StandardCharsets;
import org.reassign.api.Evolving;

/**
 * A znode as read.
 *
 * @param data its content; must not be changed
 * @param stat its metadata
 */
@Evolving(since = "1.0")
@SuppressWarnings("ArrayRecordComponent")
public record ZkNode(byte[] data, ZkStat stat) {
    /** The content as UTF-8 text. */
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }
}
