package org.reassign.core.store;

/**
 * What makes a deposed controller harmless: every write is in a transaction that checks the version of {@code
 * /controller_epoch}.
 *
 * @param controllerId the controller's id in {@code /controller}
 * @param epoch the controller epoch it leads at
 * @param version version of {@code /controller_epoch} since
 */
public record Fence(int controllerId, int epoch, int version) {
    /** The znode that is checked. */
    public static final String PATH = "/controller_epoch";
}
