package org.reassign.api.zk;

import org.reassign.api.Evolving;

/**
 * Metadata of a znode.
 *
 * @param czxid zxid of its creation; for {@code /brokers/ids/N} the broker epoch
 * @param mzxid zxid of its last change
 * @param mtimeMillis server time of its last change, epoch milliseconds
 * @param version how often its data were changed
 * @param children how many children it has
 * @param ephemeral whether it is deleted with its owner's session
 */
@Evolving(since = "1.0")
public record ZkStat(long czxid, long mzxid, long mtimeMillis, int version, int children, boolean ephemeral) {}
