package org.reassign.simulation.scenario;

import java.util.Locale;
import java.util.Optional;
import org.reassign.simulation.scenario.Step.ConnectionChange;
import org.reassign.simulation.scenario.Step.ZnodeChange;

/** Reads steps that others take than requesters, brokers and controllers: {@code znode} and {@code connection}. */
final class OutsideStepReader {
    private OutsideStepReader() {}

    /** {@code {create: /path, data: text}}, {@code {set: /path, data: text}} or {@code {delete: /path}}. */
    static Step znode(LocatedValue value) {
        Fields fields = value.fields("'znode'", "create", "set", "delete", "data");
        Optional<ZnodeChange> found = Optional.empty();
        for (ZnodeChange change : ZnodeChange.values()) {
            if (fields.has(key(change))) {
                found.ifPresent(other -> {
                    throw value.fault("'znode' has " + key(other) + " and " + key(change) + "; write one");
                });
                found = Optional.of(change);
            }
        }
        ZnodeChange change =
                found.orElseThrow(() -> value.fault("'znode' does nothing; write one of create, set and delete"));
        if (change == ZnodeChange.DELETE && fields.has("data")) {
            throw value.fault("'znode' has 'data' beside 'delete'; leave it out");
        }
        String data = change == ZnodeChange.DELETE
                ? ""
                : fields.optional("data").map(text -> text.text("'data'")).orElse("");
        return new Step.Znode(change, path(fields.required(key(change)), "'" + key(change) + "'"), data);
    }

    private static String path(LocatedValue value, String what) {
        String path = value.text(what);
        if (!path.matches("(/[^/\\p{C}]+)+")) {
            throw value.fault(
                    what + " is '" + LocatedValue.shown(path) + "', which is no path of a znode; write /like/this");
        }
        return path;
    }

    static Step connection(LocatedValue value) {
        for (ConnectionChange change : ConnectionChange.values()) {
            if (value.isText() && value.text("'connection'").equals(key(change))) {
                return new Step.Connection(change);
            }
        }
        throw value.fault("'connection' is none of cut, block and pass");
    }

    private static String key(Enum<?> change) {
        return change.name().toLowerCase(Locale.ROOT);
    }
}
