package org.reassign.api.zk;

import org.reassign.api.Evolving;

/**
 * Paths of znodes: segments divided by slashes, where {@code *} stands for one whole segment. {@code
 * /admin/reassignments/*}{@code /*} matches {@code /admin/reassignments/orders/0}.
 *
 * @param text the pattern, beginning with a slash
 */
@Evolving(since = "1.0")
public record PathPattern(String text) {
    /** Refuses what does not begin with a slash with {@link IllegalArgumentException}. */
    public PathPattern {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("path pattern '" + text + "' does not begin with a slash");
        }
    }

    /** Whether a path has the form of this pattern. */
    public boolean matches(String path) {
        String[] wanted = text.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!wanted[i].equals("*") && !wanted[i].equals(given[i])) {
                return false;
            }
        }
        return true;
    }

    /** The part before the first star, without its slash: {@code /admin/reassignments}; all where there is no star. */
    public String root() {
        int star = text.indexOf("/*");
        return star < 0 ? text : text.substring(0, star);
    }

    /** How many stars follow the root: 0 names one znode, 1 the children of the root, 2 their children. */
    public int depth() {
        return (int) text.chars().filter(c -> c == '*').count();
    }
}
