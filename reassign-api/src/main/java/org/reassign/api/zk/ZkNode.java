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
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** The content as UTF-8 text, without a byte order mark at its beginning, which some editors write. */
    public String text() {
        String text = new String(data, StandardCharsets.UTF_8);
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
    }
}
