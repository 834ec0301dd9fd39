package org.reassign.plugin.requestchannels;

import java.util.Optional;
import java.util.Set;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.zk.PathPattern;

/** The znodes {@code /admin/reassignment_requests/request_N}, which three channels share; {@code kind} tells whose. */
final class RequestZnodes {
    static final String ROOT = "/admin/reassignment_requests";
    static final PathPattern ALL = new PathPattern(ROOT + "/*");
    /** Prefix of a sequential creation. */
    static final String NEXT = ROOT + "/request_";

    static final String PAYLOAD = "payload";
    static final String NAMES = "names";
    static final String SCAN = "scan";
    private static final Set<String> KINDS = Set.of(PAYLOAD, NAMES, SCAN);

    private RequestZnodes() {}

    /** The last segment of a path. */
    static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The kind of a request; payload where it has none, as in the KIP. */
    static String kind(String path, JsonTree.Obj request) throws Fault {
        Optional<String> kind = RequestForm.text(path, request, "kind");
        if (kind.isPresent() && !KINDS.contains(kind.get())) {
            throw new Fault(
                    Code.WRONG_TYPE,
                    path + " is of the kind '" + Shown.cut(kind.get())
                            + "', which no channel knows; write payload, names or scan");
        }
        return kind.orElse(PAYLOAD);
    }
}
