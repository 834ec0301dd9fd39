package org.reassign.core.scenario;

import java.util.Map;
import java.util.Optional;

/** The known keys of a mapping. */
record Fields(Located owner, String what, Map<String, Located> values) {
    Optional<Located> optional(String key) {
        return Optional.ofNullable(values.get(key));
    }

    Located required(String key) {
        return optional(key).orElseThrow(() -> owner.fault(what + " lacks the key '" + key + "'"));
    }

    boolean has(String key) {
        return values.containsKey(key);
    }
}
