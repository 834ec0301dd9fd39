package org.reassign.core.ledger;

/**
 * The identity of an entry, given when it is first seen. An entry that is requested again after it was removed is a new
 * one.
 *
 * @param channel the name of its channel
 * @param request the id of its request
 * @param name the partition as written; the request's id if the whole of it is refused or names no partition
 * @param firstSeenZxid the zxid of its request when it was first seen
 */
public record EntryId(String channel, String request, String name, long firstSeenZxid) {}
