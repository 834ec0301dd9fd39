package org.reassign.core.client;

import org.reassign.api.model.LeaderAndIsr;

/**
 * The {@code state} of a partition as read.
 *
 * @param state its content
 * @param mtimeMillis when it was written last, by the server's clock
 */
record StoredLeadership(LeaderAndIsr state, long mtimeMillis) {}
