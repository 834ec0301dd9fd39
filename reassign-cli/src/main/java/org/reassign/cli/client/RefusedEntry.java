package org.reassign.cli.client;

import org.reassign.api.model.Refusal;

/**
 * An entry that is refused.
 *
 * @param name the partition, or where in a file it stands
 * @param refusal why
 */
record RefusedEntry(String name, Refusal refusal) {}
