package org.reassign.api.model;

import org.reassign.api.Evolving;

/** Which kind of channel a request came by; the question of the thread's point 13: who wins when old and new meet. */
@Evolving(since = "1.0")
public enum Mechanism {
    /** A channel of KIP-236: requests under {@code /admin/reassignment_requests}. */
    REQUEST,
    /** {@code /admin/reassign_partitions}, as {@code kafka-reassign-partitions.sh --zookeeper} writes it. */
    LEGACY
}
