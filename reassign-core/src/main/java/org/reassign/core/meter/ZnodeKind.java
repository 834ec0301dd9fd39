package org.reassign.core.meter;

import java.util.Collection;
import java.util.Locale;
import org.reassign.api.spi.Placement;

/** The role of a znode in the protocol, found from its path. Costs are reported by it. */
public enum ZnodeKind {
    /** {@code /admin/reassignment_requests} and below. */
    REQUEST,
    /** {@code /admin/reassignment_targets} and below. */
    TARGET,
    /** {@code /admin/reassignment_refusals} and below. */
    REFUSAL,
    /** The root of a layout's records and below, such as {@code /admin/reassignments}. */
    RECORD,
    /** {@code /brokers/topics} and below, except {@code state}. */
    TOPIC,
    /** {@code /brokers/topics/T/partitions/P/state}. */
    STATE,
    /** {@code /isr_change_notification} and below. */
    NOTIFICATION,
    /** {@code /admin/reassign_partitions}. */
    LEGACY,
    /** {@code /controller} and {@code /controller_epoch}. */
    CONTROLLER,
    /** All else: registrations, owed deletes, what the leader publishes, configuration. */
    OTHER;

    /**
     * The kind of a path, which is given without the connection's root (chroot).
     *
     * @param placements where records may lie
     */
    public static ZnodeKind of(String path, Collection<Placement> placements) {
        if (path.equals("/controller") || path.equals("/controller_epoch")) {
            return CONTROLLER;
        }
        if (path.equals("/admin/reassign_partitions")) {
            return LEGACY;
        }
        if (isUnder("/brokers/topics", path)) {
            return isState(path) ? STATE : TOPIC;
        }
        if (isUnder("/isr_change_notification", path)) {
            return NOTIFICATION;
        }
        if (placements.stream()
                .anyMatch(placement -> placement
                        .recordRoot()
                        .filter(root -> isUnder(root, path))
                        .isPresent())) {
            return RECORD;
        }
        if (isUnder("/admin/reassignment_requests", path)) {
            return REQUEST;
        }
        if (isUnder("/admin/reassignment_targets", path)) {
            return TARGET;
        }
        return isUnder("/admin/reassignment_refusals", path) ? REFUSAL : OTHER;
    }

    /** The name in reports: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean isUnder(String root, String path) {
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
    }

    private static boolean isState(String path) {
        String[] segments = path.split("/", -1);
        return segments.length == 7 && segments[4].equals("partitions") && segments[6].equals("state");
    }
}
