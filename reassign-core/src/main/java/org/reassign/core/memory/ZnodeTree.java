package org.reassign.core.memory;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.reassign.api.zk.ZkException;

/** All znodes, and the rules for their paths. Guarded by the server's lock. */
final class ZnodeTree {
    private final Znode root = new Znode(new byte[0], 0, 0, null);
    /** Znodes whose data cannot be set, and below which no child is created or deleted. */
    final Set<String> readOnly = ConcurrentHashMap.newKeySet();

    /** The znode at a valid path, or null. */
    Znode find(String path) {
        Znode at = root;
        int begin = 1;
        while (at != null && begin < path.length()) {
            int slash = path.indexOf('/', begin);
            int end = slash < 0 ? path.length() : slash;
            at = at.children().get(path.substring(begin, end));
            begin = end + 1;
        }
        return at;
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Fails as ZooKeeper's client does for a path that is not one. */
    static void requireLawful(String path, int index) {
        String fault = fault(path);
        if (fault != null) {
            throw new ZkException(
                    ZkException.Code.OTHER,
                    path,
                    index,
                    new IllegalArgumentException("path '" + path + "' " + fault + "; name a znode as /a/b"));
        }
    }

    private static String fault(String path) {
        if (!path.startsWith("/")) {
            return "does not begin with a slash";
        }
        if (path.length() == 1) {
            return null;
        }
        for (String segment : path.substring(1).split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return "has the segment '" + segment + "'";
            }
        }
        return path.chars().anyMatch(ZnodeTree::isForbidden) ? "has a character that ZooKeeper does not allow" : null;
    }

    private static boolean isForbidden(int c) {
        return c <= 0x1f || c >= 0x7f && c <= 0x9f || c >= 0xd800 && c <= 0xf8ff || c >= 0xfff0;
    }
}
