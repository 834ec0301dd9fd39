package org.reassign.core.store;

/**
 * Makes a deposed controller harmless: every write is in a transaction that checks the version of {@code
 * /controller_epoch}.
 *
 * @param controllerId the controller's id in {@code /controller}
 * @param epoch the controller epoch it leads at
 * @param version the version of {@code /controller_epoch} after the election
 */
public record Fence(int controllerId, int epoch, int version) {
    /** The znode whose version is checked. */
    public static final String PATH = "/controller_epoch";
}
