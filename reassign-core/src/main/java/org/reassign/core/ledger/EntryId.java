package org.reassign.core.ledger;

/**
 * What tells an entry from every other, given when it is first seen. An entry that is asked for again after it was gone
 * is another one.
 *
 * @param channel the name of its channel
 * @param request the id of its request
 * @param name the partition as written; the request's id where the whole of it is refused or names no partition
 * @param firstSeenZxid the zxid of its request when it was first seen
 */
public record EntryId(String channel, String request, String name, long firstSeenZxid) {}
