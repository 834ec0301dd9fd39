package org.reassign.cli;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * {@code HOST:PORT[,HOST:PORT…][/chroot]}.
 *
 * @param servers the part before the chroot
 * @param chroot begins with a slash; empty where there is none
 */
public record ZooKeeperAddress(String servers, String chroot) {
    private static final String SERVER = "[^,/\\s]+:[0-9]{1,5}";

    /** Reads an address; what is none is the user's mistake. */
    public static ZooKeeperAddress of(String text) {
        if (!text.matches(SERVER + "(/[^,\\s]*)?(," + SERVER + "(/[^,\\s]*)?)*") || text.endsWith("/")) {
            throw new UsageException(
                    "'" + text + "' is no ZooKeeper; write embedded, memory or HOST:PORT[,HOST:PORT...][/chroot]");
        }
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new ZooKeeperAddress(text, "");
        }
        if (text.indexOf(',', slash) >= 0) {
            throw new UsageException("'" + text + "' has a chroot in the midst of its servers; write it once, at the"
                    + " end, as in " + servers(text) + text.substring(text.indexOf('/'), text.indexOf(',', slash)));
        }
        return new ZooKeeperAddress(text.substring(0, slash), text.substring(slash));
    }

    private static String servers(String text) {
        return Arrays.stream(text.split(","))
                .map(server -> server.replaceFirst("/.*", ""))
                .collect(Collectors.joining(","));
    }

    /** As given. */
    @Override
    public String toString() {
        return servers + chroot;
    }
}
