package org.reassign.it.violations.store;

import java.util.List;
import java.util.function.Function;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;

/** Writes past the store, by a call and by a method reference. */
public final class DirectWrite {
    Object calls(ZkPort zk) {
        return zk.commit(List.of());
    }

    Function<List<ZkWrite>, Object> refers(ZkPort zk) {
        return zk::commit;
    }
}
