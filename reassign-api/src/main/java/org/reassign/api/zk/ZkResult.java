package org.reassign.api.zk;

import org.reassign.api.Evolving;

/**
 * The result of one write of a transaction.
 *
 * @param path the path; of a sequential creation the one that ZooKeeper chose
 * @param version the znode's data version afterwards: 0 for a creation, −1 for a deletion and a check
 * @param zxid the transaction's zxid, 0 if the server does not report it
 */
@Evolving(since = "1.0")
public record ZkResult(String path, int version, long zxid) {}
