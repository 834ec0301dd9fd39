package org.reassign.simulation.scenario;

import java.util.Map;
import java.util.Optional;

/** The known keys of a mapping. */
record Fields(LocatedValue owner, String what, Map<String, LocatedValue> values) {
    Optional<LocatedValue> optional(String key) {
        return Optional.ofNullable(values.get(key));
    }

    LocatedValue required(String key) {
        return optional(key).orElseThrow(() -> owner.fault(what + " lacks the key '" + key + "'"));
    }

    boolean has(String key) {
        return values.containsKey(key);
    }
}
